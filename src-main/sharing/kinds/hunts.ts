import { huntStatuses } from '#contract/values'
import { created, flag, id, moment, oneOf, text, updated, word, type Kind } from '../kind.ts'

export const hunts: Kind = {
  noun: 'hunts',
  table: 'hunts',
  scope: 't.id IN (SELECT value FROM json_each(:hunts))',
  title: 'name',
  columns: {
    id,
    name: { check: word.min(1), rule: 'newer' },
    description: { check: text, rule: 'both' },
    status: { check: oneOf(huntStatuses), rule: 'newer' },
    closed_at: { check: moment.nullable(), follows: 'status' },
    analyze_on_import: { check: flag },
    created_at: created,
    updated_at: updated,
  },
}
