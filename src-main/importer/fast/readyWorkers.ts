import { statSync } from 'node:fs'
import { startFastWorkers, type FastWorkers } from './fastWorkers.ts'
import { warmFastModule } from './fastModule.ts'

/** Files from this size on are worth the threads of the fast import, in bytes. */
export const FAST_FROM = 1024 * 1024

let ready: FastWorkers | null = null

/**
 * Starts the threads of a fast import of a file, where it is large enough, and compiles their code, in the thread that will soon be
 * asked for it: while a person looks at the preview. They end with it.
 */
export function prepareFastImport(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (ready || size < FAST_FROM) return
  ready = startFastWorkers()
  warmFastModule()
}

/** Threads for an import: those that are ready, else new ones. */
export function takeFastWorkers(): FastWorkers {
  const workers = ready ?? startFastWorkers()
  ready = null
  return workers
}
