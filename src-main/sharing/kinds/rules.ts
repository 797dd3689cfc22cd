import { ruleDraft } from '#contract/rules'
import { ruleKinds } from '#contract/values'
import { created, flag, id, jsonOf, oneOf, updated, uuid, word, type Kind } from '../kind.ts'

/** Rules of the hunts, those that alerts of them came from, and those that people made for all hunts. */
export const rules: Kind = {
  noun: 'rules',
  table: 'rules',
  scope: `(t.hunt_id IN (SELECT value FROM json_each(:hunts)) OR (t.hunt_id IS NULL AND t.template IS NULL)
    OR t.id IN (SELECT rule_id FROM alerts WHERE hunt_id IN (SELECT value FROM json_each(:hunts))))`,
  title: 'name',
  columns: {
    id,
    kind: { check: oneOf(ruleKinds) },
    name: { check: word.min(1), follows: 'definition' },
    enabled: { check: flag, rule: 'newer' },
    hunt_id: { check: uuid.nullable(), refers: 'hunts', follows: 'definition' },
    definition: { check: jsonOf(ruleDraft), rule: 'newer' },
    template: { check: word.nullable() },
    created_at: created,
    updated_at: updated,
  },
  sameAs: ['template'],
  remap(values, idOf) {
    const draft = ruleDraft.parse(JSON.parse(String(values['definition'])))
    const huntId = draft.huntId === null ? null : idOf('hunts', draft.huntId)
    values['definition'] = JSON.stringify({ ...draft, huntId })
  },
}
