import type { Reference, Resolved } from '#contract/cases'
import type { ReferenceKind } from '#contract/values'
import type { ReadDb } from '../db.ts'
import { rowNumbersOf } from '../rowNumbers.ts'

export type Place = Omit<Resolved, 'kind' | 'target'>

const unknown = (label: string): Place => ({
  label,
  state: null,
  severity: null,
  found: false,
  huntId: null,
  row: null,
})

type Found = Omit<Place, 'found' | 'row'>

/** How each kind is looked up by the id in its target. Techniques and indicators are named elsewhere. */
const LOOKUPS: Partial<Record<ReferenceKind, string>> = {
  hunt: 'SELECT name AS label, status AS state, NULL AS severity, id AS huntId FROM hunts WHERE id = ?',
  hypothesis:
    'SELECT title AS label, status AS state, NULL AS severity, hunt_id AS huntId FROM hypotheses WHERE id = ? AND deleted_at IS NULL',
  alert: 'SELECT title AS label, status AS state, severity, hunt_id AS huntId FROM alerts WHERE id = ?',
  map: 'SELECT name AS label, NULL AS state, NULL AS severity, hunt_id AS huntId FROM maps WHERE id = ? AND deleted_at IS NULL',
  task: 'SELECT title AS label, state, severity, NULL AS huntId FROM case_tasks WHERE id = ? AND deleted_at IS NULL',
  case: 'SELECT title AS label, status AS state, severity, NULL AS huntId FROM cases WHERE id = ? AND deleted_at IS NULL',
}

/**
 * What something is called now, in what state it is and where it lies. Notes name rows by their numbers in the source, which
 * are the same in every workspace; links (`here`) by those of this workspace.
 */
export function placeOf(db: ReadDb, kind: ReferenceKind, target: string, here = false): Place {
  if (kind === 'row') return rowPlace(db, target, here)
  const sql = LOOKUPS[kind]
  if (sql === undefined) return { ...unknown(target), found: true }
  const found = db.prepare<[string], Found>(sql).get(target)
  return found ? { ...found, found: true, row: null } : unknown(target)
}

function rowPlace(db: ReadDb, target: string, here: boolean): Place {
  const [datasetId = '', row = ''] = target.split('/')
  const dataset = db
    .prepare<[string], { name: string; hunt_id: string; row_count: number }>(
      'SELECT name, hunt_id, row_count FROM datasets WHERE id = ?',
    )
    .get(datasetId)
  if (!dataset || !/^\d+$/.test(row)) return unknown(target)
  const numbers = rowNumbersOf(db, datasetId)
  const own = here ? Number(row) : numbers.fromSource(Number(row))
  const found = own !== null && own >= 1 && own <= dataset.row_count
  return {
    label: `${dataset.name} row ${found ? numbers.toSource(own) : row}`,
    ...{ state: null, severity: null, found, huntId: dataset.hunt_id, row: found ? own : null },
  }
}

/** What references mean; `here`: rows are numbered as in this workspace. */
export const resolve = (db: ReadDb, references: readonly Reference[], here = false): Resolved[] =>
  references.map(({ kind, target }) => ({ kind, target, ...placeOf(db, kind, target, here) }))
