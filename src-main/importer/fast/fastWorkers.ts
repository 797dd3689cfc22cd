import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { FastAnswer, FastSetup, FastTask, FastWorkerResult } from './messages.ts'

/** The thread's entry: beside this file when run from source, beside the bundle after a build. */
const workerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./fastWorker.ts', import.meta.url)
  : new URL('./fastWorker.js', import.meta.url)

/** More workers than this only wait for the disk. */
const WORKERS_MAX = 4

/** Threads that get ready while the beginning of a file is looked at. */
export type FastWorkers = {
  count: number
  /** Lets them practise on cells like those that will come (practice.ts), until they have their part. */
  practise(cells: readonly string[]): void
  /** Gives a thread its part, once. */
  run(index: number, setup: FastSetup): Promise<FastWorkerResult>
  /** Ends threads that have nothing to do. */
  close(): void
}

export function startFastWorkers(count = Math.min(WORKERS_MAX, availableParallelism())): FastWorkers {
  const idle = new Map<number, Worker>()
  for (let index = 0; index < count; index++) {
    const worker = new Worker(workerUrl, {
      name: 'import',
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    })
    // Without work to do a thread does not keep the program alive.
    worker.unref()
    worker.on('error', () => idle.delete(index))
    idle.set(index, worker)
  }
  return {
    count,
    practise(cells) {
      for (const worker of idle.values()) worker.postMessage({ practise: cells } satisfies FastTask)
    },
    run(index, setup) {
      const worker = idle.get(index)
      idle.delete(index)
      return new Promise((resolve, reject) => {
        if (!worker) return reject(new Error('A worker of the import could not start.'))
        worker.ref()
        worker.once('message', (answer: FastAnswer) => {
          if ('result' in answer) resolve(answer.result)
          else reject(Object.assign(new Error(answer.message), answer.code === null ? {} : { code: answer.code }))
        })
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error('A worker of the import ended without an answer.')))
        worker.postMessage({ setup } satisfies FastTask)
      })
    },
    close() {
      for (const worker of idle.values()) void worker.terminate()
      idle.clear()
    },
  }
}
