import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

// Loads next to nothing: the thread that runs it begins while all others still load the importer.

export type HashSetup = { path: string; control: SharedArrayBuffer }
/** SHA-256 of a file in hex; its size in bytes and its time of change in milliseconds when it was opened. */
export type SourceHash = { sha256: string; size: number; changed: number }
/** What the thread sends back: the hash (null where it was stopped or the file became shorter), or what went wrong. */
export type HashAnswer = { hash: SourceHash | null } | { code: string | null; message: string }

/** Words of the block shared with the thread. */
export const WORD = { paused: 0, stop: 1 } as const
/** Read at a time, in bytes. */
const BLOCK = 1024 * 1024

/** Hashes a file, waits while it is paused. */
export function hashSource(path: string, shared: SharedArrayBuffer | null = null): SourceHash | null {
  const control = shared && new Int32Array(shared)
  const whole = createHash('sha256')
  const block = Buffer.allocUnsafeSlow(BLOCK)
  const fd = openSync(path, 'r')
  try {
    const { size, mtimeMs: changed } = fstatSync(fd)
    for (let n = 0; n * BLOCK < size; n++) {
      if (control) {
        while (Atomics.load(control, WORD.paused) === 1) Atomics.wait(control, WORD.paused, 1)
        if (Atomics.load(control, WORD.stop) === 1) return null
      }
      const length = Math.min(BLOCK, size - n * BLOCK)
      if (readSync(fd, block, 0, length, n * BLOCK) !== length) return null
      whole.update(block.subarray(0, length))
    }
    return { sha256: whole.digest('hex'), size, changed }
  } finally {
    closeSync(fd)
  }
}
