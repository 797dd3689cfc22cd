import type { IocScope, IocType } from '#contract/values'
import { conditions, isoOfUsOrNull } from '../conditions.ts'
import type { DatasetHandle } from '../datasetFiles.ts'
import { sqliteFailure } from '../db.ts'

type IocRow = {
  value: string
  type: IocType
  scope: IocScope
  count: number
  columns: string
  first_us: number | null
  last_us: number | null
}
export type IocItem = {
  value: string
  type: IocType
  scope: IocScope
  count: number
  columns: string[]
  firstTime: string | null
  lastTime: string | null
}

const namesOf = (handle: DatasetHandle, columns: string): string[] => {
  const positions: number[] = JSON.parse(columns)
  return positions.map((position) => handle.columns[position]?.name ?? `column_${position + 1}`)
}

export type IocQuery = { type?: IocType | undefined; scope?: IocScope | undefined; limit: number; offset: number }

/** Distinct indicators of a dataset, most frequent first. */
export function list(handle: DatasetHandle, query: IocQuery): { iocs: IocItem[]; total: number } {
  const where = conditions()
  where.in('type', query.type)
  where.in('scope', query.scope)
  const { text, values } = where.build()
  const rows = handle.db
    .prepare<unknown[], IocRow>(`SELECT * FROM iocs WHERE ${text} ORDER BY count DESC, type, value LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = handle.db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM iocs WHERE ${text}`)
    .get(...values)
  return {
    iocs: rows.map((row) => itemOf(handle, row)),
    total: counted?.n ?? 0,
  }
}

function itemOf(handle: DatasetHandle, row: IocRow): IocItem {
  return {
    value: row.value,
    type: row.type,
    scope: row.scope,
    count: row.count,
    columns: namesOf(handle, row.columns),
    firstTime: isoOfUsOrNull(row.first_us),
    lastTime: isoOfUsOrNull(row.last_us),
  }
}

/** One indicator of a dataset; null where it does not hold it. AppError 'dataset-damaged'. */
export function get(handle: DatasetHandle, type: IocType, value: string): IocItem | null {
  return asDataset(() => {
    const row = handle.db
      .prepare<[string, string], IocRow>('SELECT * FROM iocs WHERE type = ? AND value = ?')
      .get(type, value)
    return row ? itemOf(handle, row) : null
  })
}

/** Every indicator of a dataset by type and value. AppError 'cancelled', 'dataset-damaged'. */
export function* all({ db }: DatasetHandle): Generator<[type: IocType, value: string]> {
  const rows = asDataset(() =>
    db
      .prepare<[], [IocType, string]>('SELECT type, value FROM iocs WHERE keep_going() ORDER BY type, value')
      .raw()
      .iterate(),
  )
  try {
    for (let next = asDataset(() => rows.next()); !next.done; next = asDataset(() => rows.next())) yield next.value
  } finally {
    rows.return?.()
  }
}

/** What SQLite says about the file is said about the dataset, also where readers ask the workspace as well. */
function asDataset<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw sqliteFailure(error, 'dataset') ?? error
  }
}
