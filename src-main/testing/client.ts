import { AppError } from '#contract/appError'
import type { CallName, Input, Output } from '#contract/contract'
import type { Job } from '#contract/jobs'
import type { Reply } from '#contract/wire'
import type { App } from '../app.ts'

/** A connection to the application as a shell has it; for tests and benchmarks. */
export type Client = {
  /** Rejects with the failure that the wire carried, as AppError. */
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
  /** Any name and input, as a hostile page would send them. */
  raw(name: string, input: unknown): Promise<unknown>
  /** The job once it has ended. */
  finished(jobId: string): Promise<Job>
  /** The job once it has told that it went on. */
  progressed(jobId: string): Promise<Job>
  close(): void
}

export function openClient(app: Pick<App, 'connect'>): Client {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: AppError): void }>()
  const watchers = new Set<(job: Job) => void>()
  let lastId = 0

  const connection = app.connect((reply: Reply) => {
    if (reply.t === 'event') {
      // Events of this topic carry a job by contract.
      if (reply.topic === 'jobs.changed') for (const watch of watchers) watch(reply.payload as Job)
      return
    }
    const entry = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.t === 'ok') entry?.resolve(reply.value)
    else entry?.reject(AppError.from(reply.failure))
  })

  function raw(name: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      void connection.receive({ t: 'call', id, name, input })
    })
  }

  // The router answers a call by its contract; `checkAnswers` proves it in tests.
  const call = <K extends CallName>(name: K, input: Input<K>) => raw(name, input) as Promise<Output<K>>

  async function until(jobId: string, done: (job: Job) => boolean): Promise<Job> {
    const { promise, resolve } = Promise.withResolvers<Job>()
    const watch = (job: Job): void => {
      if (job.id === jobId && done(job)) resolve(job)
    }
    watchers.add(watch)
    watch(await call('jobs.get', { id: jobId }))
    const job = await promise
    watchers.delete(watch)
    return job
  }

  return {
    call,
    raw,
    finished: (jobId) => until(jobId, (job) => job.finishedAt !== null),
    progressed: (jobId) => until(jobId, (job) => job.done > 0 || job.finishedAt !== null),
    close: () => connection.close(),
  }
}
