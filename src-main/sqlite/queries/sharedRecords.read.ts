import { rowTags, type RowTag } from '#contract/values'
import type { Field } from '../../sharing/fields.ts'
import type { Kind } from '../../sharing/kind.ts'
import type { CaseRecord, Cell } from '../../sharing/record.ts'
import type { ReadDb } from '../db.ts'
import { rowNumbersOf, runsOf, type RowNumbers } from '../rowNumbers.ts'
import { growingSet, loadedSet, NO_ROWS, rowsOf, union, type RowSet } from '../rowSet.ts'

/** Which records go into a file: ids. */
export type CaseScope = { hunts: readonly string[]; cases: readonly string[]; lists: readonly string[] }

const bound = ({ hunts }: CaseScope) => ({ hunts: JSON.stringify(hunts) })

/** How many records of a kind go into a file. */
export function countRecords(db: ReadDb, kind: Kind, scope: CaseScope): number {
  return (
    db
      .prepare<[object], number>(`SELECT count(*) FROM ${kind.table} t WHERE ${kind.scope}`)
      .pluck()
      .get(scoped(kind, scope)) ?? 0
  )
}

/** Named values that a statement does not mention are refused by the driver. */
const scoped = ({ scope: sql }: Kind, { hunts, cases, lists }: CaseScope): object => ({
  ...(sql.includes(':hunts') ? { hunts: JSON.stringify(hunts) } : {}),
  ...(sql.includes(':cases') ? { cases: JSON.stringify(cases) } : {}),
  ...(sql.includes(':lists') ? { lists: JSON.stringify(lists) } : {}),
})

/** The records of a kind that go into a file, with the numbers that rows have in the source. */
export function* recordsOf(
  db: ReadDb,
  kind: Kind,
  scope: CaseScope,
  numbers: (datasetId: string) => RowNumbers,
): Generator<CaseRecord> {
  const columns = Object.keys(kind.columns)
  const ids = db
    .prepare<[object], string>(
      `SELECT t.id FROM ${kind.table} t WHERE ${kind.scope} ORDER BY ${kind.orderBy ?? 't.rowid'}`,
    )
    .pluck()
    .all(scoped(kind, scope))
  const read = recordReader(db, kind, columns, numbers)
  for (const id of ids) {
    const record = read(id)
    if (record) yield record
  }
}

/** One record of the workspace; null where there is none, or it was deleted. */
export function recordReader(
  db: ReadDb,
  kind: Kind,
  columns: readonly string[],
  numbers: (datasetId: string) => RowNumbers,
): (id: string) => CaseRecord | null {
  const alive = kind.deletedAt === undefined ? '' : ` AND ${kind.deletedAt} IS NULL`
  const one = db.prepare<[string], Record<string, Cell>>(
    `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM ${kind.table} WHERE id = ?${alive}`,
  )
  const stamps = db.prepare<
    [string, string],
    { field: string; at: number; by: string; seen: string; siblings: string | null }
  >('SELECT field, at, by, seen, siblings FROM field_stamps WHERE kind = ? AND id = ?')
  const lists = Object.entries(kind.lists ?? {}).map(([name, list]) => ({
    name,
    list,
    lines: db
      .prepare<[string], Cell[]>(
        `SELECT ${Object.keys(list.columns)
          .map((column) => `"${column}"`)
          .join(', ')} FROM ${list.table} WHERE ${list.parent} = ${list.key ?? '?'} ORDER BY ${list.orderBy}`,
      )
      .raw(),
  }))
  const rowSet = kind.rowSet
    ? db.prepare<[string], { block: number; rows: Buffer }>(
        `SELECT block, rows FROM ${kind.rowSet.table} WHERE ${kind.rowSet.parent} = ?`,
      )
    : null

  return (id) => {
    const values = one.get(id)
    if (!values) return null
    const own = values['dataset_id']
    const toSource = (datasetId: unknown, row: number): number =>
      typeof datasetId === 'string' ? numbers(datasetId).toSource(row) : row
    for (const [name, column] of Object.entries(kind.columns)) {
      const value = values[name]
      if (column.row && typeof value === 'number') values[name] = toSource(own, value)
    }
    const fields: Record<string, Field> = {}
    for (const { field, at, by, seen, siblings } of stamps.all(kind.noun, id))
      if (kind.columns[field]?.rule !== undefined)
        fields[field] = {
          siblings: siblings === null ? [{ at, by, value: values[field] ?? null }] : JSON.parse(siblings),
          seen: JSON.parse(seen),
        }
    return {
      id,
      values,
      fields,
      lists: Object.fromEntries(
        lists.map(({ name, list, lines }) => {
          const specs = Object.entries(list.columns)
          const dataset = specs.findIndex(([column]) => column === 'dataset_id')
          const row = specs.findIndex(([, column]) => column.row)
          const all = lines.all(id)
          if (row >= 0) for (const line of all) line[row] = toSource(line[dataset], Number(line[row]))
          const target = specs.findIndex(([, column]) => column.rowTarget)
          if (target >= 0) for (const line of all) line[target] = moveTarget(line[target] ?? null, toSource)
          return [name, all]
        }),
      ),
      rows: rowSet ? runsOf(sourceRows(loadedSet(rowSet.all(id)), (row) => toSource(own, row))) : null,
    }
  }
}

