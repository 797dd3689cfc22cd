import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CallName, Input, Output } from '#contract/contract'
import type { Failure } from '#contract/failure'
import type { RuleReport } from '#contract/rules'
import { createApp, type App } from '../app.ts'
import { openClient, type Client } from '../testing/client.ts'
import { testPorts } from '../testing/ports.ts'
import { ruleTemplates } from './ruleTemplates.ts'

// Rules over a whole application: real threads, real files, every answer checked against the contract.

let folder: string
let app: App
let client: Client

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-rules-'))
  app = await createApp(testPorts(folder), { checkAnswers: true })
  client = openClient(app)
})
afterAll(async () => {
  client.close()
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

const call = <K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> => client.call(name, input)
const failure = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('expected a failure')
    },
    (error: Failure) => error,
  )

async function importPath(huntId: string, path: string, analyze = false): Promise<string> {
  const ticket = await app.files.offer(path)
  const job = await client.finished((await call('datasets.import', { huntId, files: [{ ticket }], analyze })).jobId)
  expect(job).toMatchObject({ state: 'succeeded' })
  const { datasets } = await call('datasets.list', { huntId })
  const last = datasets.at(-1)
  if (!last) throw new Error('Nothing was imported.')
  return last.id
}
async function importText(huntId: string, name: string, lines: readonly string[], analyze = false): Promise<string> {
  writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
  return importPath(huntId, join(folder, name), analyze)
}
const newHunt = async (name: string): Promise<string> => (await call('hunts.create', { name })).id

