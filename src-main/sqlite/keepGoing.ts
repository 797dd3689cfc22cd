import { AppError } from '#contract/appError'
import type { ReadDb } from './db.ts'

/**
 * better-sqlite3 cannot interrupt a statement and terminating a thread does not stop one. So long scans call `keep_going()`
 * in their WHERE clause, about 100 ns a row, and what works for long on one row calls what this answers: both throw AppError
 * 'cancelled' once the call was cancelled.
 */
export function addKeepGoing(db: Pick<ReadDb, 'function'>, cancelled: () => boolean): () => void {
  const goOn = (): void => {
    if (cancelled()) throw new AppError('cancelled', 'Cancelled.')
  }
  db.function('keep_going', { deterministic: false, varargs: false }, () => {
    goOn()
    return 1
  })
  return goOn
}
