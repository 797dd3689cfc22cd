import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { DIGEST_BYTES, hashSource, WORD, type HashAnswer, type HashSetup } from './hashSource.ts'

/** The thread's entry: beside this file when run from source, beside the bundle after a build. */
const hashWorkerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./hashWorker.ts', import.meta.url)
  : new URL('./hashWorker.js', import.meta.url)

/** SHA-256 of a file in hex and of each of its blocks; size and time of change are those when it was opened. */
export type SourceHashes = { sha256: string; blocks: Buffer[]; size: number; changed: number }

/** A thread that hashes a source from the moment its import begins: first while it is looked at, then in the pauses of the workers. */
export type SourceHasher = {
  /** Leaves the processors to others where there are no more of them than `workers`. */
  pauseFor(workers: number): void
  resume(): void
  /** Null where the file ended before its time. */
  done: Promise<SourceHashes | null>
  /** Ends it soon. */
  close(): void
}

/** Starts the thread. It holds a MiB of the file and nothing else. */
export function startSourceHasher(path: string): SourceHasher {
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
  const done = new Promise<SourceHashes | null>((resolve, reject) => {
    worker.once('message', (answer: HashAnswer) => {
      if ('hashes' in answer) resolve(answer.hashes && { ...answer.hashes, blocks: split(answer.hashes.blocks) })
      else reject(Object.assign(new Error(answer.message), answer.code === null ? {} : { code: answer.code }))
    })
    worker.once('error', reject)
    worker.once('exit', () => resolve(null))
  })
  // Who closes it early asks for nothing any more.
  done.catch(() => undefined)
  worker.postMessage({ path, control: shared } satisfies HashSetup)
  return {
    pauseFor(workers) {
      if (workers >= availableParallelism()) Atomics.store(control, WORD.paused, 1)
    },
    resume,
    done,
    close() {
      Atomics.store(control, WORD.stop, 1)
      resume()
    },
  }
}

/** Hashes in this thread, for imports without any others. */
export function hashHere(path: string): SourceHashes | null {
  const hashes = hashSource(path)
  return hashes && { ...hashes, blocks: split(hashes.blocks) }
}

const split = (blocks: Uint8Array): Buffer[] =>
  Array.from({ length: blocks.length / DIGEST_BYTES }, (_, n) =>
    Buffer.from(blocks.subarray(n * DIGEST_BYTES, (n + 1) * DIGEST_BYTES)),
  )
