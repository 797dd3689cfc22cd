import { expect, it } from 'vitest'
import { datasetSteps } from '../testing/datasetSteps.ts'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('hypotheses')
const { call } = program
const { imported } = datasetSteps(program)

const COMMANDS =
  'When,CommandLine,User\n2024-07-01 10:00:00,certutil -decode a b,eve\n2024-07-01 10:01:00,net user bob,\n2024-07-01 10:02:00,,zoe\n'

it('is written, worked on, decided and opened again', async () => {
  const { huntId } = await imported(COMMANDS)
  const made = await call('hypotheses.create', { huntId, title: ' Decoded ', mitreTechnique: 'T1140' })
  expect(made).toMatchObject({
    title: 'Decoded',
    status: 'draft',
    mitreTechnique: 'T1140',
    decidedAt: null,
    evidenceTotal: 0,
  })
  const decided = await call('hypotheses.update', { id: made.id, status: 'confirmed', reason: 'Row 1' })
  expect(decided).toMatchObject({ status: 'confirmed', reason: 'Row 1', title: 'Decoded' })
  expect(decided.decidedAt).toBe(decided.updatedAt)
  const renamed = await call('hypotheses.update', { id: made.id, title: 'Decoded it', status: 'confirmed' })
  expect(renamed.decidedAt).toBe(decided.decidedAt)
  await call('hypotheses.create', { huntId, title: 'Other' })
  expect(await call('hypotheses.list', { huntId, status: 'confirmed' })).toMatchObject({
    hypotheses: [{ id: made.id, evidence: [] }],
    total: 1,
    statusCounts: { draft: 1, active: 0, confirmed: 1, rejected: 0 },
  })
  expect(await call('hypotheses.update', { id: made.id, status: 'active', mitreTechnique: null })).toMatchObject({
    decidedAt: null,
    mitreTechnique: null,
  })
  await call('hypotheses.delete', { id: made.id })
  expect(await failureOf(call('hypotheses.get', { id: made.id }))).toMatchObject({ code: 'not-found' })
  expect((await call('hypotheses.list', { huntId })).total).toBe(1)
  expect(await call('hypotheses.restore', { id: made.id })).toMatchObject({ title: 'Decoded it' })
})

it('stands on rows with what tells most of each and why, each row once', async () => {
  const { id: datasetId, huntId } = await imported(COMMANDS)
  const { id } = await call('hypotheses.create', {
    huntId,
    title: 'h',
    evidence: [{ datasetId, row: 3, note: 'first' }],
  })
  expect(await call('hypotheses.addEvidence', { id, rows: { datasetId, filter: {} }, note: 'all' })).toEqual({
    added: [
      { datasetId, row: 1 },
      { datasetId, row: 2 },
    ],
    known: 1,
    evidenceTotal: 3,
  })
  const { evidence } = await call('hypotheses.get', { id })
  expect(evidence.map(({ row, note, field, value }) => [row, note, field, value])).toEqual([
    [3, 'first', 'User', 'zoe'],
    [1, 'all', 'CommandLine', 'certutil -decode a b'],
    [2, 'all', 'CommandLine', 'net user bob'],
  ])
  await call('hypotheses.noteEvidence', { id, datasetId, row: 2, note: 'adds nobody' })
  expect(await call('hypotheses.removeEvidence', { id, rows: [{ datasetId, row: 1 }] })).toEqual({
    removed: 1,
    evidenceTotal: 2,
  })
  expect((await call('hypotheses.evidence', { id, offset: 1 })).evidence).toMatchObject([
    { row: 2, note: 'adds nobody' },
  ])
  await call('datasets.delete', { id: datasetId })
  expect(await call('hypotheses.get', { id })).toMatchObject({ evidence: [], evidenceTotal: 0 })
})

it('takes the rows of an alert, with its title as the reason', async () => {
  const { id: datasetId, huntId } = await imported(
    'When,CommandLine\n2024-07-01 10:00:00,vssadmin delete shadows /all /quiet\n',
    { analyze: true },
  )
  const [alert] = (await call('alerts.list', { huntId })).alerts
  const { id } = await call('hypotheses.create', { huntId, title: 'h' })
  const { added } = await call('hypotheses.addEvidence', { id, alertId: alert?.id ?? '' })
  expect(added).toEqual([{ datasetId, row: 1 }])
  expect((await call('hypotheses.get', { id })).evidence).toMatchObject([
    { row: 1, note: alert?.title, field: alert?.evidence[0]?.field },
  ])
})

it('refuses rows of another hunt, rows that are not there and too many, and then adds none', async () => {
  const own = await imported(COMMANDS)
  const other = await imported(COMMANDS)
  const { id } = await call('hypotheses.create', { huntId: own.huntId, title: 'h' })
  const add = (datasetId: string, rows: number[]) =>
    failureOf(call('hypotheses.addEvidence', { id, rows: { datasetId, rows } }))
  expect(await add(other.id, [1])).toMatchObject({ code: 'not-found' })
  expect(await add(own.id, [1, 4])).toMatchObject({ code: 'not-found' })
  const large = await imported(`a\n${'x\n'.repeat(10_001)}`)
  const { id: full } = await call('hypotheses.create', { huntId: large.huntId, title: 'h' })
  expect(
    await failureOf(call('hypotheses.addEvidence', { id: full, rows: { datasetId: large.id, filter: {} } })),
  ).toMatchObject({ code: 'too-large' })
  for (const one of [id, full]) expect((await call('hypotheses.get', { id: one })).evidenceTotal).toBe(0)
  expect(
    await failureOf(
      call('hypotheses.create', { huntId: other.huntId, title: 'h', evidence: [{ datasetId: own.id, row: 1 }] }),
    ),
  ).toMatchObject({ code: 'not-found' })
  expect((await call('hypotheses.list', { huntId: other.huntId })).total).toBe(0)
})
