import { createEngine, type Engine } from '../../segments/engine.ts'
import type { ManyCodes } from '../../segments/manyCodes.ts'

/** Bytes of segments that a thread keeps ready; beyond, all are read again when asked for. */
const CACHE_BYTES = 48 << 20
/** Bytes of codes that were made of pages, 4 to 8 a row and column; those not asked for longest go first, the newest stays. */
const MANY_BYTES_MAX = 64 << 20

/** The engine of a thread, with the segments it has ready. */
export type SegmentCache = {
  engine: Engine
  /** Addresses of several segments, all ready at once. `read` brings the data of a missing one. */
  ready(keys: readonly string[], read: (key: string) => Uint8Array): number[]
  /** Codes of a column, made by `make` where they are not kept. */
  many(key: string, make: () => ManyCodes | null): ManyCodes | null
  /** Whether they are. */
  knows(key: string): boolean
}

/** Made when the first question needs it. */
export function createSegmentCache(): SegmentCache {
  const engine = createEngine(CACHE_BYTES)
  const places = new Map<string, number>()
  const end = engine.at.rest + CACHE_BYTES
  let free = engine.at.rest

  function place(key: string, read: (key: string) => Uint8Array): number {
    const known = places.get(key)
    if (known !== undefined) return known
    const data = read(key)
    if (free + data.length + 64 > end) {
      places.clear()
      free = engine.at.rest
    }
    if (data.length + 64 > CACHE_BYTES) throw new RangeError('A segment is too long.')
    const at = free
    engine.bytes.set(data, at)
    places.set(key, at)
    free = Math.ceil((at + data.length + 64) / 16) * 16
    return at
  }
  const made = new Map<string, ManyCodes | null>()
  const bytesOf = (codes: ManyCodes | null): number =>
    codes === null ? 0 : codes.codes.byteLength + codes.firsts.byteLength + (codes.ranks?.byteLength ?? 0)

  return {
    engine,
    many(key, make) {
      const known = made.get(key)
      const codes = known === undefined ? make() : known
      made.delete(key)
      made.set(key, codes)
      let bytes = [...made.values()].reduce((sum, one) => sum + bytesOf(one), 0)
      for (const [oldest, one] of made) {
        if (bytes <= MANY_BYTES_MAX || oldest === key) break
        made.delete(oldest)
        bytes -= bytesOf(one)
      }
      return codes
    },
    knows: (key) => made.has(key),
    ready(keys, read) {
      for (const key of keys) place(key, read)
      // A late one may have sent the early ones away; few are asked for at a time.
      for (const key of keys) place(key, read)
      return keys.map((key) => place(key, read))
    },
  }
}
