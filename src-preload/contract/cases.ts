import { z } from 'zod'
import { count, id, name, ok, paging, severity, tag, time } from './common.ts'
import { caseActivity, caseVerification } from './caseActivity.ts'
import { CASE_ROWS_MAX, caseLink, linkInput, linkRef, reference, resolved } from './caseLinks.ts'
import { caseNote, noteInput } from './caseNotes.ts'
import { caseTask, taskInput } from './caseTasks.ts'
import { command, query, topic } from './define.ts'
import { CHOOSE_ONCE, choosesOnce, rowChoice } from './rowFilter.ts'
import { caseLinkKinds, caseStatuses, paps, taskStates, tlps } from './values.ts'

export type { CaseActivity, CaseVerification } from './caseActivity.ts'
export type { CaseLink, LinkInput, Reference, Resolved } from './caseLinks.ts'
export type { CaseNote } from './caseNotes.ts'
export type { CaseTask } from './caseTasks.ts'

/** A marking as people write it: `tlp:white` is CLEAR since TLP 2.0. */
const marking = z.string().trim().toUpperCase().max(20)
const tlp = marking
  .overwrite((text) => text.replace(/^TLP:/, '').replace(/^WHITE$/, 'CLEAR'))
  .pipe(z.enum(tlps))
  .describe('TLP 2.0: RED, AMBER+STRICT, AMBER, GREEN or CLEAR')
const pap = marking
  .overwrite((text) => text.replace(/^PAP:/, '').replace(/^WHITE$/, 'CLEAR'))
  .pipe(z.enum(paps))
  .describe('PAP: RED, AMBER, GREEN or CLEAR. RED: no notifications about its hunts leave this computer')

const status = z.enum(caseStatuses)
const assignee = z.string().trim().min(1).max(100).nullable()

export const huntCase = z.object({
  id,
  number: z.number().int().min(1).describe('Counts the cases of this workspace; another workspace has another one'),
  title: z.string(),
  description: z.string().describe('Markdown'),
  severity,
  tlp: z.enum(tlps),
  pap: z.enum(paps),
  status,
  priority: z.number().int().min(1).max(5).describe('1 is the most urgent'),
  assignee: z.string().nullable(),
  tags: z.array(z.string()),
  author: z.string(),
  alerts: count,
  links: z.record(z.enum(caseLinkKinds), count).describe('What belongs to it, by kind'),
  tasks: z.record(z.enum(taskStates), count).describe('On its board, by state'),
  notes: count.describe('Notes that were not deleted'),
  activity: count.describe('Entries'),
  createdAt: time,
  updatedAt: time,
  closedAt: time.nullable(),
})
export type HuntCase = z.infer<typeof huntCase>

const fields = {
  title: name,
  description: z.string().max(50_000),
  severity,
  tlp,
  pap,
  status,
  priority: z.number().int().min(1).max(5).describe('1 is the most urgent'),
  assignee,
  tags: z.array(tag).max(50),
}
const example = { id: '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0001' }
const exampleTask = { id: '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0002' }
const exampleNote = { id: '5c0e1d2a-9f3b-4c7d-8e6a-1b2c3d4e0003' }
const exampleHunt = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'

const linked = z.object({
  added: count.describe('That are new to it'),
  known: count.describe('That belonged to it already'),
  links: z
    .array(linkRef)
    .describe('What is new to it, a hunt that came along included: cases.unlink takes exactly that out again'),
})

