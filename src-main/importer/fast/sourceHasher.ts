import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { WORD, type HashAnswer, type HashSetup, type SourceHash } from './hashSource.ts'

/** The thread's entry: beside this file when run from source, beside the bundle after a build. */
const hashWorkerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./hashWorker.ts', import.meta.url)
  : new URL('./hashWorker.js', import.meta.url)

/** A thread that hashes a source from the moment its import begins: first while it is looked at, then in the pauses of the workers. */
export type SourceHasher = {
  /** Gives it the file, once. */
  begin(path: string): void
  /** Leaves the processors to others where there are no more of them than `workers`. */
  pauseFor(workers: number): void
  resume(): void
  /** Null where the file ended before its time. */
  done: Promise<SourceHash | null>
  /** Ends it soon. */
  close(): void
}

/** Starts the thread. It holds a MiB of the file and nothing else. */
export function startSourceHasher(): SourceHasher {
  const shared = new SharedArrayBuffer(8)
  const control = new Int32Array(shared)
  const worker = new Worker(hashWorkerUrl, {
    name: 'hash',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  })
  const resume = (): void => {
    Atomics.store(control, WORD.paused, 0)
    Atomics.notify(control, WORD.paused)
  }
  const done = new Promise<SourceHash | null>((resolve, reject) => {
    worker.once('message', (answer: HashAnswer) => {
      if ('hash' in answer) resolve(answer.hash)
      else reject(Object.assign(new Error(answer.message), answer.code === null ? {} : { code: answer.code }))
    })
    worker.once('error', reject)
    worker.once('exit', () => resolve(null))
  })
  // Without a file it does not keep the program alive.
  worker.unref()
  // Who closes it early asks for nothing any more.
  done.catch(() => undefined)
  let begun = false
  return {
    begin(path) {
      begun = true
      worker.ref()
      worker.postMessage({ path, control: shared } satisfies HashSetup)
    },
    pauseFor(workers) {
      if (workers >= availableParallelism()) Atomics.store(control, WORD.paused, 1)
    },
    resume,
    done,
    close() {
      Atomics.store(control, WORD.stop, 1)
      resume()
      if (!begun) void worker.terminate()
    },
  }
}
