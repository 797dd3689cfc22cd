import { createHash, hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { BLOCK_BYTES } from '../blockHasher.ts'

// Loads next to nothing: the thread that runs it begins while all others still load the importer.

export type HashSetup = { path: string; control: SharedArrayBuffer }
/** What a file hashes to; the blocks stand one behind the other. Size, in bytes, and time of change, in milliseconds, when it was opened. */
export type FlatHashes = { sha256: string; blocks: Uint8Array; size: number; changed: number }
/** What the thread sends back: hashes (null where it was stopped or the file became shorter), or what went wrong. */
export type HashAnswer = { hashes: FlatHashes | null } | { code: string | null; message: string }

/** Words of the block shared with the thread. */
export const WORD = { paused: 0, stop: 1 } as const
export const DIGEST_BYTES = 32

/** Hashes a file and each of its blocks, waits while it is paused. */
export function hashSource(path: string, shared: SharedArrayBuffer | null = null): FlatHashes | null {
  const control = shared && new Int32Array(shared)
  const whole = createHash('sha256')
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  const fd = openSync(path, 'r')
  try {
    const { size, mtimeMs: changed } = fstatSync(fd)
    const blocks = new Uint8Array(Math.ceil(size / BLOCK_BYTES) * DIGEST_BYTES)
    for (let n = 0; n * BLOCK_BYTES < size; n++) {
      if (control) {
        while (Atomics.load(control, WORD.paused) === 1) Atomics.wait(control, WORD.paused, 1)
        if (Atomics.load(control, WORD.stop) === 1) return null
      }
      const length = Math.min(BLOCK_BYTES, size - n * BLOCK_BYTES)
      if (readSync(fd, block, 0, length, n * BLOCK_BYTES) !== length) return null
      const bytes = block.subarray(0, length)
      whole.update(bytes)
      blocks.set(hash('sha256', bytes, 'buffer'), n * DIGEST_BYTES)
    }
    return { sha256: whole.digest('hex'), blocks, size, changed }
  } finally {
    closeSync(fd)
  }
}

