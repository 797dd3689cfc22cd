import { searchDraft } from '#contract/searches'
import { created, id, jsonOf, OF_HUNTS, updated, uuid, word, type Kind } from '../kind.ts'

export const searches: Kind = {
  noun: 'searches',
  table: 'searches',
  scope: OF_HUNTS,
  title: 'name',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    dataset_id: { check: uuid.nullable(), refers: 'datasets', follows: 'definition' },
    name: { check: word.min(1), follows: 'definition' },
    definition: { check: jsonOf(searchDraft), rule: 'newer' },
    created_at: created,
    updated_at: updated,
  },
  remap(values, idOf) {
    const draft = searchDraft.parse(JSON.parse(String(values['definition'])))
    const datasetId = draft.datasetId === null ? null : idOf('datasets', draft.datasetId)
    values['definition'] = JSON.stringify({ ...draft, huntId: idOf('hunts', draft.huntId), datasetId })
  },
}
