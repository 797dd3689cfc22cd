import { stat } from 'node:fs/promises'
import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'

/** Digests of the blocks of a source; `differs`: it is no longer the file that was imported. Null: nothing can be proved. */
export type SourceProof = Uint8Array | 'differs' | null

/** Sources that were found to be others than were imported, by where they lie, as they were then; the oldest go first. */
const DIFFERENT_MAX = 1_000
const different = new Map<string, string>()

/** Size and times of a file: while they are the same, so is what was found out about it. Null where it cannot be read. */
const stateOf = async (path: string): Promise<string | null> =>
  stat(path).then(
    ({ size, mtimeMs, ctimeMs, ino }) => `${size} ${mtimeMs} ${ctimeMs} ${ino}`,
    () => null,
  )

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
  const key = `${dataset.sha256} ${source.member ?? ''} ${source.path}`
  const state = await stateOf(source.path)
  if (state !== null && different.get(key) === state) return 'differs'
  try {
    const blocks = await store.task({ signal }).evidence.blocks(source.path, source.member, dataset.sha256)
    if (!blocks) {
      if (state !== null) different.set(key, state)
      for (const oldest of different.keys()) {
        if (different.size <= DIFFERENT_MAX) break
        different.delete(oldest)
      }
      return 'differs'
    }
    await store.write.datasets.keepBlocks(dataset.id, blocks)
    return blocks
  } catch (error) {
    if (error instanceof AppError && (error.code === 'cancelled' || error.code === 'unavailable')) throw error
    // The source is gone or cannot be read: whoever asks for its bytes finds that out as well, and says so.
    return null
  }
}
