import type { Search, SearchDraft } from '#contract/searches'
import { conditions, containing, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type SearchRow = {
  id: string
  definition: string
  dataset_name: string | null
  created_at: number
  updated_at: number
}

function searchOf(row: SearchRow): Search {
  // Written by this program only, as the contract parsed it.
  const draft: SearchDraft = JSON.parse(row.definition)
  return {
    ...draft,
    id: row.id,
    datasetName: row.dataset_name,
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
  }
}

const SELECT = `SELECT s.id, s.definition, d.name AS dataset_name, s.created_at, s.updated_at
  FROM searches s LEFT JOIN datasets d ON d.id = s.dataset_id`

/** One saved search; null when there is none of that id. */
export function get(db: ReadDb, id: string): Search | null {
  const row = db.prepare<[string], SearchRow>(`${SELECT} WHERE s.id = ?`).get(id)
  return row ? searchOf(row) : null
}

/** Saved searches of a hunt by name. */
export function list(
  db: ReadDb,
  query: { huntId: string; text?: string | undefined; limit: number; offset: number },
): { searches: Search[]; total: number } {
  const where = conditions()
  where.in('s.hunt_id', query.huntId)
  if (query.text) where.and(`s.name LIKE ? ESCAPE '\\'`, containing(query.text))
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], SearchRow>(
      `${SELECT} WHERE ${text} ORDER BY s.name COLLATE NOCASE, s.created_at, s.id LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM searches s WHERE ${text}`)
    .get(...values)
  return { searches: rows.map(searchOf), total: counted?.n ?? 0 }
}

/** Queries that were run, the last one first. */
export function recent(db: ReadDb, limit: number): { queries: { q: string; at: string }[]; total: number } {
  const queries = db
    .prepare<[number], { q: string; at: number }>('SELECT q, at FROM recent_queries ORDER BY at DESC, q LIMIT ?')
    .all(limit)
  const counted = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM recent_queries').get()
  return { queries: queries.map(({ q, at }) => ({ q, at: isoOfMs(at) })), total: counted?.n ?? 0 }
}
