import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** What one row says, by canonical field. The same object is handed out again for the next row. */
export type FieldRow = {
  readonly datasetId: string
  readonly row: number
  readonly time: number | null
  text(field: CanonicalField): string
  column(field: CanonicalField): string
}

/** The rows of a dataset, with only the columns that feed the wanted fields. */
export type DatasetRows = {
  /** Every row in source order. */
  rows(fields: readonly CanonicalField[]): Generator<FieldRow>
  /** One row; good until the next is asked for with the same fields. AppError 'dataset-damaged' when there is no such row. */
  at(row: number, fields: readonly CanonicalField[]): FieldRow
}

/** SQLite joins at most 64 tables; fields come from the first columns of a file, so later parts are left out beyond this. */
const PARTS_MAX = 60

/** Windows and Zeek exports write this where there is nothing, whatever tool exported them. */
const NOTHING = '-'

type Cell = string | number | null

/**
 * Reads rows of a dataset by canonical field. `order`: by field, the positions of the columns that feed it, best first;
 * columns it does not name come behind. To be called once for a handle, which is then closed: a read transaction begins.
 */
export function datasetRows(handle: DatasetHandle, order: ReadonlyMap<CanonicalField, readonly number[]>): DatasetRows {
  const unset = new Set([NOTHING, ...handle.unsetMarks])
  // Without it each single row costs a lock and its release, several times what reading it costs.
  handle.db.prepare('BEGIN').run()

  function reader(fields: readonly CanonicalField[], end: string) {
    const wanted = new Set(fields)
    const columns = handle.columns.filter(
      (column) => partOf(column.position) < PARTS_MAX && column.fields.some((field) => wanted.has(field)),
    )
    const parts = [...new Set(columns.map((column) => partOf(column.position)))].filter((part) => part > 0)
    const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
    const names = columns.map((column) => `, ${quoteName(column.name)}`).join('')
    const statement = handle.db.prepare<number[], Cell[]>(`SELECT _row, _time${names} FROM rows${joins} ${end}`).raw()
    return { statement, view: fieldRow(handle.id, columns, order, unset) }
  }

  const single = new Map<string, ReturnType<typeof reader>>()
  return {
    *rows(fields) {
      const { statement, view } = reader(fields, 'ORDER BY _row')
      for (const cells of statement.iterate()) {
        view.set(cells)
        yield view.row
      }
    },
    at(row, fields) {
      const key = fields.join()
      const known = single.get(key)
      const { statement, view } = known ?? reader(fields, 'WHERE _row = ?')
      if (known === undefined) single.set(key, { statement, view })
      const cells = statement.get(row)
      if (cells === undefined)
        throw new AppError('dataset-damaged', `Row ${row} is missing. Import the source again.`, { id: handle.id })
      view.set(cells)
      return view.row
    },
  }
}

/** Where a field's text comes from: the columns that feed it, best first, and what the row looked at last says. */
type Source = {
  feeding: { index: number; name: string; position: number; same: (text: string) => string }[]
  turn: number
  text: string
  name: string
}

/** Values of a column that repeat become the same string, whose hash is known: those who ask for them look much up by it. */
const SAME_MAX = 1_024
const SAME_LENGTH = 100
/** So many values tell whether a column is one of few different ones. */
const TRIAL = 4_096

function sameTexts(): (text: string) => string {
  const known = new Map<string, string>()
  let [asked, repeated] = [0, 0]
  return (text) => {
    if (text.length > SAME_LENGTH || asked > TRIAL) return text
    const same = known.get(text)
    if (same !== undefined) {
      repeated += 1
      return same
    }
    asked += 1
    if (asked > TRIAL && repeated > TRIAL) [asked, repeated] = [0, 0]
    if (known.size >= SAME_MAX) known.clear()
    known.set(text, text)
    return text
  }
}

function fieldRow(
  datasetId: string,
  columns: readonly Column[],
  order: ReadonlyMap<CanonicalField, readonly number[]>,
  unset: ReadonlySet<string>,
): { row: FieldRow; set(cells: Cell[]): void } {
  const sources = new Map<CanonicalField, Source>()
  columns.forEach((column, n) => {
    for (const field of column.fields) {
      const source = sources.get(field) ?? { feeding: [], turn: -1, text: '', name: field }
      source.feeding.push({ index: n + 2, name: column.name, position: column.position, same: sameTexts() })
      sources.set(field, source)
    }
  })
  for (const [field, { feeding }] of sources) {
    const best = order.get(field) ?? []
    const rank = (position: number): number =>
      best.includes(position) ? best.indexOf(position) : best.length + position
    feeding.sort((a, b) => rank(a.position) - rank(b.position))
  }
  const longestMark = Math.max(...[...unset].map((mark) => mark.length))
  let cells: Cell[] = []
  let turn = 0

  /** Analyzers ask for the same fields of a row many times: the answer is found once. */
  function look(source: Source, field: CanonicalField): Source {
    source.turn = turn
    for (const { index, name, same } of source.feeding) {
      const cell = cells[index]
      if (cell === null || cell === undefined || cell === '') continue
      const text = typeof cell === 'string' ? cell : String(cell)
      if (text.length <= longestMark && unset.has(text)) continue
      source.text = same(text)
      source.name = name
      return source
    }
    source.text = ''
    source.name = field
    return source
  }
  function sourceOf(field: CanonicalField): Source | undefined {
    const source = sources.get(field)
    return source === undefined || source.turn === turn ? source : look(source, field)
  }

  return {
    row: {
      datasetId,
      get row() {
        return Number(cells[0])
      },
      get time() {
        const time = cells[1]
        return typeof time === 'number' ? time : null
      },
      text: (field) => sourceOf(field)?.text ?? '',
      column: (field) => sourceOf(field)?.name ?? field,
    },
    set(next) {
      cells = next
      turn += 1
    },
  }
}
