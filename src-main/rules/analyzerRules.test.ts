import { describe, expect, it } from 'vitest'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { at, ruleSteps } from '../testing/ruleSteps.ts'

// Rules of analyzers over a whole application: real threads, real files, every answer checked against the contract.

const program = testApp('analyzer-rules')
const { call } = program
const { importText, newHunt, alertsOf } = ruleSteps(program)

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
      await failureOf(
        call('rules.create', { rule: { kind: 'analyzer', name: 'X', analyzer: 'entropy', config: { wrong: 1 } } }),
      ),
    ).toMatchObject({ code: 'invalid-input' })
    expect(await call('rules.delete', { id: rule.id })).toEqual({ ok: true, alerts: ruled.length })
    expect((await alertsOf(rule.id))[0]).toMatchObject({ rule: { id: rule.id, name: 'Commands' } })
  })
})
