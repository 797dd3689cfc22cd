import { parentPort } from 'node:worker_threads'
import type { FastAnswer, FastSetup } from './messages.ts'
import { runSetup } from './runChunks.ts'

// The entry of a worker of the fast import. It waits for its part, takes chunk after chunk until none is left, tells what it
// found, and ends.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const answer = (message: FastAnswer): void => port.postMessage(message)
port.once('message', (setup: FastSetup) => {
  try {
    answer({ result: runSetup(setup) })
  } catch (error) {
    // Thrown errors lose their code on the way between threads.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    answer({ code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
