import { parentPort } from 'node:worker_threads'
import type { FastAnswer, FastSetup, FastTask } from './messages.ts'
import { createPractice } from './practice.ts'
import { runSetup } from './runChunks.ts'

// The entry of a worker of the fast import. It waits for its part and may practise meanwhile, takes chunk after chunk until none
// is left, tells what it found, and ends.

const port = parentPort
if (!port) throw new Error('This file runs as a worker thread.')
const answer = (message: FastAnswer): void => port.postMessage(message)
let practising: NodeJS.Immediate | undefined

port.on('message', function take(task: FastTask) {
  clearImmediate(practising)
  if ('practise' in task) return practise(createPractice(task.practise))
  // With nothing more to wait for the thread ends after its answer.
  port.off('message', take)
  run(task.setup)
})

function practise(more: () => boolean): void {
  practising = setImmediate(() => {
    if (more()) practise(more)
  })
}

function run(setup: FastSetup): void {
  try {
    answer({ result: runSetup(setup) })
  } catch (error) {
    // Thrown errors lose their code on the way between threads.
    const code = error instanceof Error && 'code' in error ? String(error.code) : null
    answer({ code, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
