import type { Output } from '#contract/contract'
import type { KeywordHit } from '#contract/keywords'
import { conditions, containing, isoOfMs, isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import { newestChange } from './readings.read.ts'

/** Hosts and users that are listed. */
const NAMES_MAX = 100

export type HitFilter = {
  huntId: string
  datasetId?: string | undefined
  themeId?: string | undefined
  keywordId?: string | undefined
  host?: string | undefined
  user?: string | undefined
  text?: string | undefined
}
type Order = 'row' | 'time' | 'theme' | 'keyword' | 'field' | 'host' | 'user' | 'value' | 'dataset'
export type HitQuery = HitFilter & { sort: Order; descending: boolean; limit: number; offset: number }

const FROM = `keyword_hits h JOIN datasets d ON d.id = h.dataset_id JOIN keywords k ON k.id = h.keyword_id
  JOIN keyword_themes t ON t.id = k.theme_id`

/** What is ordered by; the dataset and the row come behind. Without a value: last. */
const orders: Record<Order, string> = {
  row: 'd.created_at, d.id, h.row',
  time: 'h.time IS NULL, h.time',
  theme: 't.name COLLATE NOCASE',
  keyword: 'k.text COLLATE NOCASE',
  field: 'h.field COLLATE NOCASE',
  host: 'h.host IS NULL, h.host COLLATE NOCASE',
  user: 'h.user IS NULL, h.user COLLATE NOCASE',
  value: 'h.value COLLATE NOCASE',
  dataset: 'd.name COLLATE NOCASE',
}

function matching(filter: HitFilter) {
  const where = conditions()
  where.in('d.hunt_id', filter.huntId)
  where.in('h.dataset_id', filter.datasetId)
  where.in('k.theme_id', filter.themeId)
  where.in('h.keyword_id', filter.keywordId)
  where.in('h.host', filter.host)
  where.in('h.user', filter.user)
  if (filter.text) {
    const like = containing(filter.text)
    where.and(
      `(h.value LIKE ? ESCAPE '\\' OR h.field LIKE ? ESCAPE '\\' OR k.text LIKE ? ESCAPE '\\')`,
      ...[like, like, like],
    )
  }
  return where.build()
}

type HitRow = Omit<KeywordHit, 'time'> & { time: number | null }

/** Hits that are kept and match. */
export function hits(db: ReadDb, query: HitQuery): { hits: KeywordHit[]; total: number } {
  const { text, values } = matching(query)
  const order = orders[query.sort]
  const by = query.descending
    ? order
        .split(', ')
        .map((part) => (part.endsWith('IS NULL') ? part : `${part} DESC`))
        .join(', ')
    : order
  const rows = db
    .prepare<unknown[], HitRow>(
      `SELECT h.n AS id, h.dataset_id AS datasetId, d.name AS dataset, h.row, h.time, h.field, h.value, h.host, h.user,
         t.id AS themeId, t.name AS theme, t.colour, k.id AS keywordId, k.text AS keyword
       FROM ${FROM} WHERE ${text} ORDER BY ${by}, d.created_at, d.id, h.row, h.n LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const total = db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM ${FROM} WHERE ${text}`).get(...values)
  return { hits: rows.map((row) => ({ ...row, time: isoOfUsOrNull(row.time) })), total: total?.n ?? 0 }
}

type ScanRow = {
  datasetId: string
  dataset: string
  at: number
  rows: number
  column_list: string | null
  reading: string | null
  hits: number
  kept: number
}

/** What the last scans of a hunt found. */
export function counts(
  db: ReadDb,
  filter: Pick<HitFilter, 'huntId' | 'datasetId' | 'themeId'>,
): Output<'keywords.counts'> {
  const where = conditions()
  where.in('d.hunt_id', filter.huntId)
  where.in('s.dataset_id', filter.datasetId)
  const { text, values } = where.build()
  const ofTheme = filter.themeId ?? null
  const scans = db
    .prepare<unknown[], ScanRow>(
      `SELECT s.dataset_id AS datasetId, d.name AS dataset, s.at, s.row_count AS rows, s.column_list, s.reading,
         coalesce(sum(c.hits), 0) AS hits, coalesce(sum(c.kept), 0) AS kept
       FROM keyword_scans s JOIN datasets d ON d.id = s.dataset_id
         LEFT JOIN (SELECT c.* FROM keyword_counts c JOIN keywords k ON k.id = c.keyword_id
                    WHERE ? IS NULL OR k.theme_id = ?) c ON c.dataset_id = s.dataset_id
       WHERE ${text} GROUP BY s.dataset_id ORDER BY d.created_at, d.id`,
    )
    .all(ofTheme, ofTheme, ...values)
    .map(({ column_list, reading, at, ...scan }) => {
      // Written by this program only.
      const columns: string[] | null = column_list === null ? null : JSON.parse(column_list)
      return { ...scan, at: isoOfMs(at), columns, stale: newestChange(db, scan.datasetId) !== reading }
    })
  const unscanned = db
    .prepare<[string], { n: number }>(
      `SELECT count(*) AS n FROM datasets d WHERE d.hunt_id = ? AND d.state = 'ready'
         AND NOT EXISTS (SELECT 1 FROM keyword_scans s WHERE s.dataset_id = d.id)`,
    )
    .get(filter.huntId)
  const sum = (what: 'hits' | 'kept'): number => scans.reduce((total, scan) => total + scan[what], 0)
  return {
    hits: sum('hits'),
    kept: sum('kept'),
    scans,
    unscanned: unscanned?.n ?? 0,
    hosts: names(db, 'host', filter),
    users: names(db, 'user', filter),
  }
}

function names(db: ReadDb, column: 'host' | 'user', filter: HitFilter): { value: string; hits: number }[] {
  const { text, values } = matching(filter)
  return db
    .prepare<unknown[], { value: string; hits: number }>(
      `SELECT h.${column} AS value, count(*) AS hits FROM ${FROM} WHERE ${text} AND h.${column} IS NOT NULL
       GROUP BY h.${column} ORDER BY hits DESC, h.${column} LIMIT ${NAMES_MAX}`,
    )
    .all(...values)
}
