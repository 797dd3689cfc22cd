import { rename } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Store } from '../worker/pool.ts'

/** Where an open file cannot be replaced (Windows), a thread that opened it again in between is asked once more to let go. */
const TRIES = 8
const WAIT_MS = 150
const HELD = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Lets a new file take the place of a dataset's file, and makes every thread that had the old one open see the new one. */
export async function replaceFile(store: Store, id: string, target: string, lasting: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    await store.closeDataset(id)
    try {
      await rename(target, lasting)
      break
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (tried === TRIES || !HELD.has(code)) throw error
      await wait(WAIT_MS * tried)
    }
  }
  // Elsewhere a file that was opened again in between would go on being read although it has no name any more.
  await store.closeDataset(id)
}
