import { expect } from 'vitest'
import type { Input, Output } from '#contract/contract'
import type { RuleReport } from '#contract/rules'
import type { TestApp } from './testApp.ts'

/** What tests of rules do again and again: import lines into a hunt, run rules, look at their alerts. */
export function ruleSteps(program: TestApp) {
  const { call } = program
  async function importTicket(huntId: string, ticket: string, analyze: boolean): Promise<string> {
    const job = await program.client.finished(
      (await call('datasets.import', { huntId, files: [{ ticket }], analyze })).jobId,
    )
    expect(job).toMatchObject({ state: 'succeeded' })
    const { datasets } = await call('datasets.list', { huntId })
    const last = datasets.at(-1)
    if (!last) throw new Error('Nothing was imported.')
    return last.id
  }
  const importPath = async (huntId: string, path: string): Promise<string> =>
    importTicket(huntId, await program.app.files.offer(path), false)
  async function importText(huntId: string, name: string, lines: readonly string[], analyze = false): Promise<string> {
    return importTicket(huntId, await program.offer(name, `${lines.join('\n')}\n`), analyze)
  }
  const newHunt = async (name: string): Promise<string> => (await call('hunts.create', { name })).id

  async function run(input: Input<'rules.run'>): Promise<RuleReport> {
    const job = await program.client.finished((await call('rules.run', input)).jobId)
    expect(job).toMatchObject({ state: 'succeeded', failure: null })
    // The result of this kind of job, by contract.
    return job.result as RuleReport
  }
  const alertsOf = async (rule: string): Promise<Output<'alerts.list'>['alerts']> =>
    (await call('alerts.list', { rule, sort: 'time', descending: false, limit: 500 })).alerts
  return { importPath, importText, newHunt, run, alertsOf }
}

export const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`

export const at = (time: string): string => `2024-03-${time}Z`
export const AUDIT = ['TimeGenerated,UserId,Operation,Result,Detail']
export const audit = (time: string, user: string, operation: string, result = 'success', detail: object = {}): string =>
  [at(time), user, operation, result, quoted(JSON.stringify(detail))].join(',')
