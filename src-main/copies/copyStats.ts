import type { FieldStats } from '#contract/rows'
import { quoteIdentifier } from '../predicate/clickhouseCell.ts'
import {
  ask,
  cellIn,
  columnNamed,
  conditionOf,
  isoOf,
  stored,
  valueOrder,
  type AskedCopy,
  type Filter,
} from './askCopy.ts'
import { TIME, type CopyColumn } from './copyLayout.ts'

/** What a column of a copy holds over the rows that match: the same figures as of the dataset. AppError 'not-found' for an unknown column. */
export async function fieldStats(
  copy: AskedCopy,
  question: Filter & { column: string; limit: number },
): Promise<FieldStats> {
  const column = columnNamed(copy, question.column)
  const { text, params } = await conditionOf(copy, question)
  const value = stored(column)
  const values = async (direction: 'ASC' | 'DESC'): Promise<FieldStats['most']> =>
    (
      await ask(
        copy,
        `SELECT ${value}, count() AS found, min(${TIME}), max(${TIME}) FROM ${copy.table} WHERE ${text} AND ${value} != ''
         GROUP BY ${value} ORDER BY found ${direction}, ${valueOrder(column).join(', ')} LIMIT {limit:UInt32}`,
        { ...params, limit: question.limit },
        question.limit,
      )
    ).map(([cell, count, first, last]) => ({
      value: cellIn(column, cell),
      count: Number(count),
      firstTime: isoOf(first),
      lastTime: isoOf(last),
    }))
  const number = numberOf(column)
  const instant = column.instant === undefined ? 'NULL' : quoteIdentifier(column.instant)
  const [most, least, [all]] = await Promise.all([
    values('DESC'),
    values('ASC'),
    ask(
      copy,
      `SELECT count(), countIf(${value} = ''), uniqExactIf(${value}, ${value} != ''),
         countIf(isNotNull(${number})), min(${number}), max(${number}), sum(${number}),
         countIf(isNotNull(${instant})), min(${instant}), max(${instant}) FROM ${copy.table} WHERE ${text}`,
      params,
      1,
    ),
  ])
  const [total, empty, distinct, numbers, min, max, sum, instants] = (all ?? []).map((cell) => Number(cell ?? 0))
  const [first, last] = [isoOf(all?.[8]), isoOf(all?.[9])]
  return {
    ...{ total: total ?? 0, empty: empty ?? 0, distinct: distinct ?? 0, most, least },
    numbers: numbers ? { count: numbers, min: min ?? 0, max: max ?? 0, average: (sum ?? 0) / numbers } : null,
    times: instants && first !== null && last !== null ? { count: instants, first, last } : null,
  }
}

/** The number that a cell is; NULL where it is none. Hexadecimal is a text here, as in the dataset. */
function numberOf(column: CopyColumn): string {
  if (column.number === undefined) return 'NULL'
  return `if(position(lower(${stored(column)}), 'x') = 0, ${quoteIdentifier(column.number)}, NULL)`
}
