import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { RowRecord } from '#contract/rows'
import { quoteIdentifier } from '../predicate/clickhouseCell.ts'
import { ask, cellIn, isoOf, stored, type AskedCopy } from './askCopy.ts'
import { ROW, TIME } from './copyLayout.ts'

/** What is known of a row here and not on the server. */
export type Place = Pick<RowRecord, 'line' | 'offset' | 'length'>
type Ioc = RowRecord['cells'][number]['iocs']

/**
 * One row with raw text, typed values and the indicators in it, as of the dataset; without its place in the source.
 * `iocsIn`: finds the indicators of texts. AppError 'not-found' when the copy has no such row.
 */
export async function record(
  copy: AskedCopy,
  row: number,
  columns: readonly Column[],
  iocsIn: (texts: string[]) => Promise<Ioc[]>,
): Promise<Pick<RowRecord, 'row' | 'time' | 'cells'>> {
  const told = copy.layout.columns.flatMap((column) => {
    const known = columns.find(({ name }) => name === column.name)
    return known ? [{ column, known }] : []
  })
  const names = told.flatMap(({ column }) => [
    stored(column),
    column.instant === undefined ? 'NULL' : quoteIdentifier(column.instant),
  ])
  const [line] = await ask(
    copy,
    `SELECT ${[TIME, ...names].join(', ')} FROM ${copy.table} WHERE ${ROW} = {row:UInt32}`,
    { row },
    1,
  )
  if (!line) throw new AppError('not-found', `This copy has no row ${row}.`, { row })
  const cells = told.map(({ column, known }, n) => {
    const text = line[1 + 2 * n]
    const cell = cellIn(column, text)
    const raw = typeof text === 'string' ? text : ''
    const value = known.type === 'time' ? isoOf(line[2 + 2 * n]) : typeof cell === 'number' ? cell : null
    return { known, raw, value, searched: known.type !== 'time' && typeof cell !== 'number' }
  })
  const iocs = await iocsIn(cells.map(({ raw, searched }) => (searched ? raw : '')))
  return {
    row,
    time: isoOf(line[0]),
    cells: cells.map(({ known: { name: column, header, type, fields }, raw, value }, n) => ({
      ...{ column, header, type, fields, raw, value },
      iocs: iocs[n] ?? [],
    })),
  }
}
