import { createHash } from 'node:crypto'
import { AppError } from '#contract/appError'
import { BLOCK_BYTES, DIGEST_BYTES } from '../importer/datasetFile.ts'
import { openSource } from '../importer/readSource.ts'

/**
 * SHA-256 of each MiB of a source (after decompression), 32 bytes each, one behind the other: with them a slice is proved by
 * reading a MiB or two. Null when the source as a whole is no longer the one whose SHA-256 is given, in hex: then they would
 * prove nothing. AppError 'cancelled' and as openSource.
 */
export async function sourceBlocks(
  path: string,
  member: string | null,
  sha256: string,
  cancelled: () => boolean,
): Promise<Uint8Array | null> {
  const source = await openSource(path, { hash: true, member })
  try {
    const digests: Buffer[] = []
    let block = createHash('sha256')
    let room = BLOCK_BYTES
    const end = (): void => {
      digests.push(block.digest())
      block = createHash('sha256')
      room = BLOCK_BYTES
    }
    for (let bytes = await source.next(); bytes !== null; bytes = await source.next()) {
      if (cancelled()) throw new AppError('cancelled', 'Cancelled.')
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + room)
        block.update(part)
        at += part.length
        room -= part.length
        if (room === 0) end()
      }
    }
    if (room < BLOCK_BYTES) end()
    return (await source.sha256()) === sha256 ? new Uint8Array(Buffer.concat(digests)) : null
  } finally {
    await source.close()
  }
}

/** The digest of block `n`, from 0; undefined behind the last one. */
export const blockDigest = (blocks: Uint8Array, n: number): Uint8Array | undefined =>
  (n + 1) * DIGEST_BYTES <= blocks.length ? blocks.subarray(n * DIGEST_BYTES, (n + 1) * DIGEST_BYTES) : undefined
