import type { IocScope, IocType } from '#contract/values'
import { conditions, isoOfUsOrNull } from '../conditions.ts'
import type { DatasetHandle } from '../datasetFiles.ts'

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
    iocs: rows.map((row) => {
      const positions: number[] = JSON.parse(row.columns)
      return {
        value: row.value,
        type: row.type,
        scope: row.scope,
        count: row.count,
        columns: positions.map((position) => handle.columns[position]?.name ?? `column_${position + 1}`),
        firstTime: isoOfUsOrNull(row.first_us),
        lastTime: isoOfUsOrNull(row.last_us),
      }
    }),
    total: counted?.n ?? 0,
  }
}
