import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWritable } from '../sqlite/db.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('cases')
const { call } = program
const { imported } = datasetSteps(program)

const COMMANDS =
  'When,CommandLine\n2024-07-01 10:00:00,vssadmin delete shadows\n2024-07-01 10:01:00,certutil -decode a b\n'

it('is opened, changed, closed, deleted and brought back', async () => {
  const made = await call('cases.create', {
    title: ' Foothold ',
    tlp: 'tlp:amber+strict',
    pap: 'PAP:RED',
    tags: ['sql'],
  })
  expect(made).toMatchObject({
    ...{
      title: 'Foothold',
      tlp: 'AMBER+STRICT',
      pap: 'RED',
      severity: 'medium',
      status: 'open',
      priority: 3,
      alerts: 0,
    },
    ...{ tags: ['sql'], assignee: null, activity: 1, closedAt: null, notes: 0 },
  })
  expect((await call('cases.create', { title: 'Next', tlp: 'white' })).number).toBe(made.number + 1)
  const { id } = made
  const closed = await call('cases.update', { id, status: 'closed', assignee: 'Kim' })
  expect(closed).toMatchObject({ status: 'closed', assignee: 'Kim', title: 'Foothold', closedAt: closed.updatedAt })
  expect(await call('cases.update', { id, status: 'in-progress', assignee: null })).toMatchObject({ closedAt: null })
  expect(await call('cases.list', { text: 'FOOT', status: ['open', 'in-progress'] })).toMatchObject({
    cases: [{ id }],
    total: 1,
    statusCounts: { open: 0, 'in-progress': 1, closed: 0 },
  })
  expect((await call('cases.list', { tag: 'sql' })).total).toBe(1)
  await call('cases.delete', { id })
  expect(await failureOf(call('cases.get', { id }))).toMatchObject({ code: 'not-found' })
  expect(await failureOf(call('cases.update', { id, title: 'x' }))).toMatchObject({ code: 'not-found' })
  expect(await call('cases.restore', { id })).toMatchObject({ title: 'Foothold' })
  const { activity } = await call('cases.activity', { id })
  expect(activity.map(({ act }) => act)).toEqual(['restored', 'deleted', 'changed', 'changed', 'created'])
  expect(activity.at(-2)?.changes).toEqual([
    { field: 'status', from: 'open', to: 'closed' },
    { field: 'assignee', from: null, to: 'Kim' },
  ])
})

