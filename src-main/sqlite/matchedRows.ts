import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import { compileSqlite, type RowCondition } from '../predicate/compileSqlite.ts'
import type { Predicate } from '../predicate/predicate.ts'
import { asksMarks } from '../predicate/rowTagTest.ts'
import type { DatasetHandle } from './datasetFiles.ts'
import type { Matches } from './segments/matches.ts'
import { sortedRows } from './segments/sortedRows.ts'

/** The text of a cell of the row at hand; '' for an empty one and for what means nothing, such as Zeek's -. */
export type CellText = (column: Column) => string
/** A row with some of its cells, good until the next one. `time` in microseconds since 1970 UTC. */
export type MatchedRow = { row: number; time: number | null; cell: CellText }

type Cell = string | number | null

/** SQLite joins at most 64 tables. */
const PARTS_MAX = 60
/** Windows and Zeek exports write this where there is nothing. */
const NOTHING = '-'

/** A share of the rows of a dataset: looked up one by one they cost 8 us each. SQLite reads more of them faster in one go. */
const FEW = 1 / 32

/**
 * Rows that match a predicate, in order of time and those without a time last, with the cells of the given columns. Segments
 * find and sort them where the file has what it takes; else SQLite, on disk where they are many. AppError 'cancelled',
 * 'too-large', and as compileSqlite.
 */
export function* matchedRows(
  handle: DatasetHandle,
  predicate: Predicate,
  columns: readonly Column[],
): Generator<MatchedRow> {
  const found = rowsInTime(handle, predicate)
  if (found) {
    const single = singleRows(handle)
    for (const row of found) {
      handle.goOn()
      yield single(row, columns)
    }
    return
  }
  const condition = compileSqlite(predicate, handle)
  const statement = handle.db
    .prepare<[RowCondition['values']], Cell[]>(
      `${selecting(columns)} WHERE keep_going() AND ${condition.text} ORDER BY _time IS NULL, _time, _row`,
    )
    .raw()
  const read = cellReader(handle, columns)
  for (const cells of statement.iterate(condition.values)) {
    // After the sort nothing else asks, and what is done with a row may take long.
    handle.goOn()
    yield read(cells)
  }
}

/** By segments, where they tell time and the rows are few; null elsewhere. */
function rowsInTime(handle: DatasetHandle, predicate: Predicate): Uint32Array | null {
  const segments = handle.segments()
  if (!segments || (handle.timeColumn !== null && !segments.layout.hasInstants(handle.timeColumn))) return null
  const matches = matchesNow(handle, predicate)
  if (!matches || matches.count() > handle.rows * FEW) return null
  return handle.timeColumn === null
    ? matches.all()
    : sortedRows(segments, { column: null, descending: false }, matches, handle.goOn)
}

function matchesNow(handle: DatasetHandle, predicate: Predicate): Matches | null {
  if (asksMarks(predicate, handle.columns)) handle.marks()
  const matches = handle.matches(predicate)
  matches?.until(Infinity)
  return matches
}

/** How many rows match. AppError as matchedRows. */
export function countMatched(handle: DatasetHandle, predicate: Predicate): number {
  const matches = matchesNow(handle, predicate)
  if (matches) return matches.count()
  const { text, values } = compileSqlite(predicate, handle)
  return (
    handle.db
      .prepare<[RowCondition['values']], { n: number }>(`SELECT count(*) AS n FROM rows WHERE keep_going() AND ${text}`)
      .get(values)?.n ?? 0
  )
}

/** Reads cells of single rows; statements are kept. AppError 'dataset-damaged' when there is no such row. */
export function singleRows(handle: DatasetHandle): (row: number, columns: readonly Column[]) => MatchedRow {
  const kept = new Map<string, (row: number) => MatchedRow>()
  return (row, columns) => {
    const key = columns.map(({ position }) => position).join()
    const known = kept.get(key)
    if (known) return known(row)
    const statement = handle.db.prepare<[number], Cell[]>(`${selecting(columns)} WHERE _row = ?`).raw()
    const read = cellReader(handle, columns)
    const find = (wanted: number): MatchedRow => {
      const cells = statement.get(wanted)
      if (cells === undefined)
        throw new AppError('dataset-damaged', `Row ${wanted} is missing. Import the source again.`, { id: handle.id })
      return read(cells)
    }
    kept.set(key, find)
    return find(row)
  }
}

function selecting(columns: readonly Column[]): string {
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  if (parts.length > PARTS_MAX)
    throw new AppError('too-large', `The columns that are asked for lie in more than ${PARTS_MAX} tables.`)
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  return `SELECT _row, _time${columns.map(({ name }) => `, ${quoteName(name)}`).join('')} FROM rows${joins}`
}

function cellReader(handle: DatasetHandle, columns: readonly Column[]): (cells: readonly Cell[]) => MatchedRow {
  const places = new Map(columns.map(({ name }, n) => [name, n + 2]))
  const unset = new Set([NOTHING, ...handle.unsetMarks])
  return (cells) => {
    const time = cells[1]
    return {
      row: Number(cells[0]),
      time: typeof time === 'number' ? time : null,
      cell({ name }) {
        const cell = cells[places.get(name) ?? -1]
        if (cell === null || cell === undefined) return ''
        const text = String(cell)
        return unset.has(text) ? '' : text
      },
    }
  }
}
