import { describe, expect, it } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { AUDIT, audit, ruleSteps } from '../testing/ruleSteps.ts'

// One hunt, several files: what an actor does is told once, wherever its rows stand.

const program = testApp('rules-across')
const { call } = program
const { importText, newHunt, run, alertsOf } = ruleSteps(program)

// Operations that no rule of the program looks for, another one in each test: rules may be for all hunts.
const operation = (value: string) => ({
  kind: 'condition' as const,
  name: value,
  message: '{actor} {count}',
  conditions: [{ op: 'contains' as const, field: 'Operation', value }],
})
const failed = {
  kind: 'condition' as const,
  name: 'Many failures',
  conditions: [
    { op: 'eq' as const, field: 'Result', value: 'failure' },
    { op: 'threshold_count' as const, count: 3, minutes: 10 },
  ],
}
const given = (time: string, user = 'adele'): string => audit(time, user, 'Knock twice')
const between = (time: string): string => audit(time, 'adele', 'Knock between')
const failure = (time: string): string => audit(time, 'adele', 'Login', 'failure')
const idle = { ...{ alertsCreated: 0, alertsRemoved: 0, alertsLeft: 0 }, skipped: [] }

describe('an alert over several datasets of a hunt', () => {
  it('counts rows of one that is imported later, keeps what people decided, and survives the loss of either', async () => {
    const huntId = await newHunt('later')
    const rule = await call('rules.create', { rule: { ...operation('twice'), huntId } })
    const late = await importText(huntId, 'late.csv', [...AUDIT, given('04T10:10:00'), given('04T12:00:00')], true)
    const [before, noon] = await alertsOf(rule.id)
    expect(before).toMatchObject({ evidenceTotal: 1, datasetId: late })
    await call('alerts.update', { id: before?.id ?? '', status: 'acknowledged' })
    const early = await importText(
      huntId,
      'early.csv',
      [...AUDIT, given('04T10:00:00', 'Adele'), given('04T10:05:00', 'bob')],
      true,
    )
    const [both, bob, alone] = await alertsOf(rule.id)
    expect(both).toMatchObject({
      ...{ id: before?.id, status: 'acknowledged', datasetId: early, evidenceTotal: 2, description: 'Adele 2' },
      ...{ firstTime: '2024-03-04T10:00:00.000Z', lastTime: '2024-03-04T10:10:00.000Z' },
      evidence: [
        { datasetId: early, row: 1 },
        { datasetId: late, row: 1 },
      ],
    })
    expect(bob).toMatchObject({ evidenceTotal: 1, user: 'bob' })
    expect(alone).toMatchObject({ id: noon?.id, evidenceTotal: 1 })
    const all = await alertsOf(rule.id)
    // Whichever of them is asked, and however often: nothing doubles, nothing goes.
    for (const datasetId of [late, early, undefined]) {
      expect(await run({ ids: [rule.id], datasetId })).toMatchObject({ ...idle, alertsKept: 3, datasets: 2 })
      expect(await alertsOf(rule.id)).toEqual(all)
    }
    expect(
      await call('rules.test', { rule: { ...operation('twice'), huntId }, id: rule.id, datasetId: late }),
    ).toMatchObject({
      ...{ datasets: 2, rows: 4, added: 0, kept: 3, removed: 0, left: 0 },
    })
    for (const datasetId of [late, early])
      expect((await call('alerts.list', { datasetId, rule: rule.id })).alerts.map(({ id }) => id)).toContain(both?.id)

    expect(await call('datasets.delete', { id: early })).toEqual({ ok: true, alerts: 1, cut: 1 })
    expect((await alertsOf(rule.id))[0]).toMatchObject({
      ...{ id: both?.id, status: 'acknowledged', datasetId: late, evidenceTotal: 1 },
      ...{ firstTime: '2024-03-04T10:10:00.000Z', evidence: [{ datasetId: late, row: 1 }] },
    })
    expect(await run({ ids: [rule.id] })).toMatchObject({ ...idle, alertsKept: 2 })
    expect((await alertsOf(rule.id)).map(({ id, description }) => [id, description])).toEqual([
      [both?.id, 'adele 1'],
      [noon?.id, 'adele 1'],
    ])
  })

  it('two alerts that rows in between make one become one; another hunt, and rows out of reach, stay apart', async () => {
    const huntId = await newHunt('between')
    const rule = await call('rules.create', { rule: { ...operation('between'), dedupeMinutes: 30, huntId: null } })
    const outer = await importText(huntId, 'outer.csv', [...AUDIT, between('04T10:10:00'), between('04T10:41:00')])
    expect(await run({ ids: [rule.id], huntId })).toMatchObject({ alertsCreated: 2 })
    await importText(huntId, 'inner.csv', [...AUDIT, between('04T10:00:00'), between('04T10:31:00')])
    await importText(huntId, 'far.csv', [...AUDIT, between('05T10:00:00')])
    const other = await newHunt('other')
    await importText(other, 'other.csv', [...AUDIT, between('04T10:20:00')])
    expect(await run({ ids: [rule.id] })).toMatchObject({ alertsCreated: 2, alertsKept: 2, alertsRemoved: 0 })
    expect((await alertsOf(rule.id)).map(({ evidenceTotal, huntId: of }) => [evidenceTotal, of === huntId])).toEqual([
      [2, true],
      [1, false],
      [2, true],
      [1, true],
    ])
    expect(outer).toBeTypeOf('string')
  })

  it('a count is reached by rows of several datasets; explain and test say the same', async () => {
    const huntId = await newHunt('count')
    const first = await importText(huntId, 'first.csv', [...AUDIT, failure('04T10:00:00'), failure('04T10:04:00')])
    const rule = await call('rules.create', { rule: { ...failed, huntId } })
    await importText(huntId, 'near.csv', [...AUDIT, given('04T10:02:00'), failure('04T10:20:00')])
    expect(await run({ ids: [rule.id] })).toMatchObject({ ...idle, alertsKept: 0 })
    const why = async () => (await call('rules.explain', { id: rule.id, datasetId: first })).datasets[0]
    expect(await why()).toMatchObject({
      outcome: 'never-true',
      reason:
        'Condition 2 is never reached. The highest count within 10 minutes is 2. Nor is it together with the other dataset of the hunt.',
    })
    const second = await importText(huntId, 'second.csv', [...AUDIT, failure('04T10:09:00')])
    expect(await why()).toMatchObject({
      outcome: 'fires',
      reason: 'Together with the 2 other datasets of the hunt it makes 1 alert.',
    })
    expect(await call('rules.test', { rule: { ...failed, huntId }, datasetId: second })).toMatchObject({ added: 1 })
    expect(await run({ ids: [rule.id], datasetId: second })).toMatchObject({ alertsCreated: 1 })
    const [alert] = await alertsOf(rule.id)
    expect(alert?.evidence.map(({ datasetId, row }) => [datasetId, row])).toEqual([
      [first, 1],
      [first, 2],
      [second, 1],
    ])
  })
})
