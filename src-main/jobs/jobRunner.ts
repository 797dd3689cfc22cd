import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Job } from '#contract/jobs'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import { toFailure } from '../rpc/failures.ts'

/** A running job is announced at most this often, in milliseconds: the one place where progress is throttled. */
const ANNOUNCE_EVERY_MS = 100
/** Finished jobs are kept for the tray up to this many; the oldest go first. */
const FINISHED_MAX = 200

/** The reason of the signal where the program is closing: nobody asked for what is done so far to go. */
export const CLOSING = 'closing'

export type JobProgress = { done?: number; total?: number | null; rows?: number; note?: string | null }
export type JobContext = {
  jobId: string
  signal: AbortSignal
  progress(change: JobProgress): void
  /** What is to be done once the job has ended, however it ended; it must not throw. */
  atEnd(task: () => void): void
}
export type JobStart = {
  kind: string
  title: string
  huntId: string | null
  datasetId?: string
  unit: Job['unit']
  /** Answers the result of the job; it is kept as JSON. */
  run(context: JobContext): Promise<object | null>
}

export type JobRunner = {
  start(job: JobStart): { jobId: string }
  get(id: string): Job
  list(): Job[]
  cancel(id: string): Job
  /** Cancels the running jobs that `which` names and waits until they have ended. */
  cancelAll(which: (job: Job) => boolean): Promise<void>
  /** Starts no job any more (AppError 'unavailable'), cancels those that run and waits until they have ended. */
  close(): Promise<void>
}

type Entry = {
  job: Job
  abort: AbortController
  announced: number
  startedMs: number
  ended: Promise<void>
  atEnd: (() => void)[]
}

export function createJobRunner(events: Events, ports: Pick<Ports, 'log' | 'clock'>): JobRunner {
  const entries = new Map<string, Entry>()
  let closed = false

  function entryOf(id: string): Entry {
    const entry = entries.get(id)
    if (!entry)
      throw new AppError('not-found', 'There is no such job. It may have ended before the program was last started.', {
        id,
      })
    return entry
  }

  function announce(entry: Entry): void {
    entry.announced = performance.now()
    events.emit('jobs.changed', { ...entry.job })
  }

  function progress(entry: Entry, change: JobProgress): void {
    const { job } = entry
    if (job.finishedAt !== null) return
    if (change.done !== undefined) job.done = change.done
    if (change.total !== undefined) job.total = change.total
    if (change.note !== undefined) job.note = change.note
    const now = performance.now()
    if (change.rows !== undefined) {
      job.rows = change.rows
      const seconds = (now - entry.startedMs) / 1000
      job.rate = seconds < 1 ? null : Math.round(change.rows / seconds)
    }
    if (now - entry.announced >= ANNOUNCE_EVERY_MS) announce(entry)
  }

  async function run(entry: Entry, start: JobStart): Promise<void> {
    const { job, abort } = entry
    try {
      const result = await start.run({
        jobId: job.id,
        signal: abort.signal,
        progress: (change) => progress(entry, change),
        atEnd: (task) => void entry.atEnd.push(task),
      })
      job.result = JSON.parse(JSON.stringify(result))
      job.state = 'succeeded'
    } catch (error) {
      const failure = toFailure(error, abort.signal, ports.log)
      job.state = failure.code === 'cancelled' ? 'cancelled' : 'failed'
      job.failure = failure
    }
    job.finishedAt = ports.clock().toISOString()
    announce(entry)
    for (const task of entry.atEnd.splice(0)) task()
    forgetOldest()
  }

  function forgetOldest(): void {
    const finished = [...entries.values()].filter((entry) => entry.job.finishedAt !== null)
    for (const entry of finished.slice(0, Math.max(0, finished.length - FINISHED_MAX))) entries.delete(entry.job.id)
  }

  function cancel(id: string, reason?: string): Job {
    const entry = entryOf(id)
    if (entry.job.finishedAt === null) {
      entry.job.note = 'Cancelling'
      entry.abort.abort(reason)
      announce(entry)
    }
    return { ...entry.job }
  }

  async function cancelAll(which: (job: Job) => boolean, reason?: string): Promise<void> {
    const chosen = [...entries.values()].filter((entry) => entry.job.finishedAt === null && which(entry.job))
    for (const entry of chosen) cancel(entry.job.id, reason)
    await Promise.all(chosen.map((entry) => entry.ended))
  }

  return {
    start(start) {
      if (closed) throw new AppError('unavailable', 'The program is closing.')
      const job: Job = {
        id: randomUUID(),
        kind: start.kind,
        title: start.title,
        huntId: start.huntId,
        datasetId: start.datasetId ?? null,
        state: 'running',
        done: 0,
        total: null,
        unit: start.unit,
        rows: null,
        rate: null,
        note: null,
        startedAt: ports.clock().toISOString(),
        finishedAt: null,
        failure: null,
        result: null,
      }
      const entry: Entry = {
        job,
        abort: new AbortController(),
        announced: 0,
        startedMs: performance.now(),
        ended: Promise.resolve(),
        atEnd: [],
      }
      entries.set(job.id, entry)
      announce(entry)
      entry.ended = run(entry, start)
      return { jobId: job.id }
    },
    get: (id) => ({ ...entryOf(id).job }),
    list: () => [...entries.values()].map((entry) => ({ ...entry.job })).reverse(),
    cancel: (id) => cancel(id),
    cancelAll: (which) => cancelAll(which),
    close() {
      closed = true
      return cancelAll(() => true, CLOSING)
    },
  }
}
