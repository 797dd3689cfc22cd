import type { Failure } from '#contract/failure'

/** What a thread is for: `writer` owns the workspace, `reader` answers questions, `task` imports and analyzes. */
export type Role = 'writer' | 'reader' | 'task'

export type WorkerSetup = {
  role: Role
  workspace: string
  datasets: string
  backups: string
  /** One Int32: the number of the call to stop. */
  stop: SharedArrayBuffer
}

export type ToWorker = { id: number; noun: string; method: string; args: unknown[] }

export type FromWorker =
  | { t: 'ready' }
  | { t: 'progress'; id: number; state: unknown }
  /** A dataset has no segments, or some that are not to be believed. */
  | { t: 'unprepared'; dataset: string }
  | { t: 'value'; id: number; value: unknown }
  /** `stack` is for the log; it never crosses the wire. */
  | { t: 'failure'; id: number; failure: Failure; stack: string | null }