const ROW_TARGET = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,10})$/

/** A text that names a row, with another number; any other text as it is. null: there is no such row. */
export function moveTarget(text: Cell, moved: (datasetId: string, row: number) => number | null): Cell {
  const [, id, row] = (typeof text === 'string' ? ROW_TARGET.exec(text) : null) ?? []
  if (id === undefined || row === undefined) return text
  const number = moved(id, Number(row))
  return number === null ? null : `${id}/${number}`
}

function* sourceRows(rows: RowSet, toSource: (row: number) => number): Generator<number> {
  for (const row of rowsOf(rows)) yield toSource(row)
}

const CITING = [
  `SELECT row FROM alert_evidence WHERE dataset_id = ?`,
  `SELECT e.row FROM hypothesis_evidence e JOIN hypotheses h ON h.id = e.hypothesis_id WHERE e.dataset_id = ? AND h.deleted_at IS NULL`,
]

/**
 * Rows of a dataset that somebody spoke of: alerts and hypotheses stand on them, an annotation is about them, or they are
 * tagged as suspicious or to be looked at. Numbers as in the dataset.
 */
export function citedRows(db: ReadDb, datasetId: string): RowSet {
  const cited = growingSet()
  const single = growingSet()
  for (const sql of CITING)
    for (const row of db.prepare<[string], number>(sql).pluck().iterate(datasetId))
      single.add(new Map([[row >> 16, Uint16Array.of(row & 0xffff)]]))
  const ofCases = `SELECT CAST(substr(target, 38) AS INTEGER) FROM case_links WHERE kind = 'row' AND removed_at IS NULL AND target GLOB ? || '/*'`
  for (const row of db.prepare<[string], number>(ofCases).pluck().iterate(datasetId))
    single.add(new Map([[row >> 16, Uint16Array.of(row & 0xffff)]]))
  for (const row of rowsInTexts(db, datasetId)) single.add(new Map([[row >> 16, Uint16Array.of(row & 0xffff)]]))
  cited.add(single.set())
  const blocks = db
    .prepare<[string], { id: string; block: number; rows: Buffer }>(
      `SELECT a.id, r.block, r.rows FROM annotations a JOIN annotation_rows r ON r.annotation_id = a.id
       WHERE a.dataset_id = ? AND a.deleted_at IS NULL`,
    )
    .all(datasetId)
  for (const of of Map.groupBy(blocks, ({ id }) => id).values()) cited.add(loadedSet(of))
  for (const [tag, rows] of tagsOf(db, datasetId)) if (tag !== 'benign') cited.add(rows)
  return cited.set()
}

/** Rows that notes and summaries of cases refer to, by their numbers in the dataset; texts name them as in the source. */
function rowsInTexts(db: ReadDb, datasetId: string): number[] {
  const texts = db
    .prepare<[string, string], string>(
      `SELECT text FROM case_notes WHERE deleted_at IS NULL AND text LIKE '%[[row:' || ? || '/%'
       UNION ALL SELECT description FROM cases WHERE deleted_at IS NULL AND description LIKE '%[[row:' || ? || '/%'`,
    )
    .pluck()
    .all(datasetId, datasetId)
  if (texts.length === 0) return []
  const numbers = rowNumbersOf(db, datasetId)
  const named = new RegExp(`\\[\\[row:${datasetId}/([1-9]\\d{0,9})\\]\\]`, 'gi')
  return texts.flatMap((text) => [...text.matchAll(named)].flatMap(([, row]) => numbers.fromSource(Number(row)) ?? []))
}

/** Rows of a dataset by the tag they have of their own. */
export function tagsOf(db: ReadDb, datasetId: string): Map<RowTag, RowSet> {
  const blocks = db
    .prepare<[string], { tag: string; block: number; rows: Buffer }>(
      'SELECT tag, block, rows FROM row_tags WHERE dataset_id = ?',
    )
    .all(datasetId)
  const byTag = Map.groupBy(blocks, ({ tag }) => tag)
  return new Map(
    rowTags.map((tag) => {
      const own = byTag.get(tag)
      return [tag, own ? union(NO_ROWS, loadedSet(own)) : NO_ROWS]
    }),
  )
}

export type CaseSource = {
  id: string
  huntId: string
  name: string
  file: string
  sha256: string
  size: number
  rows: number
  of: number
  quarantined: number
  path: string
  member: string | null
  reading: string
}

/** The ready datasets of the hunts with where their sources lie, which never leaves this machine. */
export function sourcesOf(db: ReadDb, scope: CaseScope): CaseSource[] {
  return db
    .prepare<[object], CaseSource>(
      `SELECT id, hunt_id AS huntId, name, file, sha256, size, row_count AS rows, coalesce(excerpt_of, row_count) AS "of",
         quarantined, source_path AS path, source_member AS member, reading
       FROM datasets WHERE state = 'ready' AND hunt_id IN (SELECT value FROM json_each(:hunts)) ORDER BY created_at, rowid`,
    )
    .all(bound(scope))
}

