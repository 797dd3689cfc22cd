import { z } from 'zod'
import { tag } from '#contract/common'
import { alertChangeFields, alertStatuses, severities } from '#contract/values'
import {
  count,
  created,
  flag,
  id,
  instant,
  jsonOf,
  moment,
  oneOf,
  OF_HUNTS,
  rowNumber,
  text,
  updated,
  uuid,
  whole,
  word,
  type Kind,
} from '../kind.ts'

export const alerts: Kind = {
  noun: 'alerts',
  table: 'alerts',
  scope: OF_HUNTS,
  title: 'title',
  columns: {
    id,
    hunt_id: { check: uuid, refers: 'hunts', needed: true },
    dataset_id: { check: uuid.nullable(), refers: 'datasets', needed: true },
    analyzer: { check: word },
    subject: { check: text },
    title: { check: text },
    description: { check: text },
    severity: { check: oneOf(severities), rule: 'newer' },
    status: { check: oneOf(alertStatuses), rule: 'newer' },
    score: { check: z.number().min(-1e9).max(1e9) },
    evidence_total: { check: count },
    mitre_technique: {
      check: z
        .string()
        .regex(/^T\d{4}(\.\d{3})?$/)
        .nullable(),
    },
    tags: { check: jsonOf(z.array(tag).max(500)), rule: 'newer' },
    false_positives: { check: text.nullable() },
    case_id: { check: word.nullable(), rule: 'newer' },
    assignee: { check: word.nullable(), rule: 'newer' },
    host: { check: text.nullable() },
    user: { check: text.nullable() },
    first_time: { check: instant.nullable() },
    last_time: { check: instant.nullable() },
    acknowledged_at: { check: moment.nullable(), follows: 'status', latest: true },
    resolved_at: { check: moment.nullable(), follows: 'status', latest: true },
    rule_id: { check: uuid.nullable(), refers: 'rules' },
    rule_name: { check: word.nullable() },
    created_at: created,
    updated_at: updated,
  },
  lists: {
    evidence: {
      table: 'alert_evidence',
      parent: 'alert_id',
      columns: {
        dataset_id: { check: uuid, refers: 'datasets', needed: true },
        row: { check: rowNumber, row: true },
        field: { check: text },
        value: { check: z.string().max(33_554_432) },
      },
      same: ['dataset_id', 'row', 'field', 'value'],
      merge: 'keep',
      orderBy: 'n',
      numbered: 'n',
    },
    parts: {
      table: 'alert_parts',
      parent: 'alert_id',
      columns: {
        dataset_id: { check: uuid, refers: 'datasets', needed: true },
        rows: { check: count },
        first_time: { check: instant.nullable() },
        last_time: { check: instant.nullable() },
      },
      same: ['dataset_id'],
      merge: 'keep',
      orderBy: 'dataset_id',
    },
  },
  // The same thing, found by the same analyzer or rule in the same dataset, is the same alert.
  sameAs: ['hunt_id', 'dataset_id', 'analyzer', 'subject'],
}

/** What people changed about alerts: a line for each alert and field. */
export const alertChanges: Kind = {
  noun: 'alertChanges',
  table: 'alert_changes',
  scope: 't.alert_id IN (SELECT id FROM alerts WHERE hunt_id IN (SELECT value FROM json_each(:hunts)))',
  title: 'field',
  columns: {
    id,
    alert_id: { check: uuid, refers: 'alerts', needed: true },
    act: { check: word },
    at: created,
    by: { check: word },
    field: { check: oneOf(alertChangeFields) },
    before: { check: text.nullable() },
    after: { check: text.nullable() },
    alerts: { check: whole },
    undo: { check: flag },
  },
}
