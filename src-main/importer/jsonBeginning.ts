import { createFlattener, NotAnObject } from './flattenJson.ts'
import { createJsonReader, type JsonReaderStart } from './jsonReader.ts'
import { MORE, type JsonShape } from './jsonShape.ts'

export type JsonStart = Omit<JsonReaderStart, 'json'> & Pick<JsonShape, 'layout' | 'under'>

/**
 * The first `most` records of a JSON file and the columns that their keys make, in the order in which they are first seen;
 * keys that come later go into the column _more.
 */
export function readJsonBeginning(
  bytes: Buffer,
  complete: boolean,
  start: JsonStart,
  most: number,
): { json: JsonShape; records: string[][] } {
  const { layout, under } = start
  const found: { cells: string[]; more: string }[] = []
  const flattener = createFlattener([], true)
  const sink = {
    record(cells: string[]): void {
      const more = cells.pop() ?? ''
      found.push({ cells, more })
      if (found.length >= most) reader.stop()
    },
    bad: () => undefined,
  }
  const reader = createJsonReader({ ...start, json: { layout, under, columns: [], more: true } }, sink, flattener)
  reader.push(bytes)
  if (complete || found.length === 0) reader.end()

  const all = flattener.columns()
  const kept = keptColumns(all, found)
  const more = !complete || found.length >= most || found.some((record) => record.more !== '')
  return {
    json: { layout, under, columns: kept.map((column) => all[column] ?? ''), more },
    records: found.map((record) => {
      const cells = kept.map((column) => record.cells[column] ?? '')
      return more ? [...cells, record.more] : cells
    }),
  }
}

/** A key that held nothing but null, and objects elsewhere, makes no column of its own. */
function keptColumns(paths: readonly string[], records: readonly { cells: string[] }[]): number[] {
  const filled = new Set<number>()
  for (const { cells } of records) cells.forEach((cell, column) => cell !== '' && filled.add(column))
  const nested = new Set<string>()
  for (const path of paths)
    for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) nested.add(path.slice(0, dot))
  return paths.flatMap((path, column) => (filled.has(column) || !nested.has(path) ? [column] : []))
}

/** Headers of the columns as a JSON file gives them. */
export const jsonHeaders = ({ columns, more }: JsonShape): string[] => (more ? [...columns, MORE] : columns)

/** Reads one object, as the analyst has corrected it, into columns with these headers; a string says why it does not fit. */
export function readObject(text: string, headers: readonly string[]): string[] | string {
  const more = headers.at(-1) === MORE
  try {
    const found = createFlattener(more ? headers.slice(0, -1) : headers, false).read(text)
    if (more) return [...found.cells, found.more]
    return found.more === '' ? found.cells : `keys without a column: ${found.more.slice(0, 200)}`
  } catch (error) {
    if (error instanceof NotAnObject) return error.message
    throw error
  }
}