async function run(input: Input<'rules.run'>): Promise<RuleReport> {
  const job = await client.finished((await call('rules.run', input)).jobId)
  expect(job).toMatchObject({ state: 'succeeded', failure: null })
  // The result of this kind of job, by contract.
  return job.result as RuleReport
}
const alertsOf = async (rule: string): Promise<Output<'alerts.list'>['alerts']> =>
  (await call('alerts.list', { rule, sort: 'time', descending: false, limit: 500 })).alerts
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`

const at = (time: string): string => `2024-03-${time}Z`
const AUDIT = ['TimeGenerated,UserId,Operation,Result,Detail']
const audit = (time: string, user: string, operation: string, result = 'success', detail: object = {}): string =>
  [at(time), user, operation, result, quoted(JSON.stringify(detail))].join(',')

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
        ...{ kind: 'condition', name: 'Many', huntId, dedupeMinutes: 60 },
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
    expect(plain?.reason).toBe('No column gives Operation, username.')
    expect(withTime).toMatchObject({ outcome: 'never-true', steps: [{ left: 1 }, { left: 0, alone: 0 }] })
    expect(without).toMatchObject({ outcome: 'time-missing' })
  })

  it('refuses hostile conditions before anything is saved, and no pattern hangs', async () => {
    const rule = (conditions: unknown): unknown => ({ rule: { kind: 'condition', name: 'H', conditions } })
    const refused = async (conditions: unknown) => failure(client.raw('rules.create', rule(conditions)))
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

describe('a rule of an analyzer', () => {
  it('runs it with settings and severity of its own, and takes the place of its plain run on import', async () => {
    const huntId = await newHunt('analyzers')
    const lines = ['TimeGenerated,Computer,CommandLine', `${at('04T10:00:00')},ws1,vssadmin delete shadows /all /quiet`]
    const rule = await call('rules.create', {
      rule: { kind: 'analyzer', name: 'Commands', huntId, analyzer: 'suspicious_commands', severity: 'low' },
    })
    await importText(huntId, 'commands.csv', lines, true)
    const ruled = await alertsOf(rule.id)
    expect(ruled.length).toBeGreaterThan(0)
    expect(new Set(ruled.map(({ severity, analyzer }) => `${severity} ${analyzer}`))).toEqual(
      new Set(['low suspicious_commands']),
    )
    const all = (await call('alerts.list', { huntId, analyzer: 'suspicious_commands' })).total
    expect(all).toBe(ruled.length)
    expect(await call('rules.test', { rule, id: rule.id })).toMatchObject({ added: 0, kept: ruled.length, removed: 0 })

    await call('rules.update', { id: rule.id, enabled: false })
    const off = await newHunt('analyzers off')
    await call('rules.create', {
      rule: { kind: 'analyzer', name: 'Off', huntId: off, analyzer: 'suspicious_commands', enabled: false },
    })
    await importText(off, 'commands-off.csv', lines, true)
    expect(await call('alerts.list', { huntId: off, analyzer: 'suspicious_commands' })).toMatchObject({ total: 0 })
    expect(
      await failure(
        call('rules.create', { rule: { kind: 'analyzer', name: 'X', analyzer: 'entropy', config: { wrong: 1 } } }),
      ),
    ).toMatchObject({ code: 'invalid-input' })
    expect(await call('rules.delete', { id: rule.id })).toEqual({ ok: true, alerts: ruled.length })
    expect((await alertsOf(rule.id))[0]).toMatchObject({ rule: { id: rule.id, name: 'Commands' } })
  })
})

describe('the templates', () => {
  it('are there once: edits stay, deleted ones do not come back', async () => {
    const own = mkdtempSync(join(tmpdir(), 'huntbench-rules-'))
    const opened = async <T>(use: (client: Client) => Promise<T>): Promise<T> => {
      const again = await createApp(testPorts(own), { checkAnswers: true })
      const connected = openClient(again)
      const answer = await use(connected)
      connected.close()
      await again.close()
      return answer
    }
    const kept = await opened(async (one) => {
      const { rules, total } = await one.call('rules.list', {})
      expect(total).toBe(10)
      expect(rules.map(({ name }) => name).sort()).toEqual(ruleTemplates.map(({ rule }) => rule.name).sort())
      const [first, second] = rules
      if (!first || !second) throw new Error('There are no rules.')
      await one.call('rules.delete', { id: first.id })
      await one.call('rules.update', { id: second.id, rule: { ...second, name: 'Mine' }, enabled: false })
      return second.id
    })
    await opened(async (one) => {
      expect(await one.call('rules.list', {})).toMatchObject({ total: 9, enabled: 8 })
      expect(await one.call('rules.get', { id: kept })).toMatchObject({ name: 'Mine', enabled: false })
      const { templates, total } = await one.call('rules.templates', {})
      expect(total).toBe(10)
      expect(templates.filter(({ ruleId }) => ruleId === null)).toHaveLength(1)
    })
    rmSync(own, { recursive: true, force: true })
  })

  const made: Record<string, string[]> = {
    'conditional-access': [
      'TimeGenerated,UserPrincipalName,AppDisplayName,IPAddress,ConditionalAccessStatus,ResultType,RiskState',
      `${at('04T10:00:00')},adele@contoso.com,Portal,203.0.113.7,failure,53003,none`,
      `${at('04T10:00:00')},bob@contoso.com,Portal,203.0.113.8,success,0,none`,
    ],
    'after-hours': [
      'TimeGenerated,OperationName,Category,Result,InitiatedBy,TargetResources,LoggedByService,ActivityDisplayName',
      `${at('04T22:00:00')},Add user,UserManagement,success,${quoted('{"user":{"userPrincipalName":"adele@contoso.com"}}')},[],Core Directory,Add user`,
      `${at('04T12:00:00')},Add user,UserManagement,success,${quoted('{"user":{"userPrincipalName":"bob@contoso.com"}}')},[],Core Directory,Add user`,
    ],
    ...Object.fromEntries(
      [
        ['app-registration', 'Add application.'],
        ['role-assignment', 'Add member to role.'],
        ['license-change', 'Change user license.'],
        ['transport-rule', 'New-TransportRule'],
        ['service-principal-credential', 'Add service principal credentials.'],
        ['external-sharing', 'SharingPolicyChanged'],
      ].map(([id = '', operation = '']) => [
        id,
        [
          'CreationDate,UserIds,Operations,AuditData',
          `${at('04T10:00:00')},adele@contoso.com,${operation},${quoted(JSON.stringify({ Operation: operation, UserId: 'adele@contoso.com' }))}`,
          `${at('04T10:00:00')},bob@contoso.com,FileAccessed,${quoted('{"Operation":"FileAccessed"}')}`,
        ],
      ]),
    ),
    'bulk-deletion': [
      'CreationTime,Operation,Workload,UserId,RecordType',
      ...['10:00', '10:04', '10:08'].map(
        (time) => `${at(`04T${time}:00`)},Delete user.,AzureActiveDirectory,adele@contoso.com,8`,
      ),
      ...['10:00', '11:00', '12:00'].map(
        (time) => `${at(`04T${time}:00`)},Delete user.,AzureActiveDirectory,bob@contoso.com,8`,
      ),
    ],
    'device-compliance': [
      'Date (UTC),CorrelationId,Service,Category,Activity,Result,ResultReason,ActorType,ActorUserPrincipalName,IPAddress',
      `${at('04T10:00:00')},1,Intune,Device,Evaluate device compliance,failure,,User,adele@contoso.com,203.0.113.7`,
      `${at('04T10:00:00')},2,Intune,Device,Evaluate device compliance,success,,User,bob@contoso.com,203.0.113.7`,
    ],
  }

  it.each(ruleTemplates.map(({ id }) => id))('%s fires on the event it is for and not beside it', async (id) => {
    const huntId = await newHunt(id)
    await importText(huntId, `${id}.csv`, made[id] ?? [])
    const rule = ruleTemplates.find((template) => template.id === id)?.rule
    if (!rule) throw new Error('There is no such template.')
    const explained = await call('rules.explain', { rule, huntId })
    expect(explained.datasets[0]?.reason).toMatch(/match/)
    const test = await call('rules.test', { rule, huntId })
    expect(test.first.added.map(({ title }) => title)).toEqual([`${rule.name}: adele@contoso.com`])
  })

  const telemetry = join(import.meta.dirname, '../../../shared/evidence/sentinel-training/Artifacts/Telemetry')
  it.skipIf(!existsSync(telemetry))('fire on the Microsoft 365 and Entra exports where such events are', async () => {
    const huntId = await newHunt('real exports')
    for (const name of ['AuditLogs_Hunting.csv', 'office_activity_inbox_rule.csv', 'disable_accounts.csv'])
      await importPath(huntId, join(telemetry, name))
    const report = await run({ huntId })
    expect(report).toMatchObject({ datasets: 3, rules: 10 })
    const { alerts } = await call('alerts.list', { huntId, analyzer: 'condition_rule', limit: 500 })
    expect(alerts.map(({ title, evidenceTotal }) => `${title} ${evidenceTotal}`).sort()).toEqual([
      'After-Hours Admin Activity: AdeleV@contoso.OnMicrosoft.com 1',
      'After-Hours Admin Activity: AdeleV@contoso.OnMicrosoft.com 1',
      'Service Principal Credential Added: VadimJ@buildseccxpninja.onmicrosoft.com 4',
      'Service Principal Credential Added: victim@buildseccxpninja.onmicrosoft.com 1',
    ])
  })
})
