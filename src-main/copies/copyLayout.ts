import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { quoteIdentifier, type ClickhouseColumn } from '../predicate/clickhouseCell.ts'

/** Columns of a dataset that is sent; ClickHouse keeps files per column, and tables with more become slow. */
export const COLUMNS_MAX = 2_000
/** Longer names are replaced: ClickHouse makes names of files of them. */
const NAME_MAX = 80
/** Months between first and last time up to which a table is parted by month; beyond it by year. */
const MONTHS_MAX = 120

/** Where a stored column comes from; as src-main/sqlite/csvPieces.ts takes it. */
type Source = { column: string; position: number; as: 'text' | 'number' | 'instant' } | { as: 'row' | 'time' }
type Stored = { name: string; type: string; source: Source }

/** `holds`: what its cells are; they are stored as texts. */
export type CopyColumn = ClickhouseColumn & { holds: Column['type']; stored: string }
export type CopyLayout = {
  /** Every column of the table, as it is written. */
  stored: Stored[]
  /** What may be asked: the columns of the dataset, by the names that they have there. */
  columns: CopyColumn[]
  timeColumn: string | null
}

/** Number of the row, and its time in microseconds (NULL: none). `_time` is for people and for the parts of the table. */
export const ROW = '`_row`'
export const TIME = '`_us`'

/**
 * How a dataset lies in a ClickHouse table: each cell as the text of the source, beside it the number or instant it is. Always
 * the same for the same columns, so it need not be kept. AppError 'too-large'.
 */
export function copyLayout(columns: readonly Column[], timeColumn: string | null): CopyLayout {
  if (columns.length > COLUMNS_MAX)
    throw new AppError('too-large', `A dataset of more than ${COLUMNS_MAX} columns is not sent.`)
  const taken = new Set(['_row', '_us', '_time'])
  const free = (wanted: string): string => {
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`
    taken.add(name)
    return name
  }
  const stored: Stored[] = [
    { name: '_row', type: 'UInt32', source: { as: 'row' } },
    { name: '_us', type: 'Nullable(Int64)', source: { as: 'time' } },
  ]
  const asked = columns.map(({ name, header, fields, type, position }): CopyColumn => {
    // Names that begin with _ may be those of virtual columns.
    const plain = name.startsWith('_') || name.length > NAME_MAX || name.trim() === '' ? `column ${position}` : name
    const own = free(plain.replace(/[\p{Cc}`\\]/gu, '_'))
    stored.push({ name: own, type: 'String', source: { column: name, position, as: 'text' } })
    const column = { name, header, fields, type: 'String', holds: type, stored: own }
    if (type === 'time' && name === timeColumn) return { ...column, instant: '_us' }
    if (type === 'text') return column
    const beside = free(type === 'time' ? `${own} us` : `${own} number`)
    if (type === 'time') {
      stored.push({ name: beside, type: 'Nullable(Int64)', source: { column: `${name} _us`, position, as: 'instant' } })
      return { ...column, instant: beside }
    }
    stored.push({ name: beside, type: 'Nullable(Float64)', source: { column: name, position, as: 'number' } })
    return { ...column, number: beside }
  })
  return { stored, columns: asked, timeColumn }
}

/** The statement that makes the table. `mark` names it as ours: a literal. */
export function tableStatement(
  table: string,
  { stored }: CopyLayout,
  { firstTime, lastTime }: { firstTime: string | null; lastTime: string | null },
  mark: string,
): string {
  const months = ((Date.parse(lastTime ?? '') || 0) - (Date.parse(firstTime ?? '') || 0)) / (30 * 86_400_000)
  return `CREATE TABLE ${table} (
${stored.map(({ name, type }) => `  ${quoteIdentifier(name)} ${type}`).join(',\n')},
  _time DateTime64(6, 'UTC') DEFAULT fromUnixTimestamp64Micro(least(greatest(ifNull(_us, 0), -2208988800000000), 10413791999999999), 'UTC'),
  INDEX rows_by_number _row TYPE minmax GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY ${months > MONTHS_MAX ? 'toYear(_time)' : 'toYYYYMM(_time)'}
ORDER BY (_time, _row)
COMMENT ${mark}`
}
