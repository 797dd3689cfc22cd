import { join } from 'node:path'
import { AppError } from '#contract/appError'
import Database from 'better-sqlite3'

/**
 * Holds the workspace for this process. The lock is an exclusive SQLite transaction on a file of its own: the operating
 * system lets go of it when the process dies, however it dies, on every platform.
 * AppError 'workspace-locked' when another process holds it.
 */
export function lockWorkspace(folder: string): { release(): void } {
  const db = new Database(join(folder, 'workspace.lock'), { timeout: 0 })
  try {
    db.pragma('journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'workspace-locked',
        `Another Huntbench is working in ${folder}. Close it, or choose another workspace with --workspace.`,
        { folder },
      )
    }
    throw error
  }
  return {
    release() {
      if (db.inTransaction) db.exec('ROLLBACK')
      db.close()
    },
  }
}
