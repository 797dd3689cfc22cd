import { Worker } from 'node:worker_threads'
import { AppError } from '#contract/appError'
import { buildSegments, type SegmentSink, type SegmentSource } from './buildSegments.ts'
import { CREDIT, type FromSegmentWorker, type SegmentWork } from './segmentMessages.ts'

/** The thread's entry: beside this file when run from source, beside the bundle after a build. */
const workerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./segmentWorker.ts', import.meta.url)
  : new URL('./segmentWorker.js', import.meta.url)

/** Fewer cells are told in the time that a thread takes to start. */
const CELLS_FOR_THREAD = 1_000_000

/** Segments that are being made. */
export type SegmentRun = {
  /** Hands over what is made until all is; `goOn` is asked in between and may throw. AppError 'dataset-damaged'. */
  finish(sink: SegmentSink, goOn: () => void): Promise<void>
  /** Ends the thread; safe to call at any time. */
  stop(): void
}

/** Begins to make the segments of a dataset file whose row pages are written (see buildSegments), in a thread of their own. */
export function startSegments(source: SegmentSource): SegmentRun {
  if (source.rows * source.columns.length < CELLS_FOR_THREAD) {
    return {
      // A throw becomes a rejection, as in the other case.
      finish: (sink, goOn) => Promise.resolve().then(() => buildSegments(source, sink, goOn)),
      stop: () => undefined,
    }
  }
  const credit = new SharedArrayBuffer(8)
  const words = new Int32Array(credit)
  const worker = new Worker(workerUrl, {
    name: 'segments',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  })
  worker.postMessage({ source, credit } satisfies SegmentWork)
  const stop = (): void => {
    Atomics.store(words, CREDIT.stop, 1)
    void worker.terminate()
  }
  // What it says before anybody asks is kept; what goes wrong before must not end the program.
  const messages: FromSegmentWorker[] = []
  let failure: Error | null = null
  let heard = (): void => undefined
  worker.on('message', (message: FromSegmentWorker) => {
    messages.push(message)
    heard()
  })
  worker.on('error', (error: Error) => {
    failure = error
    heard()
  })
  return {
    async finish(sink, goOn) {
      try {
        await new Promise<void>((resolve, reject) => {
          heard = () => {
            try {
              goOn()
              if (failure) throw failure
              for (let next = messages.shift(); next; next = messages.shift()) if (take(next, sink, words)) resolve()
            } catch (error) {
              reject(error instanceof Error ? error : new Error(String(error)))
            }
          }
          heard()
        })
      } finally {
        stop()
      }
    },
    stop,
  }
}

/** True once the thread is done. */
function take(message: FromSegmentWorker, sink: SegmentSink, words: Int32Array): boolean {
  switch (message.t) {
    case 'segment':
      sink.segment(message.column, message.n, message.kind, message.data)
      break
    case 'values':
      sink.values(message.column, message.data)
      break
    case 'drop':
      sink.drop(message.column)
      return false
    case 'failed':
      throw new AppError('internal', message.message)
    case 'done':
      return true
  }
  Atomics.sub(words, CREDIT.underway, message.data.length)
  Atomics.notify(words, CREDIT.underway)
  return false
}
