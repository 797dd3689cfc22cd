import { statSync } from 'node:fs'
import { keptBeginning } from '../knownBeginning.ts'
import { freeMemory } from '../freeMemory.ts'
import { LARGE } from './importFast.ts'
import { startFastWorkers, type FastWorkers } from './fastWorkers.ts'
import { warmFastModule } from './fastModule.ts'
import { practiceCells } from './practice.ts'
import { startSourceHasher, type SourceHasher } from './sourceHasher.ts'

/** Files from this size on are worth the threads of the fast import, in bytes. */
export const FAST_FROM = 1024 * 1024

/** `tidied`: memory was given back when they were started. */
export type FastThreads = { workers: FastWorkers; hasher: SourceHasher; tidied: boolean }

let ready: FastThreads | null = null

/**
 * Starts the threads of a fast import of a file, where it is large enough, and compiles their code, in the thread that will soon be
 * asked for it: while a person looks at the preview. They end with it.
 */
export function prepareFastImport(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size < FAST_FROM) return
  if (!ready) {
    ready = startThreads()
    warmFastModule()
  }
  const beginning = keptBeginning()
  if (beginning) ready.workers.practise(practiceCells(beginning))
  if (size < LARGE) return
  freeMemory()
  ready.tidied = true
}

/** Threads for an import: those that are ready, else new ones. */
export function takeFastThreads(): FastThreads {
  const threads = ready ?? startThreads()
  ready = null
  return threads
}

function startThreads(): FastThreads {
  // It has the least to load, and begins first where an import waits for them.
  const hasher = startSourceHasher()
  return { hasher, workers: startFastWorkers(), tidied: false }
}
