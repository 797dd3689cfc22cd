import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Input } from '#contract/contract'
import type { Job } from '#contract/jobs'
import type { TestApp } from './testApp.ts'

/** What tests of datasets do again and again: import a text, read it anew, look at rows. */
export function datasetSteps(program: TestApp) {
  const { call } = program
  let files = 0
  async function offered(text: string | Buffer): Promise<{ ticket: string; name: string }> {
    const name = `file${++files}.csv`
    return { ticket: await program.offer(name, text), name }
  }

  async function imported(
    text: string | Buffer,
    more: { analyze?: boolean; dialect?: Input<'datasets.preview'>['dialect'] } = {},
  ): Promise<{ id: string; huntId: string }> {
    const hunt = await call('hunts.create', { name: 'h' })
    const { ticket } = await offered(text)
    const input = { huntId: hunt.id, files: [{ ticket, dialect: more.dialect }], analyze: more.analyze ?? false }
    const job = await program.client.finished((await call('datasets.import', input)).jobId)
    expect(job.failure).toBeNull()
    // What is made behind an import must not come between what a test looks at.
    await program.app.settled()
    return { id: (await call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? '', huntId: hunt.id }
  }

  async function update(input: Input<'datasets.update'>): Promise<Job> {
    const { jobId } = await call('datasets.update', input)
    if (jobId === null) throw new Error('nothing had to be read anew')
    return program.client.finished(jobId)
  }
  const ended = async (started: Promise<{ jobId: string }>): Promise<Job> =>
    program.client.finished((await started).jobId)

  const times = async (datasetId: string) => (await call('rows.page', { datasetId })).times
  const texts = async (datasetId: string) =>
    (await call('rows.page', { datasetId })).columns.map((column) => column.cells.map((cell) => String(cell ?? '')))
  const columnOf = async (id: string, name: string) =>
    (await call('datasets.get', { id })).columnList.find((column) => column.name === name)
  /** Files of work under way, which nothing may leave behind. */
  const leftovers = (): string[] => readdirSync(join(program.folder, 'datasets')).filter((name) => name.startsWith('.'))
  return { offered, imported, update, ended, times, texts, columnOf, leftovers }
}

const COMMANDS =
  'When,Opened,Box,CommandLine\n' +
  '2024-07-01 10:00:00,2023-01-05 08:00:00,WS1,vssadmin delete shadows /all /quiet\n' +
  '2024-07-01 11:30:00,2023-01-06 09:00:00,WS2,net user bob\n'
/** A header set of its own for tests in which what was said before must not matter. */
export const commands = (mark: string): string => COMMANDS.replace('Opened', `Opened ${mark}`)
