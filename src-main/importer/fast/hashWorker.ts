import { parentPort } from 'node:worker_threads'
import { hashSource, type HashAnswer, type HashSetup } from './hashSource.ts'

// The entry of the thread that hashes the source of a fast import. It waits for its file, tells its hash, and ends.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const answer = (message: HashAnswer): void => port.postMessage(message)
port.once('message', ({ path, control }: HashSetup) => {
  try {
    answer({ hash: hashSource(path, control) })
  } catch (error) {
    // Thrown errors lose their code on the way between threads.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    answer({ code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
