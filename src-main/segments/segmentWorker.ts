import { parentPort } from 'node:worker_threads'
import { buildSegments } from './buildSegments.ts'
import { CREDIT, type FromSegmentWorker, type SegmentWork } from './segmentMessages.ts'

// The entry of the thread that makes the segments of a dataset file. It waits for its work, sends each segment as it is made,
// waits while too many are on their way, and ends.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const tell = (message: FromSegmentWorker, data?: Uint8Array<ArrayBuffer>): void =>
  port.postMessage(message, data ? [data.buffer] : [])

function make({ source, credit }: SegmentWork): void {
  const words = new Int32Array(credit)
  const stopped = (): boolean => Atomics.load(words, CREDIT.stop) !== 0
  const send = (message: FromSegmentWorker, data: Uint8Array<ArrayBuffer>): void => {
    while (!stopped() && Atomics.load(words, CREDIT.underway) > CREDIT.most)
      Atomics.wait(words, CREDIT.underway, Atomics.load(words, CREDIT.underway), 20)
    Atomics.add(words, CREDIT.underway, data.length)
    tell(message, data)
  }
  buildSegments(
    source,
    {
      segment: (column, n, kind, data) => send({ t: 'segment', column, n, kind, data }, data),
      values: (column, data) => send({ t: 'values', column, data }, data),
      drop: (column) => tell({ t: 'drop', column }),
    },
    () => {
      if (stopped()) throw new Error('Stopped.')
    },
  )
}

port.once('message', (work: SegmentWork) => {
  try {
    make(work)
    tell({ t: 'done' })
  } catch (error) {
    tell({ t: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
})
