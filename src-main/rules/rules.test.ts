import { describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { AUDIT, quoted, at, audit, ruleSteps } from '../testing/ruleSteps.ts'

// Rules over a whole application: real threads, real files, every answer checked against the contract.

const program = testApp('rules')
const { call } = program
const { importText, newHunt, run, alertsOf } = ruleSteps(program)

const roleRule = {
  kind: 'condition' as const,
  name: 'Role given',
  severity: 'high' as const,
  message: '{UserId} did {Operation} with {Nothing}, {count} in all',
  conditions: [{ op: 'contains' as const, field: 'Operation', value: 'member to role' }],
}

describe('a rule of conditions', () => {
  it('makes one alert per actor within its minutes, with a counter, its rows and a text of their values', async () => {
    const huntId = await newHunt('dedupe')
    const datasetId = await importText(huntId, 'dedupe.csv', [
      ...AUDIT,
      audit('04T10:00:00', 'adele', 'Add member to role'),
      audit('04T10:14:00', 'Adele', 'Add member to role'),
      audit('04T10:15:00', 'adele', 'Add member to role'),
      audit('04T10:16:00', 'adele', 'Add member to role'),
      audit('04T10:05:00', 'bob', 'Add member to role'),
      audit('04T10:06:00', '', 'Add member to role'),
      audit('04T10:07:00', 'bob', 'Delete user'),
    ])
    const rule = await call('rules.create', { rule: { ...roleRule, huntId } })
    expect(await run({ ids: [rule.id] })).toMatchObject({ alertsCreated: 4, alertsKept: 0, alertsRemoved: 0 })
    const alerts = await alertsOf(rule.id)
    expect(alerts.map(({ title, evidenceTotal }) => [title, evidenceTotal])).toEqual([
      ['Role given: adele', 3],
      ['Role given: bob', 1],
      ['Role given', 1],
      ['Role given: adele', 1],
    ])
    expect(alerts[0]).toMatchObject({
      severity: 'high',
      analyzer: 'condition_rule',
      rule: { id: rule.id, name: 'Role given' },
      description: 'adele did Add member to role with (no Nothing), 3 in all',
      firstTime: '2024-03-04T10:00:00.000Z',
      lastTime: '2024-03-04T10:15:00.000Z',
      user: 'adele',
    })
    expect(alerts[0]?.evidence).toEqual(
      [1, 2, 3].map((row) => ({ datasetId, row, field: 'Operation', value: 'Add member to role' })),
    )
    expect(alerts[2]?.description).toBe('(no UserId) did Add member to role with (no Nothing), 1 in all')

    expect(await run({ ids: [rule.id] })).toMatchObject({ alertsCreated: 0, alertsKept: 4, alertsRemoved: 0 })
    expect(await alertsOf(rule.id)).toEqual(alerts)
    expect(await call('rules.get', { id: rule.id })).toMatchObject({ alerts: 4, lastRunAt: expect.any(String) })

    await call('rules.update', { id: rule.id, rule: { ...roleRule, huntId, dedupeMinutes: 0 } })
    await run({ ids: [rule.id] })
    expect((await alertsOf(rule.id)).map(({ evidenceTotal }) => evidenceTotal)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('asks for tags and notes as a query does, as they are when it runs', async () => {
    const huntId = await newHunt('tags')
    const datasetId = await importText(huntId, 'tags.csv', [
      ...AUDIT,
      audit('04T10:00:00', 'adele', 'Add member to role'),
      audit('04T11:00:00', 'bob', 'Add member to role'),
      audit('04T12:00:00', 'carl', 'Delete user'),
    ])
    const tagged = { op: 'eq' as const, field: 'tag', value: 'suspicious' }
    const both = { ...roleRule, huntId, name: 'Tagged', conditions: [...roleRule.conditions, tagged] }
    const rule = await call('rules.create', { rule: both })
    expect(await run({ ids: [rule.id] })).toMatchObject({ alertsCreated: 0 })
    const why = await call('rules.explain', { rule: both, huntId })
    expect(why.datasets[0]).toMatchObject({ outcome: 'no-such-event', missing: [] })
    await call('rows.tag', { datasetId, rows: [2, 3], tag: 'suspicious' })
    await run({ ids: [rule.id] })
    expect((await alertsOf(rule.id)).map(({ user, evidence }) => [user, evidence[0]?.row])).toEqual([['bob', 2]])
    // Deleting a tag takes the alert away that nobody decided about.
    await call('rows.tag', { datasetId, rows: [2], tag: null })
    expect(await run({ ids: [rule.id] })).toMatchObject({ alertsRemoved: 1 })

    const without = { op: 'neq' as const, field: 'tag', value: 'suspicious' }
    const alone = { ...roleRule, huntId, name: 'Untagged', conditions: [without], dedupeMinutes: 0 }
    const trial = await call('rules.create', { rule: alone })
    await run({ ids: [trial.id] })
    expect((await alertsOf(trial.id)).flatMap(({ evidence }) => evidence.map(({ row }) => row)).toSorted()).toEqual([
      1, 2,
    ])
  })

  it('takes away what it no longer finds, but nothing that somebody decided about; a test tells that before', async () => {
    const huntId = await newHunt('changes')
    await importText(huntId, 'changes.csv', [
      ...AUDIT,
      audit('04T10:00:00', 'adele', 'Add member to role'),
      audit('04T11:00:00', 'bob', 'Add member to role'),
      audit('04T12:00:00', 'carl', 'Add eligible member to role'),
      audit('04T13:00:00', 'dora', 'Delete user'),
    ])
    const first = await call('rules.create', { rule: { ...roleRule, huntId } })
    await run({ ids: [first.id] })
    const [, bob] = await alertsOf(first.id)
    await call('alerts.update', { id: bob?.id ?? '', status: 'acknowledged' })
    const next = {
      ...roleRule,
      huntId,
      conditions: [{ op: 'in' as const, field: 'Operation', values: ['add ELIGIBLE member to role', 'Delete user'] }],
    }
    const test = await call('rules.test', { rule: next, id: first.id })
    expect(test).toMatchObject({ rows: 4, datasets: 1, added: 1, kept: 1, removed: 1, left: 1, skipped: [] })
    expect(test.first.added.map(({ title, rows, firstRow }) => [title, rows, firstRow])).toEqual([
      ['Role given: dora', 1, 4],
    ])
    expect(test.first.removed.map(({ title }) => title)).toEqual(['Role given: adele'])
    expect(await alertsOf(first.id)).toHaveLength(3)

    await call('rules.update', { id: first.id, rule: next })
    expect(await run({ ids: [first.id] })).toMatchObject({
      ...{ alertsCreated: 1, alertsKept: 1, alertsRemoved: 1, alertsLeft: 1 },
    })
    expect((await alertsOf(first.id)).map(({ user, status }) => [user, status])).toEqual([
      ['bob', 'acknowledged'],
      ['carl', 'new'],
      ['dora', 'new'],
    ])
    expect(await call('rules.test', { rule: { ...next, name: 'Copy' } })).toMatchObject({
      added: 2,
      kept: 0,
      removed: 0,
    })
  })

  it('counts rows of an actor within a window that begins anywhere', async () => {
    const huntId = await newHunt('counts')
    await importText(huntId, 'counts.csv', [
      ...AUDIT,
      // Out of order, as exports are: newest first.
      audit('04T10:30:00', 'slow', 'Delete user'),
      audit('04T10:15:00', 'slow', 'Delete user'),
      audit('04T10:00:00', 'slow', 'Delete user'),
      audit('04T10:21:00', 'fast', 'Delete user'),
      audit('04T10:13:00', 'fast', 'Delete user'),
      audit('04T10:11:00', 'fast', 'Delete user'),
      audit('04T10:00:00', 'fast', 'Delete user'),
      ',fast,Delete user,success,{}',
    ])
    const rule = await call('rules.create', {
      rule: {
        ...{ kind: 'condition', name: 'Many', huntId, dedupeMinutes: 5 },
        conditions: [
          { op: 'threshold_count', count: 3, minutes: 10 },
          { op: 'eq', field: 'Operation', value: 'delete user' },
        ],
      },
    })
    await run({ ids: [rule.id] })
    const alerts = await alertsOf(rule.id)
    expect(alerts.map(({ user, evidence }) => [user, evidence.map(({ row }) => row)])).toEqual([['fast', [4, 5, 6]]])
    const { datasets } = await call('rules.explain', { id: rule.id })
    expect(datasets[0]).toMatchObject({
      outcome: 'fires',
      steps: [
        { condition: 1, left: 8 },
        { condition: 0, left: 3 },
      ],
    })
  })

  it('reaches values inside cells of JSON by their path', async () => {
    const huntId = await newHunt('json')
    const role = (newValue: string): object => ({
      ModifiedProperties: [{ Name: 'Role.DisplayName', NewValue: newValue }],
    })
    await importText(huntId, 'json.csv', [
      ...AUDIT,
      audit('04T10:00:00', 'adele', 'Add', 'success', role('Global Administrator')),
      audit('04T11:00:00', 'bob', 'Add', 'success', role('Reader')),
      audit('04T12:00:00', 'carl', 'Add'),
      `${at('04T13:00:00')},dora,Add,success,{not json`,
    ])
    const found = async (condition: Input<'rules.test'>['rule'] extends infer R ? R : never): Promise<string[]> =>
      (await call('rules.test', { rule: condition, huntId })).first.added.map(({ title }) => title.replace('P: ', ''))
    const rule = (op: 'contains' | 'neq' | 'endswith' | 'regex', field: string, value: string) => ({
      ...{ kind: 'condition' as const, name: 'P', conditions: [{ op, field, value }] },
    })
    expect(await found(rule('contains', 'Detail.ModifiedProperties[].NewValue', 'administrator'))).toEqual(['adele'])
    expect(await found(rule('endswith', 'detail.modifiedproperties.0.newvalue', 'READER'))).toEqual(['bob'])
    expect(await found(rule('regex', 'Detail.ModifiedProperties.NewValue', '^(global|reader)'))).toEqual([
      'adele',
      'bob',
    ])
    expect(await found(rule('neq', 'Detail.ModifiedProperties[].NewValue', 'reader'))).toEqual([
      'adele',
      'carl',
      'dora',
    ])
  })

  it('runs with all rules that are on, however many others there are', async () => {
    const huntId = await newHunt('many')
    await importText(huntId, 'many.csv', [...AUDIT, audit('04T10:00:00', 'adele', 'Add member to role')])
    const off = await Promise.all(
      Array.from({ length: 501 }, () =>
        call('rules.create', { rule: { ...roleRule, name: 'A rule that is off', enabled: false, huntId } }),
      ),
    )
    const on = await call('rules.create', { rule: { ...roleRule, name: 'Z', huntId } })
    await run({ huntId })
    expect(await alertsOf(on.id)).toHaveLength(1)
    for (const { id } of off) await call('rules.delete', { id })
  })

  it('says for each dataset why it did not fire', async () => {
    const huntId = await newHunt('explain')
    await importText(huntId, 'plain.csv', ['Name,Size', 'a,1', 'b,2'])
    await importText(huntId, 'audit.csv', [
      ...AUDIT,
      audit('04T10:00:00', 'adele', 'Add member to role'),
      audit('04T11:00:00', 'bob', 'Delete user', 'failure'),
    ])
    await importText(huntId, 'timeless.csv', ['UserId,Operation,Result', 'x,Delete user,failure'])
    const outcomes = async (conditions: (Input<'rules.test'>['rule'] & { kind: 'condition' })['conditions']) =>
      (await call('rules.explain', { rule: { kind: 'condition', name: 'E', conditions }, huntId })).datasets
    const text = (op: 'eq' | 'contains', field: string, value: string) => ({ op, field, value })
    expect(
      (await outcomes([text('contains', 'Operation', 'role'), text('eq', 'Result', 'failure')])).map(
        ({ dataset, outcome, steps }) => [dataset, outcome, steps.map(({ left, alone }) => [left, alone])],
      ),
    ).toEqual([
      ['plain.csv', 'field-unmapped', []],
      [
        'audit.csv',
        'never-true',
        [
          [1, null],
          [0, 1],
        ],
      ],
      ['timeless.csv', 'no-such-event', [[0, 0]]],
    ])
    const [plain, withTime, without] = await outcomes([
      text('eq', 'Operation', 'delete user'),
      { op: 'after_hours', zone: 'UTC' },
      { op: 'threshold_count', count: 2, minutes: 5 },
    ])
    expect(plain?.reason).toBe('No column gives Operation; none gives username.')
    expect(withTime).toMatchObject({ outcome: 'never-true', steps: [{ left: 1 }, { left: 0, alone: 0 }] })
    expect(without).toMatchObject({ outcome: 'time-missing' })
  })

  it('says that the rows which matched have no time, where only that keeps a rule from firing', async () => {
    const huntId = await newHunt('explain times')
    await importText(huntId, 'part.csv', [
      ...AUDIT,
      ',adele,Delete user,failure,',
      audit('04T23:00:00', 'bob', 'Add user'),
      audit('04T10:00:00', 'carol', 'Add user'),
      ',dora,Add user,failure,',
    ])
    const reason = async (operation: string) => {
      const conditions: (Input<'rules.test'>['rule'] & { kind: 'condition' })['conditions'] = [
        { op: 'eq', field: 'Operation', value: operation },
        { op: 'threshold_count', count: 3, minutes: 1 },
      ]
      const rule = { kind: 'condition' as const, name: 'T', conditions }
      return (await call('rules.explain', { rule, huntId })).datasets.map((one) => [one.outcome, one.reason])
    }
    expect(await reason('Delete user')).toEqual([['time-missing', 'The 1 row left before condition 2 has no time.']])
    expect(await reason('Add user')).toEqual([
      [
        'never-true',
        'Condition 2 is never reached. The highest count within 1 minute is 1. 1 row left before it has no time.',
      ],
    ])
  })

  it('refuses hostile conditions before anything is saved, and no pattern hangs', async () => {
    const rule = (conditions: unknown): unknown => ({ rule: { kind: 'condition', name: 'H', conditions } })
    const refused = async (conditions: unknown) => failureOf(program.client.raw('rules.create', rule(conditions)))
    expect(await refused([])).toMatchObject({ code: 'invalid-input' })
    expect(await refused([{ op: 'eq', field: 'a', value: 7 }])).toMatchObject({ code: 'invalid-input' })
    expect(await refused([{ op: 'drop table', field: 'a' }])).toMatchObject({ code: 'invalid-input' })
    expect(await refused([{ op: 'after_hours', zone: 'Mars/Base' }])).toMatchObject({ code: 'invalid-input' })
    expect(await refused([{ op: 'threshold_count', count: 1e9, minutes: 1 }])).toMatchObject({ code: 'invalid-input' })
    expect(await refused([{ op: 'regex', field: 'a', value: '(' }])).toMatchObject({
      ...{ code: 'invalid-input', detail: { path: 'conditions.0.value' } },
    })
    expect(await refused([{ op: 'cidr', field: 'a', value: '1.2.3.4.5/99' }])).toMatchObject({ code: 'invalid-input' })
    const many = Array.from({ length: 5_000 }, () => ({ op: 'exists', field: 'a' }))
    expect(await refused(many)).toMatchObject({ code: 'invalid-input' })
    const before = (await call('rules.list', {})).total

    const huntId = await newHunt('hostile')
    const long = 'a'.repeat(30_000)
    await importText(huntId, 'hostile.csv', [
      'Text,Detail',
      `${long}!,${quoted(JSON.stringify({ deep: { x: `${long}!` } }))}`,
      `"x'); DROP TABLE rules; --",${quoted('['.repeat(50_000))}`,
    ])
    const bomb = (field: string) => ({
      ...{ kind: 'condition' as const, name: 'Bomb' },
      conditions: [{ op: 'regex' as const, field, value: '^(a+)+$' }],
    })
    expect(await call('rules.test', { rule: bomb('Text'), huntId })).toMatchObject({ added: 0, skipped: [] })
    expect(await call('rules.test', { rule: bomb('Detail.deep.x'), huntId })).toMatchObject({ skipped: [] })
    const quote = { op: 'eq' as const, field: 'Text', value: "x'); DROP TABLE rules; --" }
    const injected = { kind: 'condition' as const, name: "'; DROP TABLE alerts; --", conditions: [quote] }
    expect(await call('rules.test', { rule: injected, huntId })).toMatchObject({ added: 1 })
    expect((await call('rules.list', {})).total).toBe(before)
  })
})
