import { expect } from 'vitest'
import type { Job } from '#contract/jobs'
import type { TestApp } from './testApp.ts'

/** What tests over several hunts do again and again: a hunt with some files, a list of indicators. */
export function huntSteps(program: TestApp) {
  const { call } = program
  let files = 0
  async function hunt(name: string, texts: readonly string[]): Promise<{ id: string; datasets: string[] }> {
    const { id } = await call('hunts.create', { name })
    const tickets = await Promise.all(texts.map((text) => program.offer(`${name} ${++files}.csv`, text)))
    const input = { huntId: id, files: tickets.map((ticket) => ({ ticket })), analyze: false }
    const job = await program.client.finished((await call('datasets.import', input)).jobId)
    expect(job).toMatchObject({ state: 'succeeded' })
    const { datasets } = await call('datasets.list', { huntId: id })
    return { id, datasets: datasets.map((dataset) => dataset.id) }
  }
  const ended = async (started: Promise<{ jobId: string }>): Promise<Job> =>
    program.client.finished((await started).jobId)
  return { hunt, ended }
}
