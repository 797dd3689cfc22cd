import type { Column } from '#contract/datasets'
import { partOf, partTable, quoteName } from '../importer/datasetFile.ts'
import type { DatasetHandle } from './datasetFiles.ts'

/** Stands between cells; text that holds it itself is read once more, cell by cell. */
const END = '\u0001'
/** Cells of one concat(): SQLite takes 1,000 values. */
const CONCAT_MAX = 400

export type JoinedRow = {
  row: number
  /** Microseconds since 1970 UTC. */
  time: number | null
  /** The cells of the columns looked at, END between them. */
  joined: string
  /** Each cell of both lists of columns; '' for an empty one. */
  cells(): ReadonlyMap<Column, string>
}

/**
 * Every row in the order of the source as one text: SQLite joins the cells, which costs a fraction of handing out each of
 * them. `looked`: columns whose cells are joined; `about`: further ones that `cells` has. `exact`: numbers that are no whole
 * ones stand as in the source, which is slower. AppError 'cancelled'. The same row is handed out again.
 */
export function* joinedCells(
  handle: DatasetHandle,
  looked: readonly Column[],
  about: readonly Column[],
  exact: boolean,
): Generator<JoinedRow> {
  const groups = groupsOf([...looked, ...about])
  const parts = [...new Set([0, ...groups.map(({ part }) => part)])]
  // One iterator per table: SQLite joins no more than 64 tables.
  const iterators = parts.map((part) => {
    const texts = groups
      .filter((group) => group.part === part)
      .map(({ columns }) => {
        const cells = columns.flatMap((column, n) => [...(n === 0 ? [] : ['char(1)']), cellOf(column, exact)])
        return `, concat(${cells.join(', ')})`
      })
    const sql = `SELECT _row, ${part === 0 ? '_time' : 'NULL'}${texts.join('')} FROM ${partTable(part)}`
    return handle.db
      .prepare<[], [number, number | null, ...string[]]>(`${sql} WHERE keep_going() ORDER BY _row`)
      .raw()
      .iterate()
  })
  const [first, ...others] = iterators
  const ordered = groups.flatMap(({ columns }) => columns)
  const row: JoinedRow = { row: 0, time: null, joined: '', cells: () => separate(handle, ordered, row) }
  try {
    for (const [number, time, ...texts] of first ?? []) {
      row.row = number
      row.time = time
      for (const iterator of others) {
        const next = iterator.next()
        if (next.done) return
        texts.push(...next.value.slice(2).map(String))
      }
      row.joined = texts.length === 1 ? (texts[0] ?? '') : texts.join(END)
      yield row
    }
  } finally {
    for (const iterator of iterators) iterator.return?.()
  }
}

/** Columns of one table that one concat() joins. */
function groupsOf(columns: readonly Column[]): { part: number; columns: Column[] }[] {
  const groups: { part: number; columns: Column[] }[] = []
  for (const column of columns.toSorted((a, b) => partOf(a.position) - partOf(b.position))) {
    const part = partOf(column.position)
    const last = groups.at(-1)
    if (last?.part === part && last.columns.length < CONCAT_MAX) last.columns.push(column)
    else groups.push({ part, columns: [column] })
  }
  return groups
}

function cellOf({ name, type }: Column, exact: boolean): string {
  const cell = quoteName(name)
  return exact && type === 'number'
    ? `CASE typeof(${cell}) WHEN 'real' THEN number_text(${cell}) ELSE ${cell} END`
    : cell
}

function separate(handle: DatasetHandle, columns: readonly Column[], { row, joined }: JoinedRow): Map<Column, string> {
  const texts = joined.split(END)
  if (texts.length === columns.length) return new Map(columns.map((column, n) => [column, texts[n] ?? '']))
  return new Map(
    columns.map((column) => {
      const cell = handle.db
        .prepare<[number], string | number | null>(
          `SELECT ${quoteName(column.name)} FROM ${partTable(partOf(column.position))} WHERE _row = ?`,
        )
        .pluck()
        .get(row)
      return [column, cell === null || cell === undefined ? '' : String(cell)]
    }),
  )
}
