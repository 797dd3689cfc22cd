export type ClickhouseValue = string | number | boolean | null | ClickhouseValue[] | { [key: string]: ClickhouseValue }

/**
 * One line of JSONCompactEachRow. Servers send 64-bit integers quoted or bare, by a setting that a read-only user may not
 * change: both come out as a number where a double holds it exactly, else as text.
 */
export function answerCells(line: string, types: readonly string[]): ClickhouseValue[] {
  // Only a run of digits this long can be more than a double holds.
  const cells: unknown = /\d{16}/.test(line) ? JSON.parse(line, exactly) : JSON.parse(line)
  if (!isCells(cells)) return []
  return cells.map((cell, n) => (typeof cell === 'string' && isWide(types[n] ?? '') ? narrowed(cell) : cell))
}

// JSON.parse made these values.
const isCells = (value: unknown): value is ClickhouseValue[] => Array.isArray(value)

const isWide = (type: string): boolean => /^(?:LowCardinality\(|Nullable\()*U?Int64\)*$/.test(type)

function narrowed(text: string): string | number {
  const value = Number(text)
  return Number.isSafeInteger(value) && text !== '' ? value : text
}

function exactly(_key: string, value: unknown, ...context: unknown[]): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value
  const [source] = context
  const text = typeof source === 'object' && source !== null && 'source' in source ? source.source : null
  return typeof text === 'string' && /^-?\d+$/.test(text) ? text : value
}
