import type { DrawnMap, MapDocument, MapSummary } from '#contract/maps'
import { conditions, containing, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

export type MapRow = {
  id: string
  hunt_id: string
  name: string
  description: string
  nodes: number
  links: number
  notes: number
  step: number
  created_at: number
  updated_at: number
}

const COLUMNS = 'id, hunt_id, name, description, nodes, links, notes, step, created_at, updated_at'

const summaryOf = ({ id, hunt_id: huntId, name, description, nodes, links, notes, ...row }: MapRow): MapSummary => ({
  ...{ id, huntId, name, description, nodes, links, notes },
  ...{ createdAt: isoOfMs(row.created_at), updatedAt: isoOfMs(row.updated_at) },
})

/** A drawn map with its elements and what can be taken back; null when there is none of that id. */
export function get(db: ReadDb, id: string): DrawnMap | null {
  const row = db
    .prepare<[string], MapRow & { document: string }>(
      `SELECT ${COLUMNS}, document FROM maps WHERE id = ? AND deleted_at IS NULL`,
    )
    .get(id)
  if (!row) return null
  const act = (step: number): string | null =>
    db
      .prepare<[string, number], string>('SELECT act FROM map_steps WHERE map_id = ? AND step = ?')
      .pluck()
      .get(id, step) ?? null
  // Written by this program only, as the contract parsed it.
  const document: MapDocument = JSON.parse(row.document)
  return { ...summaryOf(row), document, undo: act(row.step), redo: act(row.step + 1) }
}

/** The drawn maps of a hunt, the last changed first. */
export function list(
  db: ReadDb,
  query: { huntId: string; text?: string | undefined; limit: number; offset: number },
): { maps: MapSummary[]; total: number } {
  const where = conditions()
  where.in('hunt_id', query.huntId)
  where.in('deleted_at', null)
  if (query.text) where.and(`name || ' ' || description LIKE ? ESCAPE '\\'`, containing(query.text))
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], MapRow>(
      `SELECT ${COLUMNS} FROM maps WHERE ${text} ORDER BY updated_at DESC, id LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const total = db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM maps WHERE ${text}`).get(...values)
  return { maps: rows.map(summaryOf), total: total?.n ?? 0 }
}
