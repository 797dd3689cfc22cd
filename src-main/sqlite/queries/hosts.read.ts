import type { HostChange } from '#contract/hosts'
import type { HostChangeKind } from '#contract/values'
import { isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type ChangeRow = { id: string; hunt_id: string; kind: HostChangeKind; names: string; by: string; at: number }

const changeOf = ({ id, hunt_id: huntId, kind, names, by, at }: ChangeRow): HostChange => ({
  ...{ id, huntId, kind, by, at: isoOfMs(at) },
  // Written by this program only, as the contract parsed it.
  names: JSON.parse(names),
})

/** What was merged and split by hand, in the order in which it was done. */
export function changesOf(db: ReadDb, huntId: string): { kind: HostChangeKind; names: string[] }[] {
  return db
    .prepare<[string], ChangeRow>('SELECT * FROM host_changes WHERE hunt_id = ? ORDER BY at, id')
    .all(huntId)
    .map((row) => {
      const { kind, names } = changeOf(row)
      return { kind, names }
    })
}

/** The same for people, the last first. */
export function changes(
  db: ReadDb,
  { huntId, limit, offset }: { huntId: string; limit: number; offset: number },
): { changes: HostChange[]; total: number } {
  const rows = db
    .prepare<[string, number, number], ChangeRow>(
      'SELECT * FROM host_changes WHERE hunt_id = ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?',
    )
    .all(huntId, limit, offset)
  const total = db
    .prepare<[string], { n: number }>('SELECT count(*) AS n FROM host_changes WHERE hunt_id = ?')
    .get(huntId)
  return { changes: rows.map(changeOf), total: total?.n ?? 0 }
}

/** One change; null when there is none of that id. */
export function get(db: ReadDb, id: string): HostChange | null {
  const row = db.prepare<[string], ChangeRow>('SELECT * FROM host_changes WHERE id = ?').get(id)
  return row ? changeOf(row) : null
}
