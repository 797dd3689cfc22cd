import { statSync } from 'node:fs'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { Severity } from '#contract/values'
import { instantColumn, partOf, partTable, quoteName } from '../../importer/datasetFile.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { ReadDb } from '../db.ts'

/** SQLite joins at most 64 tables. */
const PARTS_MAX = 60
/** Different texts of a column that are looked at to tell what its words mean. */
const WORDS_MAX = 1_000

/** Ready datasets of a hunt in the order of import. */
export function datasetsOf(db: ReadDb, huntId: string): { id: string; name: string }[] {
  return db
    .prepare<[string], { id: string; name: string }>(
      `SELECT id, name FROM datasets WHERE hunt_id = ? AND state = 'ready' ORDER BY created_at, rowid`,
    )
    .all(huntId)
}

export type AlertRow = {
  datasetId: string
  row: number
  alertId: string
  title: string
  severity: Severity
  technique: string | null
  time: number | null
}

/** Rows that alerts of a hunt stand on, worst alerts first, at most `limit`. False positives are left out. */
export function alertRows(db: ReadDb, huntId: string, limit: number): AlertRow[] {
  return db
    .prepare<[string, number], AlertRow>(
      `SELECT e.dataset_id AS datasetId, e.row, a.id AS alertId, a.title, a.severity, a.mitre_technique AS technique,
         a.first_time AS time
       FROM alerts a JOIN alert_evidence e ON e.alert_id = a.id
       WHERE a.hunt_id = ? AND a.status <> 'false-positive' ORDER BY a.score DESC, a.created_at DESC, a.rowid, e.n LIMIT ?`,
    )
    .all(huntId, limit)
}

/** Another number once somebody has changed the workspace. */
export const workspaceVersion = (db: ReadDb): number => Number(db.pragma('data_version', { simple: true }))

/** Another text once another file stands in the place of this dataset. */
export function fileVersion(handle: DatasetHandle, path: string): string {
  const { mtimeMs, size, ino } = statSync(path)
  return `${handle.id} ${mtimeMs} ${size} ${ino}`
}

type Cell = string | number | null

export type CellsQuestion = {
  columns: readonly Column[]
  /** Time columns whose instants are wanted, in microseconds. */
  instants: readonly Column[]
  /** Rows whose first cell that is not empty among the columns is one of the words, or none of them; null: every row. */
  only: { columns: readonly Column[]; words: readonly string[]; not: boolean } | null
  /** Rows that are alike in `columns` and `instants` are answered once, the first of them. */
  once: boolean
  /** Rows whose cell in one of the columns of a group is one of its texts in lower case; null: all. */
  any: readonly { columns: readonly Column[]; texts: readonly string[] }[] | null
}

/** A row with the cells that were asked for: row number, time, cells, instants. */
export type AnsweredCells = readonly Cell[]

/** Rows of a dataset in the order of the source. AppError 'cancelled', 'too-large'. */
export function* cells(handle: DatasetHandle, asked: CellsQuestion): Generator<AnsweredCells> {
  const used = [
    ...asked.columns,
    ...asked.instants,
    ...(asked.only?.columns ?? []),
    ...(asked.any ?? []).flatMap(({ columns }) => columns),
  ]
  const parts = [...new Set(used.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  if (parts.length > PARTS_MAX)
    throw new AppError('too-large', `The columns that are asked for lie in more than ${PARTS_MAX} tables.`)
  const names = [
    ...asked.columns.map(({ name }) => quoteName(name)),
    ...asked.instants.map(({ name }) => (name === handle.timeColumn ? '_time' : quoteName(instantColumn(name)))),
  ]
  const values: string[] = []
  const where = ['keep_going()']
  const marks = (texts: readonly string[]): string => {
    values.push(...texts)
    return texts.map(() => '?').join(', ')
  }
  if (asked.only !== null) {
    const text = `coalesce(${[...asked.only.columns.map(({ name }) => `CAST(${quoteName(name)} AS TEXT)`), `''`].join(', ')})`
    where.push(`${text} ${asked.only.not ? 'NOT IN' : 'IN'} (${marks(asked.only.words)})`)
  }
  if (asked.any !== null) {
    const groups = asked.any.flatMap(({ columns, texts }) =>
      columns.map(({ name }) => `lower(${quoteName(name)}) IN (${marks(texts)})`),
    )
    where.push(`(${groups.length === 0 ? '0' : groups.join(' OR ')})`)
  }
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  // The bare columns are those of the row that min() found.
  const row = asked.once ? 'min(_row)' : '_row'
  const end = asked.once && names.length > 0 ? `GROUP BY ${names.map((_name, n) => n + 3).join(', ')}` : 'ORDER BY _row'
  const statement = handle.db
    .prepare<string[], Cell[]>(
      `SELECT ${row}, _time${names.map((name) => `, ${name}`).join('')} FROM rows${joins} WHERE ${where.join(' AND ')} ${end}`,
    )
    .raw()
  yield* statement.iterate(...values)
}

/** The different texts of columns, of each row the first that is not empty; an empty list where there are very many. */
export function wordsOf(handle: DatasetHandle, columns: readonly Column[]): string[] {
  const found = new Set<string>()
  for (const answered of cells(handle, { columns, instants: [], only: null, once: true, any: null })) {
    const word = answered.slice(2).find((cell) => cell !== null && cell !== '')
    if (word !== undefined && word !== null) found.add(String(word))
    if (found.size > WORDS_MAX) return []
  }
  return [...found]
}

/** Single rows, as `cells` answers them; undefined where there is no such row. */
export function singleCells(
  handle: DatasetHandle,
  columns: readonly Column[],
): (row: number) => AnsweredCells | undefined {
  const parts = [...new Set(columns.map(({ position }) => partOf(position)))].filter((part) => part > 0)
  if (parts.length > PARTS_MAX)
    throw new AppError('too-large', `The columns that are asked for lie in more than ${PARTS_MAX} tables.`)
  const joins = parts.map((part) => ` JOIN ${partTable(part)} USING (_row)`).join('')
  const names = columns.map(({ name }) => `, ${quoteName(name)}`).join('')
  const statement = handle.db
    .prepare<[number], Cell[]>(`SELECT _row, _time${names} FROM rows${joins} WHERE _row = ?`)
    .raw()
  return (row) => statement.get(row)
}
