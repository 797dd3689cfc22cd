import { parentPort, workerData } from 'node:worker_threads'
import type { FastSetup } from './messages.ts'
import { runSetup } from './runChunks.ts'

// The entry of a worker of the fast import. It takes chunk after chunk until none is left, and then tells what it found.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
// fastRun.ts starts this file and nobody else does.
const setup = workerData as FastSetup
port.postMessage(runSetup(setup))
