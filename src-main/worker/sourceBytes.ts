import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { blockHash, place as placeOf } from '../sqlite/queries/rows.read.ts'

const BLOCK = 1_048_576
/** Larger records are shown from their beginning: text and hex, in bytes. */
const TEXT_MAX = 65_536
const HEX_MAX = 4_096

export type SourceBytes = {
  offset: number
  length: number
  text: string
  hex: string
  proof: 'matches' | 'differs' | 'source-missing' | 'not-recorded'
}

/**
 * Reads the bytes of one row from its source and proves them: the SHA-256 of every MiB the slice touches must be the one
 * taken at import. Never fails because of the source; `proof` says what is known.
 */
export async function sourceBytes(
  handle: DatasetHandle,
  row: number,
  path: string,
  encoding: string | null,
): Promise<SourceBytes | null> {
  const place = placeOf(handle, row)
  if (place === null) return null
  const first = Math.floor(place.offset / BLOCK)
  const last = Math.floor(Math.max(place.offset, place.offset + place.length - 1) / BLOCK)
  const blocks = await readRange(path, first * BLOCK, (last + 1) * BLOCK).catch(() => null)
  if (blocks === null) return { ...place, text: '', hex: '', proof: 'source-missing' }
  const slice = blocks.subarray(place.offset - first * BLOCK, place.offset - first * BLOCK + place.length)
  return {
    ...place,
    text: new TextDecoder(encoding ?? 'utf-8').decode(slice.subarray(0, TEXT_MAX)),
    hex: slice.subarray(0, HEX_MAX).toString('hex'),
    proof: slice.length < place.length ? 'differs' : prove(handle, blocks, first, last),
  }
}

function prove(
  handle: DatasetHandle,
  blocks: Buffer,
  first: number,
  last: number,
): 'matches' | 'differs' | 'not-recorded' {
  for (let n = first; n <= last; n++) {
    const block = blocks.subarray((n - first) * BLOCK, (n - first + 1) * BLOCK)
    const known = blockHash(handle, n)
    if (known === null) return 'not-recorded'
    if (!createHash('sha256').update(block).digest().equals(known)) return 'differs'
  }
  return 'matches'
}

/** Bytes from `start` up to `end` of the source as it was parsed: a gzip file is decompressed up to there. */
async function readRange(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const magic = Buffer.alloc(2)
    await file.read(magic, 0, 2, 0)
    if (magic[0] !== 0x1f || magic[1] !== 0x8b) {
      const bytes = Buffer.alloc(end - start)
      const { bytesRead } = await file.read(bytes, 0, end - start, start)
      return bytes.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
  const kept: Buffer[] = []
  let at = 0
  const stream = createReadStream(path).pipe(createGunzip())
  for await (const piece of stream) {
    const chunk: Buffer = piece
    if (at + chunk.length > start) kept.push(chunk.subarray(Math.max(0, start - at), Math.max(0, end - at)))
    at += chunk.length
    if (at >= end) break
  }
  return Buffer.concat(kept)
}
