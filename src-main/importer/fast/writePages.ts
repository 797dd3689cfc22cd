import { writeSync } from 'node:fs'
import { LOCK_PAGE, PAGE_BYTES } from './fastPlan.ts'

/** Page numbers as the file has them: the lock-byte page is left out. */
export const physicalPage = (page: number): number => (page >= LOCK_PAGE ? page + 1 : page)

/** Writes `count` pages that lie at `at` as page `base` and those after it, around the lock-byte page. */
export function writePages(fd: number, bytes: Uint8Array, at: number, base: number, count: number): void {
  for (let done = 0; done < count;) {
    const page = base + done
    const run = page < LOCK_PAGE ? Math.min(count - done, LOCK_PAGE - page) : count - done
    const end = at + (done + run) * PAGE_BYTES
    let position = (physicalPage(page) - 1) * PAGE_BYTES
    for (let from = at + done * PAGE_BYTES; from < end;) {
      const written = writeSync(fd, bytes, from, end - from, position)
      from += written
      position += written
    }
    done += run
  }
}
