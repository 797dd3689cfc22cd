import type { Hunt } from '#contract/hunts'
import type { HuntStatus } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull, isoOfUsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type HuntRow = {
  id: string
  name: string
  description: string
  status: HuntStatus
  analyze_on_import: number
  created_at: number
  updated_at: number
  closed_at: number | null
  datasets: number
  rows: number
  quarantined: number
  alerts_open: number
  first_time: number | null
  last_time: number | null
}

const HUNT = `
  SELECT h.*,
    (SELECT count(*) FROM datasets d WHERE d.hunt_id = h.id) AS datasets,
    (SELECT coalesce(sum(d.row_count), 0) FROM datasets d WHERE d.hunt_id = h.id) AS rows,
    (SELECT coalesce(sum(d.quarantined), 0) FROM datasets d WHERE d.hunt_id = h.id) AS quarantined,
    (SELECT min(d.first_time) FROM datasets d WHERE d.hunt_id = h.id) AS first_time,
    (SELECT max(d.last_time) FROM datasets d WHERE d.hunt_id = h.id) AS last_time,
    (SELECT count(*) FROM alerts a WHERE a.hunt_id = h.id AND a.status IN ('new', 'acknowledged', 'in-progress')) AS alerts_open
  FROM hunts h`

function huntOf(row: HuntRow): Hunt {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    status: row.status,
    analyzeOnImport: row.analyze_on_import === 1,
    datasets: row.datasets,
    rows: row.rows,
    quarantined: row.quarantined,
    alertsOpen: row.alerts_open,
    firstTime: isoOfUsOrNull(row.first_time),
    lastTime: isoOfUsOrNull(row.last_time),
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
    closedAt: isoOfMsOrNull(row.closed_at),
  }
}

/** One hunt with its figures; null when there is none of that id. */
export function get(db: ReadDb, id: string): Hunt | null {
  const row = db.prepare<[string], HuntRow>(`${HUNT} WHERE h.id = ?`).get(id)
  return row ? huntOf(row) : null
}

export type HuntQuery = { status?: HuntStatus | undefined; text?: string | undefined; limit: number; offset: number }

/** Hunts that match, last changed first. `text` looks in name and description, any case. By index: figures are counted of what is shown only. */
export function list(db: ReadDb, query: HuntQuery): { hunts: Hunt[]; total: number } {
  const where = conditions()
  where.in('h.status', query.status)
  if (query.text) {
    const pattern = containing(query.text)
    where.and(`(h.name LIKE ? ESCAPE '\\' OR h.description LIKE ? ESCAPE '\\')`, pattern, pattern)
  }
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], HuntRow>(`${HUNT} WHERE ${text} ORDER BY h.updated_at DESC, h.rowid LIMIT ? OFFSET ?`)
    .all(...values, query.limit, query.offset)
  const counted = db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM hunts h WHERE ${text}`).get(...values)
  return { hunts: rows.map(huntOf), total: counted?.n ?? 0 }
}

/** Ids and names of all hunts with exactly this name, oldest first. */
export function named(db: ReadDb, name: string): { id: string; name: string }[] {
  return db
    .prepare<[string], { id: string; name: string }>('SELECT id, name FROM hunts WHERE name = ? ORDER BY created_at')
    .all(name)
}
