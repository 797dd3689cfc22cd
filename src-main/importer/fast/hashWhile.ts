import { createHash, hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { BLOCK_BYTES } from '../blockHasher.ts'
import type { FastRun } from './fastRun.ts'

export type SourceHashes = { sha256: string; blocks: Buffer[] }

/** Between two looks at a run while nothing else is to be done, in milliseconds. */
const LOOK_MS = 40
/** Blocks hashed between two looks. */
const BLOCKS_AT_ONCE = 8

/**
 * Takes the SHA-256 of a file and of each of its blocks while a run goes on, and waits for its end; `look` is called all the
 * while and may throw. Null where the run ended before its time or the file is not as long as it was.
 */
export async function hashWhile(
  run: FastRun,
  path: string,
  size: number,
  look: () => void,
): Promise<SourceHashes | null> {
  const whole = createHash('sha256')
  const blocks: Buffer[] = []
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES)
  const fd = openSync(path, 'r')
  try {
    for (let at = 0; at < size; at += BLOCK_BYTES) {
      const length = Math.min(BLOCK_BYTES, size - at)
      if (readSync(fd, block, 0, length, at) !== length) return null
      const bytes = block.subarray(0, length)
      whole.update(bytes)
      blocks.push(hash('sha256', bytes, 'buffer'))
      if (blocks.length % BLOCKS_AT_ONCE !== 0) continue
      look()
      await nextTurn()
      if (run.state().stopped) return null
    }
  } finally {
    closeSync(fd)
  }
  let ended = false
  const end = run.done.then(
    () => (ended = true),
    () => (ended = true),
  )
  while (!ended) {
    look()
    await Promise.race([end, pause(LOOK_MS)])
  }
  return { sha256: whole.digest('hex'), blocks }
}
