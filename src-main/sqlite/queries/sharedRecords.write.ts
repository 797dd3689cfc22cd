import type { Kind } from '../../sharing/kind.ts'
import type { CaseRecord, Cell } from '../../sharing/record.ts'
import type { ImportResult } from '../../importer/importRequest.ts'
import type { WriteDb } from '../db.ts'
import type { RowNumbers } from '../rowNumbers.ts'
import { countRows, rowSetOf, rowsOf, storedBlocks, stretchOf, type RowSet } from '../rowSet.ts'
import { finish } from './datasets.write.ts'
import { moveTarget } from './sharedRecords.read.ts'

/** A dataset file that was made of the rows of a case file. */
export type BuiltDataset = {
  id: string
  result: ImportResult
  diskBytes: number
  /** The rows of its source that it has; null: all of them. */
  excerpt: RowSet | null
  /** Rows of the source. */
  of: number
  /** Where the source of it was put; null: it did not come along. */
  sourcePath: string | null
}

/** Writes records of one kind as they shall stand here; numbers of rows are those of the source. */
export type RecordWriter = (record: CaseRecord, isNew: boolean) => void

export function recordWriter(
  db: WriteDb,
  kind: Kind,
  numbers: (datasetId: string) => RowNumbers,
  rowsHere: (datasetId: string, runs: readonly (readonly [number, number])[]) => RowSet,
): RecordWriter {
  const columns = Object.keys(kind.columns)
  const quoted = columns.map((column) => `"${column}"`)
  const insert = db.prepare(insertInto(kind.table, columns, kind.own))
  // A value that would make it the same as another record stays what it was.
  const update = db.prepare(
    `UPDATE OR IGNORE ${kind.table} SET ${quoted.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
  )
  const clear =
    kind.deletedAt === undefined
      ? null
      : db.prepare(`DELETE FROM ${kind.table} WHERE id = ? AND ${kind.deletedAt} IS NOT NULL`)
  const askAgain = db.prepare('DELETE FROM left_deleted WHERE kind = ? AND id = ?')
  const stamps = stampWriter(db, kind)
  const lists = Object.entries(kind.lists ?? {}).map(([name, list]) => ({ name, write: listWriter(db, list, numbers) }))

  return (record, isNew) => {
    const values: Record<string, Cell> = { ...record.values }
    let set: RowSet | null = null
    if (kind.rowSet) {
      set = rowsHere(String(values['dataset_id']), record.rows ?? [])
      const [first, last] = ends(set)
      Object.assign(values, { row_count: countRows(set), first_row: first, last_row: last })
    }
    const bound = columns.map((column) => values[column] ?? null)
    if (isNew) {
      clear?.run(record.id)
      askAgain.run(kind.noun, record.id)
      if (kind.noun !== 'datasets') insert.run(...bound)
    } else if (kind.noun === 'datasets')
      db.prepare('UPDATE datasets SET name = ? WHERE id = ?').run(values['name'], record.id)
    else update.run(...bound, record.id)
    for (const { name, write } of lists) write(record.id, record.lists[name] ?? [])
    if (kind.rowSet && set) writeRowSet(db, kind.rowSet, record.id, set)
    stamps(record)
  }
}

/** Remembers that a deleted record stays so although case files hold it. */
export function leaveDeleted(db: WriteDb, kind: Kind, id: string, now: number): void {
  db.prepare('INSERT OR REPLACE INTO left_deleted (kind, id, at) VALUES (?, ?, ?)').run(kind.noun, id, now)
}

/** Columns that stay at home begin with what SQL says. */
function insertInto(
  table: string,
  columns: readonly string[],
  own: Readonly<Record<string, string>> = {},
  or = '',
  first = '?',
): string {
  const names = [...columns, ...Object.keys(own)].map((column) => `"${column}"`).join(', ')
  return `INSERT${or} INTO ${table} (${names}) VALUES (${[first, ...columns.slice(1).map(() => '?'), ...Object.values(own)].join(', ')})`
}

function ends(set: RowSet): [number, number] {
  let [first, last] = [0, 0]
  for (const row of rowsOf(set)) {
    if (first === 0) first = row
    last = row
  }
  return [first, last]
}

function stampWriter(db: WriteDb, kind: Kind): (record: CaseRecord) => void {
  // What the triggers wrote a moment ago is not what happened.
  const forget = db.prepare('DELETE FROM field_stamps WHERE kind = ? AND id = ?')
  const insert = db.prepare(
    'INSERT INTO field_stamps (kind, id, field, at, by, seen, siblings) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  return ({ id, fields }) => {
    forget.run(kind.noun, id)
    for (const [name, { siblings, seen }] of Object.entries(fields)) {
      const [first] = siblings
      if (!first || Object.keys(seen).length === 0) continue
      const several = siblings.length > 1 ? JSON.stringify(siblings) : null
      insert.run(kind.noun, id, name, first.at, first.by, JSON.stringify(seen), several)
    }
  }
}

function listWriter(
  db: WriteDb,
  list: NonNullable<Kind['lists']>[string],
  numbers: (datasetId: string) => RowNumbers,
): (id: string, lines: readonly (readonly Cell[])[]) => void {
  const names = Object.keys(list.columns)
  const dataset = names.indexOf('dataset_id')
  const row = Object.values(list.columns).findIndex((column) => column.row)
  const target = Object.values(list.columns).findIndex((column) => column.rowTarget)
  const all = [list.parent, ...(list.numbered === undefined ? [] : [list.numbered]), ...names]
  const place = (id: string, row: number): number => numbers(id).fromSource(row) ?? row
  const clear = db.prepare(`DELETE FROM ${list.table} WHERE ${list.parent} = ${list.key ?? '?'}`)
  const insert = db.prepare(insertInto(list.table, all, list.own, ' OR IGNORE', list.key))
  return (id, lines) => {
    clear.run(id)
    let n = 0
    for (const line of lines) {
      const here = row < 0 ? null : numbers(String(line[dataset])).fromSource(Number(line[row]))
      if (row >= 0 && here === null) continue
      const values = line.map((value, at) => (at === row ? here : at === target ? moveTarget(value, place) : value))
      insert.run(id, ...(list.numbered === undefined ? [] : [n++]), ...values)
    }
  }
}

function writeRowSet(db: WriteDb, { table, parent }: NonNullable<Kind['rowSet']>, id: string, set: RowSet): void {
  db.prepare(`DELETE FROM ${table} WHERE ${parent} = ?`).run(id)
  const insert = db.prepare(`INSERT INTO ${table} (${parent}, block, n, rows) VALUES (?, ?, ?, ?)`)
  for (const { block, n, rows } of storedBlocks(set)) insert.run(id, block, n, rows)
}

/** Rows of the source as those of a dataset; rows that it does not have are left out. */
export function localRows(
  { excerpt, fromSource }: RowNumbers,
  rows: number,
  runs: readonly (readonly [number, number])[],
): RowSet {
  if (!excerpt && runs.length === 1 && runs[0]) return stretchOf(runs[0][0], Math.min(runs[0][1], rows))
  return rowSetOf(eachHere(runs, fromSource))
}

function* eachHere(
  runs: readonly (readonly [number, number])[],
  fromSource: (row: number) => number | null,
): Generator<number> {
  for (const [first, last] of runs)
    for (let row = first; row <= last; row++) {
      const here = fromSource(row)
      if (here !== null) yield here
    }
}

/** Records a dataset that came with a case file, or one that has got more rows by it. */
export function keepBuilt(db: WriteDb, built: BuiltDataset, values: Record<string, Cell> | null, now: number): void {
  const { id, result, diskBytes, excerpt, of, sourcePath } = built
  if (values)
    db.prepare(
      `INSERT INTO datasets (id, hunt_id, name, file, state, size, source_path, source_member, source_stored, dialect, reading, origin, created_at, imported_at)
       VALUES (?, ?, ?, ?, 'ready', ?, ?, NULL, ?, '{}', ?, ?, ?, ?)`,
    ).run(
      ...[id, values['hunt_id'], values['name'], values['file'], values['size'], sourcePath ?? ''],
      ...[sourcePath === null ? 0 : 1, values['reading'], values['origin'] ?? null],
      ...[values['created_at'], values['imported_at']],
    )
  finish(db, id, result, diskBytes, now)
  db.prepare('UPDATE datasets SET excerpt_of = ? WHERE id = ?').run(excerpt === null ? null : of, id)
  db.prepare('DELETE FROM excerpt_rows WHERE dataset_id = ?').run(id)
  const insert = db.prepare('INSERT INTO excerpt_rows (dataset_id, block, n, rows) VALUES (?, ?, ?, ?)')
  if (excerpt) for (const { block, n, rows } of storedBlocks(excerpt)) insert.run(id, block, n, rows)
}

/** Names the file that is to take the place of a dataset's file; null: it has. */
export function setAwaiting(db: WriteDb, id: string, path: string | null): void {
  db.prepare('UPDATE datasets SET awaiting = ? WHERE id = ?').run(path, id)
}
