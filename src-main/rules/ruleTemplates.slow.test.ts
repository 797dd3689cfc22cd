import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { openClient, type Client } from '../testing/client.ts'
import { testPorts } from '../testing/ports.ts'
import { testApp } from '../testing/testApp.ts'
import { ruleTemplates } from './ruleTemplates.ts'
import { quoted, at, ruleSteps } from '../testing/ruleSteps.ts'

// The templates over a whole application: real threads, real files, every answer checked against the contract.

const program = testApp('rule-templates')
const { call } = program
const { importPath, importText, newHunt, run } = ruleSteps(program)

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
