import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { BLOCK_BYTES as BLOCK } from '../importer/datasetFile.ts'
import { openSource } from '../importer/readSource.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { place as placeOf } from '../sqlite/queries/rows.read.ts'
import { blockDigest } from './sourceBlocks.ts'

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
 * Reads the bytes of one row from its source and proves them: the SHA-256 of every MiB the slice touches must be the known
 * one (sourceBlocks.ts); 'differs': the source as a whole is another; null: nothing is known of it. Never fails because of the source; `proof` says what is known.
 */
export async function sourceBytes(
  handle: DatasetHandle,
  row: number,
  path: string,
  encoding: string | null,
  member: string | null,
  known: Uint8Array | 'differs' | null,
): Promise<SourceBytes | null> {
  const place = placeOf(handle, row)
  if (place === null) return null
  const first = Math.floor(place.offset / BLOCK)
  const last = Math.floor(Math.max(place.offset, place.offset + place.length - 1) / BLOCK)
  const blocks = await readRange(path, member, first * BLOCK, (last + 1) * BLOCK).catch(() => null)
  if (blocks === null) return { ...place, text: '', hex: '', proof: 'source-missing' }
  const slice = blocks.subarray(place.offset - first * BLOCK, place.offset - first * BLOCK + place.length)
  return {
    ...place,
    text: new TextDecoder(encoding ?? 'utf-8').decode(slice.subarray(0, TEXT_MAX)),
    hex: slice.subarray(0, HEX_MAX).toString('hex'),
    proof: slice.length < place.length ? 'differs' : prove(known, blocks, first, last),
  }
}

function prove(
  known: Uint8Array | 'differs' | null,
  blocks: Buffer,
  first: number,
  last: number,
): 'matches' | 'differs' | 'not-recorded' {
  if (known === null) return 'not-recorded'
  if (known === 'differs') return 'differs'
  for (let n = first; n <= last; n++) {
    const block = blocks.subarray((n - first) * BLOCK, (n - first + 1) * BLOCK)
    const digest = blockDigest(known, n)
    if (!digest || !createHash('sha256').update(block).digest().equals(digest)) return 'differs'
  }
  return 'matches'
}

/** Bytes from `start` up to `end` of the source as it was parsed: what is packed is unpacked up to there. */
async function readRange(path: string, member: string | null, start: number, end: number): Promise<Buffer> {
  const source = await openSource(path, { hash: false, member })
  try {
    if (!source.packed) return await readPlain(path, start, end)
    const kept: Buffer[] = []
    for (let at = 0; at < end;) {
      const block = await source.next()
      // What is cut off holds nothing that could be proved.
      if (block === null && source.warning() !== null) throw new Error('The packed data end too early.')
      if (block === null) break
      if (at + block.length > start)
        kept.push(Buffer.from(block.subarray(Math.max(0, start - at), Math.max(0, end - at))))
      at += block.length
    }
    return Buffer.concat(kept)
  } finally {
    await source.close()
  }
}

async function readPlain(path: string, start: number, end: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const bytes = Buffer.alloc(end - start)
    const { bytesRead } = await file.read(bytes, 0, end - start, start)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
