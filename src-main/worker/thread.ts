import { Worker, type ResourceLimits } from 'node:worker_threads'
import { AppError } from '#contract/appError'
import type { FromWorker, Role, ToWorker, WorkerSetup } from './messages.ts'
import { workerUrl } from './workerUrl.ts'

/**
 * An import makes much short-lived garbage: without limits the heap of its thread grows far beyond what it needs. What the
 * analyzers keep does not count: it lies in typed arrays (analyzers/room.ts). The old space has room for rows of 16 MB, of
 * which analyzers make several copies.
 */
const TASK_LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 6 }

/** By role. Small young generations: what threads make is short-lived, and by default each keeps tens of MB for it. */
const LIMITS: Record<Role, ResourceLimits> = {
  writer: { maxYoungGenerationSizeMb: 3 },
  reader: { maxYoungGenerationSizeMb: 6 },
  task: TASK_LIMITS,
}

export type Call = {
  noun: string
  method: string
  args: unknown[]
  signal?: AbortSignal | undefined
  onProgress?: ((state: unknown) => void) | undefined
}

/** One worker thread that answers one call at a time. */
export type Thread = {
  /** False once the thread has died; start another then. */
  alive(): boolean
  run(call: Call): Promise<unknown>
  end(): Promise<void>
}

type Waiting = { id: number; call: Call; resolve(value: unknown): void; reject(error: unknown): void }

/** Starts a thread; fails with what its set-up failed with (workspace-damaged, workspace-newer). */
export async function startThread(
  setup: Omit<WorkerSetup, 'stop'>,
  log: (message: string, detail: unknown) => void,
  unprepared: (datasetId: string) => void,
): Promise<Thread> {
  const stop = new SharedArrayBuffer(4)
  const flag = new Int32Array(stop)
  const worker = new Worker(workerUrl, {
    workerData: { ...setup, stop } satisfies WorkerSetup,
    resourceLimits: LIMITS[setup.role],
  })
  let waiting: Waiting | null = null
  let lastId = 0
  let dead: Error | null = null

  const started = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: FromWorker) => {
      if (message.t === 'ready') return resolve()
      if (message.t === 'unprepared') return unprepared(message.dataset)
      if (message.t === 'failure' && message.id === 0) return reject(errorOf(message))
      if (waiting === null || message.id !== waiting.id) return
      if (message.t === 'progress') return waiting.call.onProgress?.(message.state)
      const { resolve: answer, reject: refuse } = waiting
      waiting = null
      if (message.t === 'value') answer(message.value)
      else refuse(errorOf(message))
    })
    worker.on('error', (error) => {
      dead = error
      log(`A ${setup.role} thread failed`, error.stack ?? error.message)
      reject(error)
      waiting?.reject(new AppError('internal', 'A worker thread failed.', undefined, { cause: error }))
      waiting = null
    })
    worker.on('exit', () => {
      dead ??= new Error('The thread has ended.')
      reject(dead)
      waiting?.reject(new AppError('internal', 'A worker thread ended.', undefined, { cause: dead }))
      waiting = null
    })
  })

  function errorOf(message: Extract<FromWorker, { t: 'failure' }>): AppError {
    if (message.stack !== null) log(`A ${setup.role} call failed`, message.stack)
    return AppError.from(message.failure)
  }

  await started
  return {
    alive: () => dead === null,
    run(call) {
      return new Promise((resolve, reject) => {
        if (dead) return reject(new AppError('internal', 'A worker thread ended.', undefined, { cause: dead }))
        // It may have been cancelled while the thread was starting: its signal tells nothing any more.
        if (call.signal?.aborted) return reject(new AppError('cancelled', 'Cancelled.'))
        const id = ++lastId
        const cancel = (): void => void Atomics.store(flag, 0, id)
        waiting = {
          id,
          call,
          resolve(value) {
            call.signal?.removeEventListener('abort', cancel)
            resolve(value)
          },
          reject(error) {
            call.signal?.removeEventListener('abort', cancel)
            reject(error)
          },
        }
        call.signal?.addEventListener('abort', cancel)
        worker.postMessage({ id, noun: call.noun, method: call.method, args: call.args } satisfies ToWorker)
      })
    },
    async end() {
      await worker.terminate()
    },
  }
}
