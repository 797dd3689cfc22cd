import { z } from 'zod'
import { datasetOrigin } from '#contract/origin'
import { reading } from '#contract/reading'
import { count, created, id, jsonOf, moment, OF_HUNTS, uuid, word, type Kind } from '../kind.ts'

/** What was said about a dataset. Its rows are parts of their own; everything that can be found out again is found out again. */
export const datasets: Kind = {
  noun: 'datasets',
  table: 'datasets',
  scope: `${OF_HUNTS} AND t.state = 'ready'`,
  title: 'name',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    name: { check: word.min(1), rule: 'newer' },
    file: { check: z.string().max(2_000) },
    size: { check: count },
    sha256: { check: z.string().regex(/^[0-9a-f]{64}$/) },
    reading: { check: jsonOf(reading) },
    // Files of before it travelled do not have it.
    origin: { check: jsonOf(datasetOrigin).nullable().default(null) },
    created_at: created,
    imported_at: { check: moment.nullable() },
  },
  sameAs: ['hunt_id', 'sha256'],
}

/** Who asserted what about the reading of a dataset, and when. */
export const datasetChanges: Kind = {
  noun: 'datasetChanges',
  table: 'dataset_changes',
  scope: `t.dataset_id IN (SELECT id FROM datasets WHERE state = 'ready' AND hunt_id IN (SELECT value FROM json_each(:hunts)))`,
  title: 'kind',
  columns: {
    id,
    dataset_id: { check: uuid, refers: 'datasets', needed: true },
    kind: { check: z.enum(['reading', 'rescan', 'repair', 'undo']) },
    before: { check: jsonOf(reading) },
    after: { check: jsonOf(reading) },
    rows: { check: count },
    reason: { check: z.string().max(10_000) },
    by: { check: word },
    at: created,
    undone: { check: z.union([z.literal(0), z.literal(1)]) },
  },
}
