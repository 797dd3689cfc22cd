import { z } from 'zod'
import { hypothesisStatuses } from '#contract/values'
import { created, id, moment, oneOf, OF_HUNTS, rowNumber, text, updated, uuid, word, type Kind } from '../kind.ts'

export const hypotheses: Kind = {
  noun: 'hypotheses',
  table: 'hypotheses',
  scope: `${OF_HUNTS} AND t.deleted_at IS NULL`,
  title: 'title',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    title: { check: word, rule: 'newer' },
    text: { check: text, rule: 'both' },
    status: { check: oneOf(hypothesisStatuses), rule: 'newer' },
    reason: { check: text, rule: 'both' },
    mitre_technique: {
      check: z
        .string()
        .regex(/^T\d{4}(\.\d{3})?$/)
        .nullable(),
      rule: 'newer',
    },
    author: { check: word },
    decided_at: { check: moment.nullable(), follows: 'status', latest: true },
    created_at: created,
    updated_at: updated,
  },
  lists: {
    evidence: {
      table: 'hypothesis_evidence',
      parent: 'hypothesis_id',
      columns: {
        dataset_id: { check: uuid, refers: 'datasets', needed: true },
        row: { check: rowNumber, row: true },
        note: { check: text, rule: 'both' },
        field: { check: text },
        value: { check: z.string().max(33_554_432) },
        added_at: created,
      },
      same: ['dataset_id', 'row'],
      merge: 'join',
      orderBy: 'n',
    },
  },
  deletedAt: 'deleted_at',
}
