import { z } from 'zod'
import { count, id, moment, uuid, word, type Kind } from '../kind.ts'

const RULE = 'rule:'

/**
 * What was looked for in the datasets, found or not: rules, analyzers, lists of indicators, keywords. Of the same detector over
 * as many rows of the same dataset the last run holds; one over more rows stays beside one over the cited rows only.
 */
export const detectorRuns: Kind = {
  noun: 'detectorRuns',
  table: 'detector_runs',
  scope: `t.dataset_id IN (SELECT id FROM datasets WHERE state = 'ready' AND hunt_id IN (SELECT value FROM json_each(:hunts)))`,
  title: 'name',
  columns: {
    id,
    dataset_id: { check: uuid, refers: 'datasets', needed: true },
    detector: { check: z.string().regex(/^(?:rule:[0-9a-f-]{36}|analyzer:[\w.-]{1,200}|lists|keywords)$/) },
    rows: { check: count },
    at: { check: moment, latest: true },
    name: { check: word.nullable(), follows: 'at' },
    findings: { check: count, follows: 'at' },
    skipped: { check: z.string().max(10_000).nullable(), follows: 'at' },
    reading: { check: uuid.nullable(), refers: 'datasetChanges', follows: 'at' },
  },
  sameAs: ['dataset_id', 'detector', 'rows'],
  remap(values, idOf) {
    const detector = String(values['detector'])
    if (detector.startsWith(RULE)) values['detector'] = RULE + idOf('rules', detector.slice(RULE.length))
  },
}
