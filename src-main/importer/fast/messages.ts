import type { HostEntry } from '../hostCollector.ts'
import type { ColumnFinds } from './decideTexts.ts'
import type { Stretches } from './minutes.ts'
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

/** What a worker is sent: cells to practise on, as often as wished, then its part. */
export type FastTask = { practise: readonly string[] } | { setup: FastSetup }

/** A record that is not a row: too few or too many cells, or bytes that are not UTF-8. */
export type FastReject = { line: number; offset: number; length: number; why: 'width' | 'bytes'; cells: number }

/** What a worker found: where its pages lie, what it saw, or why the file needs the careful path. */
export type FastWorkerResult = {
  declined: string | null
  /** Per run of pages: number of its first page (the lock-byte page not counted) and the last row of each (0: no leaf). */
  runs: { base: number; keys: Float64Array }[]
  filled: number[]
  rejects: FastReject[]
  rows: number
  /** Bytes above 127 were seen; the escape of ISO-2022-JP was seen. */
  high: boolean
  escape: boolean
  firstTime: number | null
  lastTime: number | null
  timeless: number
  minutes: Stretches
  hosts: HostEntry[]
  finds: ColumnFinds[]
  /** Distinct indicators; their sorted list lies at `sorted`, the start of each type in the worker's buffer `scratch`. */
  iocs: number
  sorted: number
  /** Milliseconds by stage, for measuring. */
  spent: Record<string, number>
}

/** What a worker sends back: what it found, or what went wrong. */
export type FastAnswer = { result: FastWorkerResult } | { code: string | null; message: string }
