import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'

/** Digests of the blocks of a source; `differs`: it is no longer the file that was imported. Null: nothing can be proved. */
export type SourceProof = Uint8Array | 'differs' | null

/**
 * What proves slices of the source of a dataset. The digests are taken once, in one reading of the whole source that must
 * still have the SHA-256 of the import, and kept in the workspace. AppError 'cancelled'.
 */
export async function sourceProof(
  store: Store,
  dataset: Pick<Dataset, 'id' | 'sha256'>,
  signal?: AbortSignal,
): Promise<SourceProof> {
  const known = await store.read().datasets.blocks(dataset.id)
  if (known) return known
  const source = await store.read().datasets.source(dataset.id)
  if (!source || dataset.sha256 === null) return null
  try {
    const blocks = await store.task({ signal }).evidence.blocks(source.path, source.member, dataset.sha256)
    if (!blocks) return 'differs'
    await store.write.datasets.keepBlocks(dataset.id, blocks)
    return blocks
  } catch (error) {
    if (error instanceof AppError && (error.code === 'cancelled' || error.code === 'unavailable')) throw error
    // The source is gone or cannot be read: whoever asks for its bytes finds that out as well, and says so.
    return null
  }
}
