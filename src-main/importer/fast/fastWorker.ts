import { parentPort } from 'node:worker_threads'
import type { FastSetup } from './messages.ts'
import { runSetup } from './runChunks.ts'

// The entry of a worker of the fast import. It waits for its part, takes chunk after chunk until none is left, tells what it
// found, and ends.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
port.once('message', (setup: FastSetup) => port.postMessage(runSetup(setup)))
