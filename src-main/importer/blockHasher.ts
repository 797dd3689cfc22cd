import { webcrypto } from 'node:crypto'

/** The dataset file keeps a SHA-256 for each so many bytes of the source. */
export const BLOCK_BYTES = 1024 * 1024
/** Blocks hashed at the same time; more would only hold memory. */
const AT_ONCE = 4

/** Hashes the source in blocks of BLOCK_BYTES on other threads. `done` is called in the order of the blocks. */
export function createBlockHasher(done: (n: number, sha256: Uint8Array) => void): {
  push(bytes: Buffer): Promise<void>
  end(): Promise<void>
} {
  let gathered: Buffer[] = []
  let size = 0
  let n = 0
  const running: { n: number; hash: Promise<ArrayBuffer> }[] = []
  const settle = async (): Promise<void> => {
    const first = running.shift()
    if (first) done(first.n, new Uint8Array(await first.hash))
  }
  const begin = async (): Promise<void> => {
    const joined = gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered)
    running.push({ n: n++, hash: webcrypto.subtle.digest('SHA-256', joined) })
    gathered = []
    size = 0
    if (running.length >= AT_ONCE) await settle()
  }
  return {
    async push(bytes) {
      for (let from = 0; from < bytes.length;) {
        const part = bytes.subarray(from, from + BLOCK_BYTES - size)
        // A part that waits for the rest of its block is copied: the memory it came in is used again.
        gathered.push(part.length === BLOCK_BYTES ? part : Buffer.from(part))
        size += part.length
        from += part.length
        if (size === BLOCK_BYTES) await begin()
      }
    },
    async end() {
      if (size > 0) await begin()
      while (running.length > 0) await settle()
    },
  }
}