it('holds alerts, their hunt, indicators with verdicts, techniques, rows and hypotheses as they are now', async () => {
  const { id: datasetId, huntId } = await imported(COMMANDS, { analyze: true })
  const [first, second] = (await call('alerts.list', { huntId })).alerts
  if (!first || !second) throw new Error('nothing was found')
  const { id: hypothesis } = await call('hypotheses.create', { huntId, title: 'Supposed' })
  const { id, number } = await call('cases.create', {
    title: 'Linked',
    links: [
      { kind: 'alert', target: first.id },
      { kind: 'ioc', target: 'EVIL[.]example', verdict: 'malicious' },
      { kind: 'ioc', target: '198.51.100.7' },
      { kind: 'technique', target: 'T1490', note: 'Shadow copies' },
      { kind: 'hypothesis', target: hypothesis },
      { kind: 'row', target: `${datasetId}/2` },
    ],
  })
  // By its number, as an analyst writes it.
  expect(await call('alerts.update', { id: second.id, caseId: `#${number}` })).toMatchObject({ caseId: id })
  expect(await call('cases.get', { id })).toMatchObject({
    alerts: 2,
    links: { hunt: 1, ioc: 2, technique: 1, hypothesis: 1, row: 1, map: 0 },
  })
  expect((await call('alerts.list', { caseId: id })).total).toBe(2)
  expect((await call('cases.list', { huntId })).cases).toMatchObject([{ id }])
  const { links } = await call('cases.links', { id })
  expect(links.map(({ kind, label, state, verdict, found }) => [kind, label, state, verdict, found])).toEqual(
    expect.arrayContaining([
      ['hunt', expect.anything(), 'active', null, true],
      ['ioc', 'evil.example', null, 'malicious', true],
      ['ioc', '198.51.100.7', null, null, true],
      ['technique', 'Inhibit System Recovery', null, null, true],
      ['hypothesis', 'Supposed', 'draft', null, true],
      ['row', expect.stringContaining('row 2'), null, null, true],
    ]),
  )
  expect(links.find(({ kind }) => kind === 'row')).toMatchObject({ value: 'certutil -decode a b' })
  expect(await call('cases.link', { id, links: [{ kind: 'ioc', target: 'evil.example' }] })).toEqual({
    added: 0,
    known: 1,
    links: [],
  })
  const gone = [
    { kind: 'ioc' as const, target: 'evil.example' },
    { kind: 'alert' as const, target: first.id },
    { kind: 'technique' as const, target: 'T1003' },
  ]
  expect(await call('cases.unlink', { id, links: gone })).toEqual({ removed: 2 })
  expect(await call('alerts.get', { id: first.id })).toMatchObject({ caseId: null })
  await call('hypotheses.delete', { id: hypothesis })
  expect((await call('cases.links', { id, kind: 'hypothesis' })).links).toMatchObject([{ found: false }])
  const references = [
    { kind: 'alert' as const, target: second.id },
    { kind: 'row' as const, target: `${datasetId}/99` },
    { kind: 'map' as const, target: hypothesis },
  ]
  expect((await call('cases.resolve', { references })).references).toMatchObject([
    { found: true, state: 'new', severity: second.severity, huntId },
    { found: false },
    { found: false },
  ])
  expect(await failureOf(call('cases.link', { id, links: [{ kind: 'ioc', target: 'no indicator' }] }))).toMatchObject({
    code: 'invalid-input',
    detail: { path: 'links.0.target' },
  })
  expect(await failureOf(call('alerts.update', { id: first.id, caseId: hypothesis }))).toMatchObject({
    code: 'not-found',
  })
})

it('takes in chosen rows with their hunt, and lets go of exactly what came', async () => {
  const { id: datasetId, huntId } = await imported(COMMANDS)
  const { id } = await call('cases.create', { title: 'Rows', links: [{ kind: 'row', target: `${datasetId}/1` }] })
  expect((await call('cases.get', { id })).links).toMatchObject({ hunt: 1, row: 1 })
  await call('cases.unlink', { id, links: [{ kind: 'hunt', target: huntId }] })
  const added = await call('cases.addRows', { id, rows: { datasetId, filter: {} }, note: 'All of it' })
  expect(added).toEqual({
    ...{ added: 1, known: 1 },
    links: [
      { kind: 'row', target: `${datasetId}/2` },
      { kind: 'hunt', target: huntId },
    ],
  })
  const { links } = await call('cases.links', { id, kind: 'row' })
  expect(links.map(({ value, note, reference }) => [value, note, reference])).toEqual([
    ['vssadmin delete shadows', 'All of it', `[[row:${datasetId}/1]]`],
    ['certutil -decode a b', 'All of it', `[[row:${datasetId}/2]]`],
  ])
  await call('cases.unlink', { id, links: added.links })
  expect((await call('cases.get', { id })).links).toMatchObject({ hunt: 0, row: 1 })
  const many = await imported(`n\n${'x\n'.repeat(501)}`)
  const rows = { datasetId: many.id, filter: {} }
  expect(await failureOf(call('cases.addRows', { id, rows }))).toMatchObject({ code: 'too-large' })
  expect(await failureOf(call('cases.addRows', { id, rows: { datasetId } }))).toMatchObject({ code: 'invalid-input' })
  expect((await call('cases.get', { id })).links.row).toBe(1)
})

