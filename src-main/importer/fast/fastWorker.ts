import { closeSync, openSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { FastSetup, FastWorkerResult } from './messages.ts'
import { runChunks } from './runChunks.ts'

// The entry of a worker of the fast import. It takes chunk after chunk until none is left, and then tells what it found.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
// importFast starts this file and nobody else does.
const setup = workerData as FastSetup
const source = openSync(setup.plan.path, 'r')
const target = openSync(setup.target, 'r+')
try {
  const result: FastWorkerResult = runChunks(setup, source, target)
  port.postMessage(result)
} finally {
  closeSync(source)
  closeSync(target)
}
