import { createHash } from 'node:crypto'
import { crc32, createDeflateRaw } from 'node:zlib'
import { through } from './drained.ts'
import { centralHeader, DEFLATED, descriptor, localHeader, STORED, tail, type Entry } from './zipLayout.ts'

/** Fast rather than small: texts of logs shrink to a tenth either way. */
const LEVEL = 2
/** Bytes handed on at a time. */
const PIECE = 64 * 1024

export type Written = { size: number; packed: number; sha256: string }
export type ZipWriter = {
  /** Writes one part. `packed` false: stored as it is, for what is packed already. */
  add(name: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, packed?: boolean): Promise<Written>
  /** Writes the directory; nothing may be added any more. */
  end(): Promise<void>
}

/** Writes a case file front to back, never looking back, so that it can be encrypted on its way. */
export function createZipWriter(write: (bytes: Uint8Array) => Promise<void>, level = LEVEL): ZipWriter {
  const entries: Entry[] = []
  let at = 0
  const put = async (bytes: Uint8Array): Promise<void> => {
    at += bytes.length
    await write(bytes)
  }

  return {
    async add(name, pieces, packed = true) {
      const offset = at
      const method = packed ? DEFLATED : STORED
      await put(localHeader(name, method))
      const begin = at
      const hash = createHash('sha256')
      let [size, crc] = [0, 0]
      const seen = async function* (): AsyncGenerator<Uint8Array> {
        for await (const piece of pieces) {
          size += piece.length
          crc = crc32(piece, crc)
          hash.update(piece)
          yield piece
        }
      }
      const out = packed ? through(seen(), createDeflateRaw({ level, chunkSize: PIECE })) : seen()
      for await (const piece of out) await put(piece)
      const entry = { name, method, crc, packed: at - begin, size, offset }
      await put(descriptor(entry))
      entries.push(entry)
      return { size, packed: entry.packed, sha256: hash.digest('hex') }
    },
    async end() {
      const offset = at
      for (const entry of entries) await put(centralHeader(entry))
      await put(tail(entries.length, at - offset, offset))
    },
  }
}