it('has a board on which tasks keep their order, and notes, both brought back after deleting', async () => {
  const { id: caseId } = await call('cases.create', { title: 'Board' })
  const titles = async (state: 'todo' | 'in-progress' | 'done'): Promise<string[]> =>
    (await call('cases.tasks', { id: caseId, state })).tasks.map(({ title }) => title)
  const ids: Record<string, string> = {}
  for (const title of ['a', 'b', 'c']) ids[title] = (await call('cases.createTask', { caseId, title })).id
  const of = (title: string): string => ids[title] ?? ''
  await call('cases.updateTask', { id: of('c'), before: of('a') })
  expect(await titles('todo')).toEqual(['c', 'a', 'b'])
  // So often that positions between two others run out.
  for (let n = 0; n < 130; n++) await call('cases.updateTask', { id: of(n % 2 ? 'c' : 'b'), before: of('a') })
  expect(await titles('todo')).toEqual(['b', 'c', 'a'])
  expect(await call('cases.updateTask', { id: of('c'), state: 'done' })).toMatchObject({
    doneAt: expect.any(String),
  })
  await call('cases.updateTask', { id: of('a'), state: 'done', before: of('c') })
  expect([await titles('todo'), await titles('done')]).toEqual([['b'], ['a', 'c']])
  await call('cases.deleteTask', { id: of('a') })
  expect(await titles('done')).toEqual(['c'])
  expect(await failureOf(call('cases.updateTask', { id: of('a'), title: 'x' }))).toMatchObject({ code: 'not-found' })
  await call('cases.restoreTask', { id: of('a') })
  expect(await call('cases.get', { id: caseId })).toMatchObject({ tasks: { todo: 1, 'in-progress': 0, done: 2 } })

  const note = await call('cases.createNote', { caseId, title: 'How', text: '**in** <script>' })
  expect(await call('cases.updateNote', { id: note.id, text: 'out' })).toMatchObject({ title: 'How', text: 'out' })
  await call('cases.deleteNote', { id: note.id })
  expect((await call('cases.notes', { id: caseId })).total).toBe(0)
  await call('cases.restoreNote', { id: note.id })
  expect((await call('cases.notes', { id: caseId })).notes).toMatchObject([{ id: note.id, text: 'out' }])
})

it('notices that its activity was altered, cut or written over', async () => {
  const { id } = await call('cases.create', { title: 'Chained' })
  for (const title of ['1', '2', '3']) await call('cases.update', { id, title })
  expect(await call('cases.verify', { id })).toMatchObject({ intact: true, entries: 4, broken: null })
  const tampered = async (sql: string): Promise<unknown> => {
    const db = openWritable(join(program.folder, 'workspace.db'))
    db.exec(sql)
    db.close()
    return call('cases.verify', { id })
  }
  expect(await tampered("UPDATE case_activity SET by = 'eve' WHERE n = 3")).toMatchObject({
    intact: false,
    broken: { n: 3, reason: expect.stringContaining('altered') },
  })
  expect(await tampered("UPDATE case_activity SET by = '' WHERE n = 3")).toMatchObject({ intact: true })
  expect(await tampered('DELETE FROM case_activity WHERE n = 4')).toMatchObject({
    broken: { n: 4, id: null, reason: expect.stringContaining('cut off') },
  })
  expect(await tampered('DELETE FROM case_activity WHERE n = 2')).toMatchObject({ broken: { n: 2, id: null } })
})

it('forbids notifications about its hunts while it is PAP:RED and not closed', async () => {
  const { huntId } = await imported(COMMANDS)
  const { id } = await call('cases.create', { title: 'Quiet', pap: 'RED', links: [{ kind: 'hunt', target: huntId }] })
  const channel = {
    kind: 'webhook' as const,
    name: 'c',
    url: 'http://127.0.0.1:9/x',
    allowPrivate: true,
    allowHttp: true,
  }
  const tried = () => call('notifications.test', { channel: { ...channel, huntId, enabled: true, minSeverity: 'low' } })
  expect(await tried()).toMatchObject({ delivered: false, reason: expect.stringContaining('PAP:RED') })
  await call('cases.update', { id, pap: 'AMBER' })
  expect(JSON.stringify(await tried())).not.toContain('PAP:RED')
})
