import { AppError } from '#contract/appError'
import type { ReadDb } from './db.ts'

/**
 * better-sqlite3 cannot interrupt a statement and terminating a thread does not stop one. So long scans call `keep_going()`
 * in their WHERE clause: it throws once the call was cancelled (about 100 ns a row, stops within 100 ms).
 */
export function addKeepGoing(db: Pick<ReadDb, 'function'>, cancelled: () => boolean): void {
  let calls = 0
  db.function('keep_going', { deterministic: false, varargs: false }, () => {
    // Reading the shared flag every 64 rows is often enough and keeps the cost low.
    if ((calls++ & 63) === 0 && cancelled()) throw new AppError('cancelled', 'Cancelled.')
    return 1
  })
}
