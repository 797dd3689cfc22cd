import { existsSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import { sweep, type WorkspaceFolders } from './workspaceFolders.ts'

/** At start: imports that a crash interrupted are marked as failed, and whatever file they left is removed. Nothing else is touched. */
export async function recover(
  store: Store,
  folders: WorkspaceFolders,
  ports: Pick<Ports, 'log' | 'clock'>,
): Promise<void> {
  const interrupted = await store.write.datasets.failInterrupted({
    code: 'cancelled',
    message: 'The program ended during this import. Import the file again.',
  })
  await store.write.copies.failInterrupted({
    code: 'cancelled',
    message: 'The program ended while this copy was sent. Drop its table and send the dataset again.',
  })
  for (const id of await store.read().datasets.rewriting()) await finishRewriting(store, folders, ports, id)
  for (const { id, path } of await store.read().caseFiles.awaiting()) {
    // What is said about its rows holds for the file that waits; it was whole before that was said.
    if (existsSync(path)) await rename(path, join(folders.datasets, `${id}.db`))
    await store.write.caseFiles.arrived(id)
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

/** A dataset file that may or may not have been replaced says itself what holds; if it cannot be read, the others still can. */
async function finishRewriting(
  store: Store,
  folders: WorkspaceFolders,
  ports: Pick<Ports, 'log' | 'clock'>,
  id: string,
): Promise<void> {
  try {
    const { result, change } = await store.read().rows.published(id)
    const rows = await store.read().datasets.evidenceRows(id)
    await store.write.readings.settle(id, {
      result,
      change,
      diskBytes: (await stat(join(folders.datasets, `${id}.db`))).size,
      now: ports.clock().getTime(),
      times: await store.read().rows.timesOf(id, rows),
    })
  } catch (error) {
    ports.log('error', `The file of dataset ${id} was being replaced when the program ended and cannot be read`, error)
    await store.write.readings.setRewriting(id, false)
  }
}