/** The name of this workspace in case files. */
export function replicaOf(db: ReadDb): string {
  return db.prepare<[], string>('SELECT id FROM replica').pluck().get() ?? ''
}

/** Of hunts and datasets of a file, the ids in it of those that this workspace has; of datasets also under another id. */
export function here(
  db: ReadDb,
  hunts: readonly string[],
  datasets: readonly { id: string; huntId: string; sha256: string }[],
): string[] {
  const hunt = db.prepare<[string], object>('SELECT 1 AS known FROM hunts WHERE id = ?')
  const dataset = db.prepare<[string, string, string], object>(
    `SELECT 1 AS known FROM datasets WHERE id = ? OR (hunt_id = ? AND sha256 = ? AND state = 'ready')`,
  )
  return [
    ...hunts.filter((id) => hunt.get(id) !== undefined),
    ...datasets.flatMap(({ id, huntId, sha256 }) => (dataset.get(id, huntId, sha256) === undefined ? [] : id)),
  ]
}

/** The datasets of hunts. */
export function datasetsOf(db: ReadDb, hunts: readonly string[]): { id: string; huntId: string }[] {
  return db
    .prepare<[string], { id: string; huntId: string }>(
      'SELECT id, hunt_id AS huntId FROM datasets WHERE hunt_id IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(hunts))
}

/** Dataset files that were to take the place of others when the program ended. */
export function awaitingFiles(db: ReadDb): { id: string; path: string }[] {
  return db
    .prepare<[], { id: string; path: string }>('SELECT id, awaiting AS path FROM datasets WHERE awaiting IS NOT NULL')
    .all()
}

/** Rows that a dataset has here. */
export function rowCount(db: ReadDb, id: string): number {
  return db.prepare<[string], number>('SELECT row_count FROM datasets WHERE id = ?').pluck().get(id) ?? 0
}

/** Name of a hunt or dataset; '' where there is none. */
export function nameOf(db: ReadDb, table: 'hunts' | 'datasets', id: string): string {
  return db.prepare<[string], string>(`SELECT name FROM ${table} WHERE id = ?`).pluck().get(id) ?? ''
}

/** Whether there is a record of that id. */
export function knowsRecord(db: ReadDb, kind: Kind): (id: string) => boolean {
  const statement = db.prepare<[string], object>(`SELECT 1 AS known FROM ${kind.table} WHERE id = ?`)
  return (id) => statement.get(id) !== undefined
}

/** When a record was deleted here, in milliseconds; null where it was not, or nobody remembers. */
export function findDeletion(db: ReadDb, kind: Kind): (id: string) => number | null {
  const remembered = db
    .prepare<[string, string], number>('SELECT at FROM deleted_records WHERE kind = ? AND id = ?')
    .pluck()
  const standing =
    kind.deletedAt === undefined
      ? null
      : db.prepare<[string], number | null>(`SELECT ${kind.deletedAt} FROM ${kind.table} WHERE id = ?`).pluck()
  return (id) => standing?.get(id) ?? remembered.get(kind.noun, id) ?? null
}

/** When it was decided that a deleted record stays so although a case file holds it, in milliseconds; null where nobody has. */
export function findLeftDeleted(db: ReadDb, kind: Kind): (id: string) => number | null {
  const statement = db
    .prepare<[string, string], number>('SELECT at FROM left_deleted WHERE kind = ? AND id = ?')
    .pluck()
  return (id) => statement.get(kind.noun, id) ?? null
}

/** Finds the record here that is the same as one that was made elsewhere, by the columns that make it so. */
export function findTwin(db: ReadDb, kind: Kind): (values: Record<string, Cell>) => string | null {
  const columns = kind.sameAs
  if (!columns) return () => null
  const ready = kind.noun === 'datasets' ? ` AND state = 'ready'` : ''
  const find = db
    .prepare<Cell[], string>(
      `SELECT id FROM ${kind.table} WHERE ${columns.map((column) => `"${column}" IS ?`).join(' AND ')}${ready} LIMIT 1`,
    )
    .pluck()
  return (values) => {
    const wanted = columns.map((column) => values[column] ?? null)
    return wanted.includes(null) ? null : (find.get(...wanted) ?? null)
  }
}

/** Maps of hunts, and all cases: what a merge may have changed beside the hunts themselves. */
export function drawnAndCases(
  db: ReadDb,
  hunts: readonly string[],
): { maps: { id: string; huntId: string }[]; cases: string[] } {
  return {
    maps: db
      .prepare<[string], { id: string; huntId: string }>(
        'SELECT id, hunt_id AS huntId FROM maps WHERE hunt_id IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify(hunts)),
    cases: db.prepare<[], string>('SELECT id FROM cases WHERE deleted_at IS NULL').pluck().all(),
  }
}