export const cases = {
  'cases.create': command(
    'Opens a case: what belongs together and is handed on.',
    z.object({
      title: fields.title,
      description: fields.description.default(''),
      severity: severity.default('medium'),
      tlp: tlp.default('AMBER'),
      pap: pap.default('AMBER'),
      status: status.default('open'),
      priority: fields.priority.default(3),
      assignee: assignee.default(null),
      tags: fields.tags.default([]),
      links: z.array(linkInput).max(1_000).default([]),
    }),
    huntCase,
    { title: 'Database server used as a foothold', severity: 'critical', tlp: 'AMBER+STRICT', pap: 'RED' },
  ),
  'cases.list': query(
    'Lists cases, last changed first, with counts by status.',
    z.object({
      status: z.union([status, z.array(status).min(1)]).optional(),
      severity: z.union([severity, z.array(severity).min(1)]).optional(),
      assignee: z.string().nullable().optional().describe('null: cases of nobody'),
      tag: tag.optional(),
      huntId: id.optional().describe('Cases that this hunt belongs to'),
      text: z.string().max(500).optional().describe('In title, description, tags or number, any case'),
      sort: z.enum(['changed', 'number', 'severity', 'priority', 'title']).default('changed'),
      ...paging,
    }),
    z.object({
      cases: z.array(huntCase),
      total: count,
      statusCounts: z.record(status, count).describe('Of all that match, whatever their status'),
    }),
    { status: ['open', 'in-progress'] },
  ),
  'cases.get': query('One case with counts of what belongs to it.', z.object({ id }), huntCase, example),
  'cases.update': command(
    'Changes a case. Closing sets closedAt; opening it again clears it.',
    z.object({
      id,
      title: fields.title.optional(),
      description: fields.description.optional(),
      severity: severity.optional(),
      tlp: tlp.optional(),
      pap: pap.optional(),
      status: status.optional(),
      priority: fields.priority.optional(),
      assignee: assignee.optional(),
      tags: fields.tags.optional(),
    }),
    huntCase,
    { ...example, status: 'in-progress' },
  ),
  'cases.delete': command(
    'Deletes a case; its alerts and hunts stay. cases.restore brings it back.',
    z.object({ id }),
    ok,
    example,
  ),
  'cases.restore': command('Brings back a case that was deleted.', z.object({ id }), huntCase, example),
  'cases.link': command(
    'Makes hunts, indicators, techniques, hypotheses, maps, rows or alerts belong to a case, and with them their hunt. What belongs to it already takes the note and verdict that are given.',
    z.object({ id, links: z.array(linkInput).min(1).max(1_000) }),
    linked,
    { ...example, links: [{ kind: 'ioc', target: '198.51.100[.]7', verdict: 'malicious' }] },
  ),
  'cases.addRows': command(
    `Makes rows of a dataset belong to a case: named ones, or all that match, at most ${CASE_ROWS_MAX} at once.`,
    z
      .object({ id, rows: rowChoice, note: z.string().trim().max(2_000).optional() })
      .refine(({ rows }) => choosesOnce(rows), CHOOSE_ONCE),
    linked,
    { ...example, rows: { datasetId: exampleHunt, rows: [121] }, note: 'First contact' },
  ),
  'cases.unlink': command(
    'Takes things out of a case. They themselves stay.',
    z.object({ id, links: z.array(linkRef).min(1).max(1_000) }),
    z.object({ removed: count.describe('That belonged to it') }),
    { ...example, links: [{ kind: 'hunt', target: exampleHunt }] },
  ),
  'cases.links': query(
    'What belongs to a case, each with its present state, in the order it was added. Alerts: alerts.list with caseId.',
    z.object({ id, kind: z.enum(caseLinkKinds).optional(), ...paging }),
    z.object({ links: z.array(caseLink), total: count }),
    { ...example, kind: 'ioc' },
  ),
  'cases.resolve': query(
    'What references of a note mean now: [[kind:target]].',
    z.object({ references: z.array(reference).min(1).max(500) }),
    z.object({ references: z.array(resolved).describe('One for each, in their order'), total: count }),
    { references: [{ kind: 'hunt', target: exampleHunt }] },
  ),
  'cases.tasks': query(
    'The tasks of a case by state and place on the board.',
    z.object({ id, state: z.enum(taskStates).optional(), ...paging }),
    z.object({ tasks: z.array(caseTask), total: count }),
    example,
  ),
  'cases.createTask': command(
    'Puts a task on the board of a case, last in its column.',
    z.object({ caseId: id, ...taskInput.create }),
    caseTask,
    { caseId: example.id, title: 'Image the disk of NASHUA', assignee: 'J. Ortiz', due: '2026-11-21' },
  ),
  'cases.updateTask': command(
    'Changes a task or moves it. `before` is the task that comes next in its column, null: it goes last.',
    z.object({ id, ...taskInput.update, before: id.nullable().optional() }),
    caseTask,
    { ...exampleTask, state: 'in-progress' },
  ),
  'cases.deleteTask': command('Deletes a task. cases.restoreTask brings it back.', z.object({ id }), ok, exampleTask),
  'cases.restoreTask': command('Brings back a task that was deleted.', z.object({ id }), caseTask, exampleTask),
  'cases.notes': query(
    'The notes of a case, oldest first.',
    z.object({ id, ...paging }),
    z.object({ notes: z.array(caseNote), total: count }),
    example,
  ),
  'cases.createNote': command(
    'Writes a note. Its text is Markdown; [[alert:ID]], [[row:DATASET/7]], [[map:ID]] and others show what they refer to as it is now.',
    z.object({ caseId: id, ...noteInput.create }),
    caseNote,
    { caseId: example.id, title: 'How they came in', text: 'See [[technique:T1190]].' },
  ),
  'cases.updateNote': command('Changes a note.', z.object({ id, ...noteInput.update }), caseNote, {
    ...exampleNote,
    text: 'The payload was **not** started.',
  }),
  'cases.deleteNote': command('Deletes a note. cases.restoreNote brings it back.', z.object({ id }), ok, exampleNote),
  'cases.restoreNote': command('Brings back a note that was deleted.', z.object({ id }), caseNote, exampleNote),
  'cases.activity': query(
    'Who did what in a case and when, newest first. Each entry holds the hash of the one before it.',
    z.object({ id, ...paging }),
    z.object({ activity: z.array(caseActivity), total: count }),
    example,
  ),
  'cases.verify': query(
    'Whether the activity of a case is as it was written; names the first entry that was altered, taken out or put in. It proves nothing against somebody who rewrites the whole chain.',
    z.object({ id }),
    caseVerification,
    example,
  ),
  'cases.changed': topic('A case or what belongs to it came, changed or went.', z.object({ id })),
}
