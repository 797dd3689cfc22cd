import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import type { Job } from '#contract/jobs'
import { createEvents } from '../rpc/events.ts'
import { createJobRunner, type JobContext, type JobRunner } from './jobRunner.ts'

function runner(): { jobs: JobRunner; told: Job[]; logged: unknown[] } {
  const events = createEvents()
  const told: Job[] = []
  const logged: unknown[] = []
  events.on((topic, payload) => {
    if (topic === 'jobs.changed') told.push(payload as Job)
  })
  const jobs = createJobRunner(events, { log: (_level, message) => logged.push(message), clock: () => new Date(0) })
  return { jobs, told, logged }
}
const start = (jobs: JobRunner, run: (context: JobContext) => Promise<object | null>): string =>
  jobs.start({ kind: 'test', title: 'T', huntId: null, unit: 'rows', run }).jobId
const ended = async (jobs: JobRunner, id: string): Promise<Job> => {
  while (jobs.get(id).finishedAt === null) await wait(5)
  return jobs.get(id)
}

it('keeps the result of a job that succeeded as JSON', async () => {
  const { jobs } = runner()
  const id = start(jobs, async () => ({ at: new Date(0), missing: undefined }))
  expect(await ended(jobs, id)).toMatchObject({ state: 'succeeded', result: { at: '1970-01-01T00:00:00.000Z' } })
})

it('tells a code and a sentence when a job failed, and hides what nobody expected behind a reference', async () => {
  const { jobs, logged } = runner()
  const full = start(jobs, async () => {
    throw new AppError('disk-full', 'Full.')
  })
  const broken = start(jobs, async () => {
    throw new TypeError('secret detail')
  })
  expect(await ended(jobs, full)).toMatchObject({ state: 'failed', failure: { code: 'disk-full', message: 'Full.' } })
  const job = await ended(jobs, broken)
  expect(job.failure?.code).toBe('internal')
  expect(JSON.stringify(job)).not.toContain('secret detail')
  const reference = job.failure?.detail?.['reference']
  expect(reference).toMatch(/^[0-9a-f]{8}$/)
  expect(JSON.stringify(logged)).toContain(JSON.stringify(reference).slice(1, -1))
})

it('cancels through the signal, and a finished job is left as it is', async () => {
  const { jobs } = runner()
  const id = start(jobs, async ({ signal }) => {
    await wait(10_000, null, { signal })
    return null
  })
  jobs.cancel(id)
  expect(await ended(jobs, id)).toMatchObject({ state: 'cancelled', failure: { code: 'cancelled' } })
  expect(jobs.cancel(id)).toMatchObject({ state: 'cancelled' })
  expect(() => jobs.cancel('nobody')).toThrow(expect.objectContaining({ code: 'not-found' }))
})

it('announces a thousand steps a few times only, and the end always', async () => {
  const { jobs, told } = runner()
  const id = start(jobs, async ({ progress }) => {
    for (let n = 1; n <= 1_000; n++) progress({ done: n, total: 1_000, rows: n })
    return null
  })
  await ended(jobs, id)
  expect(told.length).toBeLessThan(20)
  expect(told.at(-1)).toMatchObject({ state: 'succeeded', done: 1_000 })
})

it('once closed it starts nothing, and what ran has ended', async () => {
  const { jobs } = runner()
  const id = start(jobs, async ({ signal }) => {
    await wait(10_000, null, { signal })
    return null
  })
  const closed = jobs.close()
  expect(() => start(jobs, async () => null)).toThrow(expect.objectContaining({ code: 'unavailable' }))
  await closed
  expect(jobs.list()).toMatchObject([{ id, state: 'cancelled' }])
})

it('what is to be done at the end is done once the job has ended, also when it failed', async () => {
  const { jobs } = runner()
  const states: string[] = []
  const id = start(jobs, (context) => {
    context.atEnd(() => void states.push(jobs.get(id).state))
    return Promise.reject(new AppError('not-found', 'Gone.'))
  })
  await ended(jobs, id)
  expect(states).toEqual(['failed'])
})
