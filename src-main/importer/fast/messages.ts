import type { FastPlan, WorkerMemory } from './fastPlan.ts'

/** What a worker starts with. `control` holds the words of fastPlan.ts. */
export type FastSetup = {
  plan: FastPlan
  target: string
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  at: WorkerMemory
  control: SharedArrayBuffer
  key: [number, number]
}

/** A record that is not a row; `cells` is how many it has, `raw` its bytes (cut). */
export type FastReject = { line: number; offset: number; length: number; status: number; cells: number; raw: Uint8Array }

/** What a worker found: where its pages lie, what it saw, or why the file needs the careful path. */
export type FastWorkerResult = {
  declined: string | null
  /** Per run of pages: number of its first page (the lock-byte page not counted), how many pages, and the last row of each (0: no leaf). */
  runs: { base: number; keys: Float64Array }[]
  filled: number[]
  rejects: FastReject[]
  records: number
  firstTime: number | null
  lastTime: number | null
  timeless: number
  /** Milliseconds by stage, for measuring. */
  spent: Record<string, number>
}
