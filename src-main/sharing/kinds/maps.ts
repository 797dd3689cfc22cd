import { z } from 'zod'
import { mapDocument } from '#contract/maps'
import { hostChangeKinds } from '#contract/values'
import { count, created, id, jsonOf, oneOf, OF_HUNTS, text, updated, uuid, word, type Kind } from '../kind.ts'

/** Drawn maps, merged element by element. What can be taken back of them stays at home. */
export const maps: Kind = {
  noun: 'maps',
  table: 'maps',
  scope: `${OF_HUNTS} AND t.deleted_at IS NULL`,
  title: 'name',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    name: { check: word.min(1), rule: 'newer' },
    description: { check: text, rule: 'both' },
    document: { check: jsonOf(mapDocument), rule: 'elements' },
    nodes: { check: count },
    links: { check: count },
    notes: { check: count },
    created_at: created,
    updated_at: updated,
  },
  own: { step: '0' },
  deletedAt: 'deleted_at',
  derive(values) {
    const { elements } = mapDocument.parse(JSON.parse(String(values['document'])))
    const of = (kind: string): number => elements.filter((element) => element.kind === kind).length
    Object.assign(values, { nodes: of('node'), links: of('link'), notes: of('note') })
  },
}

/** Hosts that were merged and split by hand. */
export const hostChanges: Kind = {
  noun: 'hostChanges',
  table: 'host_changes',
  scope: OF_HUNTS,
  title: 'names',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    kind: { check: oneOf(hostChangeKinds) },
    names: { check: jsonOf(z.array(z.string().max(500)).max(1_000)) },
    by: { check: word },
    at: created,
  },
}
