import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import type { WorkspaceFolders } from './workspaceFolders.ts'

/** Removes the files of datasets that no hunt knows any more, with the sources that were kept for them. */
export function createDiscardFiles(
  store: Store,
  folders: WorkspaceFolders,
  log: Ports['log'],
  /** What is made beside the file of a dataset: where it stands, and what ends its making. */
  beside: { segmentsOf(id: string): string; stop(ids: readonly string[]): Promise<void> },
): (ids: readonly string[]) => Promise<void> {
  return async (ids) => {
    await beside.stop(ids)
    for (const id of ids) {
      await store.closeDataset(id)
      // A task thread may still hold the file for a moment; where that forbids it to go, the next start removes it.
      const retry = { force: true, maxRetries: 5, retryDelay: 100 }
      for (const path of [join(folders.datasets, `${id}.db`), beside.segmentsOf(id), join(folders.sources, id)])
        await rm(path, retry).catch((error: unknown) => log('warn', `${path} could not be removed`, error))
    }
  }
}
