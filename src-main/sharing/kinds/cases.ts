import { z } from 'zod'
import { tag } from '#contract/common'
import {
  caseActs,
  caseLinkKinds,
  caseStatuses,
  iocTypes,
  paps,
  severities,
  taskStates,
  tlps,
  verdicts,
} from '#contract/values'
import { movedReferences, movedTarget } from '../references.ts'
import {
  count,
  created,
  id,
  jsonOf,
  moment,
  oneOf,
  text,
  updated,
  uuid,
  word,
  type Cell,
  type IdOf,
  type Kind,
} from '../kind.ts'

const OF_CASES = 't.case_id IN (SELECT value FROM json_each(:cases))'
const inCase = { check: uuid, refers: 'cases', needed: true } as const

function remapText(values: Record<string, Cell>, idOf: IdOf): void {
  values['text'] = movedReferences(values['text'] ?? null, idOf)
}

/** Cases with what belongs to them. Their numbers are those of a workspace; links that were taken out stay out where that was done. */
export const cases: Kind = {
  noun: 'cases',
  table: 'cases',
  scope: 't.id IN (SELECT value FROM json_each(:cases)) AND t.deleted_at IS NULL',
  title: 'title',
  columns: {
    id,
    title: { check: word.min(1), rule: 'newer' },
    description: { check: text, rule: 'both' },
    severity: { check: oneOf(severities), rule: 'newer' },
    tlp: { check: oneOf(tlps), rule: 'newer' },
    pap: { check: oneOf(paps), rule: 'newer' },
    status: { check: oneOf(caseStatuses), rule: 'newer' },
    priority: { check: z.number().int().min(1).max(5), rule: 'newer' },
    assignee: { check: word.nullable(), rule: 'newer' },
    tags: { check: jsonOf(z.array(tag).max(500)), rule: 'newer' },
    author: { check: word },
    closed_at: { check: moment.nullable(), follows: 'status', latest: true },
    created_at: created,
    updated_at: updated,
  },
  own: { number: '(SELECT coalesce(max(number), 0) + 1 FROM cases)', changed: `'{}'` },
  lists: {
    links: {
      table: 'case_links',
      parent: 'case_id',
      columns: {
        kind: { check: oneOf(caseLinkKinds) },
        target: { check: z.string().min(1).max(4_000), rowTarget: true },
        ioc_type: { check: oneOf(iocTypes).nullable() },
        verdict: { check: oneOf(verdicts).nullable() },
        note: { check: text, rule: 'both' },
        field: { check: text },
        value: { check: text },
        added_by: { check: word },
        added_at: created,
        updated_at: updated,
        removed_at: { check: moment.nullable() },
      },
      same: ['kind', 'target'],
      merge: 'join',
      orderBy: 'added_at, kind, target',
      own: { changed: `'{}'` },
      remap(line, idOf) {
        line[1] = movedTarget(line[0] ?? null, line[1] ?? null, idOf)
      },
    },
    heads: {
      table: 'case_heads',
      parent: 'case_id',
      columns: { chain: { check: uuid }, n: { check: count, latest: true }, hash: { check: word, follows: 'n' } },
      same: ['chain'],
      merge: 'join',
      orderBy: 'chain',
    },
  },
  deletedAt: 'deleted_at',
  remap(values, idOf) {
    values['description'] = movedReferences(values['description'] ?? null, idOf)
  },
}

export const caseTasks: Kind = {
  noun: 'caseTasks',
  table: 'case_tasks',
  scope: `${OF_CASES} AND t.deleted_at IS NULL`,
  title: 'title',
  columns: {
    id,
    case_id: inCase,
    title: { check: word.min(1), rule: 'newer' },
    text: { check: text, rule: 'both' },
    state: { check: oneOf(taskStates), rule: 'newer' },
    position: { check: z.number().min(-1e12).max(1e12), follows: 'state' },
    severity: { check: oneOf(severities), rule: 'newer' },
    assignee: { check: word.nullable(), rule: 'newer' },
    due: { check: z.iso.date().nullable(), rule: 'newer' },
    author: { check: word },
    done_at: { check: moment.nullable(), follows: 'state', latest: true },
    created_at: created,
    updated_at: updated,
  },
  own: { changed: `'{}'` },
  deletedAt: 'deleted_at',
  remap: remapText,
}

export const caseNotes: Kind = {
  noun: 'caseNotes',
  table: 'case_notes',
  scope: `${OF_CASES} AND t.deleted_at IS NULL`,
  title: 'title',
  columns: {
    id,
    case_id: inCase,
    title: { check: word, rule: 'newer' },
    text: { check: text, rule: 'both' },
    author: { check: word },
    created_at: created,
    updated_at: updated,
  },
  own: { changed: `'{}'` },
  deletedAt: 'deleted_at',
  remap: remapText,
}

/** What was done in a case: chains of hashes, one for each workspace it was worked on in, put side by side. */
export const caseActivity: Kind = {
  noun: 'caseActivity',
  table: 'case_activity',
  scope: OF_CASES,
  orderBy: 't.case_id, t.chain, t.n',
  title: 'text',
  columns: {
    id,
    case_id: inCase,
    chain: { check: uuid },
    n: { check: count },
    at: created,
    by: { check: word },
    act: { check: oneOf(caseActs) },
    about: { check: text },
    text: { check: text },
    changes: {
      check: jsonOf(z.array(z.object({ field: z.string(), from: z.string().nullable(), to: z.string().nullable() }))),
    },
    previous: { check: word },
    hash: { check: word },
  },
}
