import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import { sweep, type WorkspaceFolders } from './workspaceFolders.ts'

/** At start: imports that a crash interrupted are marked as failed, and whatever file they left is removed. Nothing else is touched. */
export async function recover(store: Store, folders: WorkspaceFolders, ports: Pick<Ports, 'log'>): Promise<void> {
  const interrupted = await store.write.datasets.failInterrupted({
    code: 'cancelled',
    message: 'The program ended during this import. Import the file again.',
  })
  // A dataset file that may have been replaced says itself how it is read.
  for (const id of await store.read().datasets.rewriting()) {
    const { result, reading } = await store.read().rows.importResult(id)
    await store.write.datasets.finish(id, result, (await stat(join(folders.datasets, `${id}.db`))).size, Date.now())
    await store.write.datasets.setReading(id, reading)
    const rows = await store.read().datasets.evidenceRows(id)
    await store.write.readings.retimeAlerts(id, await store.read().rows.timesOf(id, rows))
  }
  const known = new Set(await store.read().datasets.ids())
  for (const id of interrupted) known.delete(id)
  const removed = sweep(folders, known)
  if (interrupted.length + removed.length > 0) {
    ports.log(
      'warn',
      `Recovered after an unclean end: ${interrupted.length} imports failed, ${removed.length} leftover files removed`,
    )
  }
}
