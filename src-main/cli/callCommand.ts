import { basename, resolve } from 'node:path'
import { AppError } from '#contract/appError'
import { jobRef } from '#contract/common'
import type { App } from '../app.ts'
import type { Caller } from './caller.ts'
import type { Progress } from './progress.ts'

/** What a command prints, and whether it went well. `ended`: the work it started goes on in this process until then. */
export type Answer = { value: unknown; ok: boolean; ended?: Promise<unknown> }

/** Makes a call; when it starts a job and `wait` is set, waits for its end. Rejects with the AppError of the call. */
export async function makeCall(
  app: App,
  caller: Caller,
  { name, input, wait }: { name: string; input: unknown; wait: boolean },
  progress: Progress,
): Promise<Answer> {
  const value = await caller.call(name, await withTickets(app, input))
  const started = jobRef.safeParse(value)
  if (!started.success) return { value, ok: true }
  if (!wait) return { value, ok: true, ended: caller.finished(started.data.jobId) }
  const job = await caller.finished(started.data.jobId, progress.show)
  progress.clear()
  const failure = job.failure === null ? {} : { failure: job.failure }
  return { value: { jobId: job.id, state: job.state, result: job.result, ...failure }, ok: job.state === 'succeeded' }
}

/** The input of a call as it was typed; AppError 'invalid-input' when it is no JSON. */
export function parseInput(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid-input', `The input is not JSON: ${reason}`)
  }
}

/** Offers the file of every `"ticket": "@path"`, names the place of every `"to": "@path"`, and puts the ticket in its place. */
async function withTickets(app: App, input: unknown, key?: string): Promise<unknown> {
  if (typeof input === 'string') {
    if (!input.startsWith('@')) return input
    if (key === 'to') return app.files.placeAt(resolve(input.slice(1)))
    return key === 'ticket' ? app.files.offer(input.slice(1), basename(input.slice(1))) : input
  }
  if (Array.isArray(input)) return inTurn(input, (item) => withTickets(app, item))
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(
    await inTurn(Object.entries(input), async ([name, value]) => [name, await withTickets(app, value, name)] as const),
  )
}

async function inTurn<T, R>(items: T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await act(item))
  return results
}
