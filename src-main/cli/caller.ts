import { AppError } from '#contract/appError'
import { contract } from '#contract/contract'
import type { Job } from '#contract/jobs'
import type { Reply } from '#contract/wire'
import type { App } from '../app.ts'

export type Caller = {
  /** Rejects with the AppError that the call failed with. */
  call(name: string, input: unknown): Promise<unknown>
  /** Waits for the end of a job, whatever it is. */
  finished(jobId: string, onProgress?: (job: Job) => void): Promise<Job>
  close(): void
}

/** Speaks to the program as any shell does: one connection, calls by number, jobs followed by their topic. */
export function createCaller(app: App): Caller {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: AppError): void }>()
  const followers = new Map<string, (job: Job) => void>()
  let last = 0

  function hear(reply: Reply): void {
    if (reply.t === 'event') {
      if (reply.topic !== 'jobs.changed') return
      const job = contract['jobs.changed'].payload.parse(reply.payload)
      followers.get(job.id)?.(job)
      return
    }
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.t === 'ok') call?.resolve(reply.value)
    else call?.reject(AppError.from(reply.failure))
  }
  const connection = app.connect(hear)

  async function call(name: string, input: unknown): Promise<unknown> {
    const id = ++last
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.set(id, { resolve, reject })
    await connection.receive({ t: 'call', id, name, input })
    return promise
  }

  return {
    call,
    async finished(jobId, onProgress) {
      const { promise, resolve, reject } = Promise.withResolvers<Job>()
      const follow = (job: Job): void => {
        onProgress?.(job)
        if (job.finishedAt !== null) resolve(job)
      }
      followers.set(jobId, follow)
      // It may have ended before anyone listened.
      call('jobs.get', { id: jobId }).then((answer) => follow(contract['jobs.get'].output.parse(answer)), reject)
      try {
        return await promise
      } finally {
        followers.delete(jobId)
      }
    },
    close: () => connection.close(),
  }
}
