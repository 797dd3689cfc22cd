/** How far a thread says it is, as a job tells it. */
export function progressOf(state: unknown): { done?: number; total?: number; rows?: number; note?: string } {
  const said = new Map<string, unknown>(typeof state === 'object' && state !== null ? Object.entries(state) : [])
  const [rows, total, bytes, note] = ['rows', 'total', 'bytes', 'note'].map((key) => said.get(key))
  return {
    ...(typeof bytes === 'number' ? { done: bytes } : {}),
    ...(typeof rows === 'number' ? { done: rows, rows } : {}),
    ...(typeof total === 'number' ? { total } : {}),
    ...(typeof note === 'string' ? { note } : {}),
  }
}
