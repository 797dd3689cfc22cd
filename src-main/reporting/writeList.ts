import { writerOf } from '../exporter/formats.ts'
import { writeFile } from '../exporter/writeFile.ts'

export type ListRequest = {
  lines: readonly Record<string, string>[]
  guard: boolean
  target: { path: string; replace: boolean }
}

/** Writes lines as CSV with every property that some line has, in the order they first come. Answers its bytes. */
export function writeList({ lines, guard, target }: ListRequest): number {
  const headers = [...new Set(lines.flatMap((line) => Object.keys(line)))]
  const writer = writerOf('csv', { headers, timeColumn: null, guard })
  const pieces = function* (): Generator<string> {
    yield writer.head()
    for (const line of lines) yield writer.row({ cells: headers.map((header) => line[header] ?? ''), time: null }) ?? ''
  }
  return writeFile(target.path, target.replace, pieces())
}
