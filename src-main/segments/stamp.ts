import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Bytes that are looked at in so many places of the file, evenly spread; the first is the page that SQLite counts changes on. */
const SAMPLE_BYTES = 16_384
const SAMPLES = 17

/**
 * What tells a dataset file from every other one: what it says of itself (`meta`: its table of that name, which names the source,
 * how it is read and each rewriting), its size and samples of its pages. Reading all of it would take longer than most questions.
 */
export function stampOf(path: string, meta: string): Buffer {
  const fd = openSync(path, 'r')
  try {
    const { size } = fstatSync(fd)
    const hash = createHash('sha256').update(`${size}\n${meta}\n`)
    const sample = Buffer.alloc(SAMPLE_BYTES)
    for (let n = 0; n < SAMPLES; n++) {
      const position = Math.floor(((size / SAMPLE_BYTES) * n) / SAMPLES) * SAMPLE_BYTES
      hash.update(sample.subarray(0, readSync(fd, sample, 0, SAMPLE_BYTES, position)))
    }
    return hash.digest()
  } finally {
    closeSync(fd)
  }
}
