import Database from 'better-sqlite3'
import { addKeepGoing } from './keepGoing.ts'

/** KiB kept in memory while counting; what does not fit goes to a temporary file of SQLite. */
const CACHE_KIB = 65_536

/** Distinct indicators over dataset files, in constant memory. AppError 'cancelled'. */
export function countDistinctIocs(paths: readonly string[], cancelled: () => boolean): number {
  // A database without a name is SQLite's own temporary one.
  const db = new Database('')
  try {
    addKeepGoing(db, cancelled)
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE_KIB}`]) db.pragma(pragma)
    const count = (table: string): number =>
      Number(db.prepare(`SELECT count(*) FROM ${table} WHERE keep_going()`).pluck().get())
    const attach = (path: string): unknown => db.prepare('ATTACH ? AS dataset').run(path)
    const [only] = paths
    if (only !== undefined && paths.length === 1) {
      attach(only)
      return count('dataset.iocs')
    }
    db.exec('CREATE TABLE seen (type TEXT, value TEXT, PRIMARY KEY (type, value)) WITHOUT ROWID')
    for (const path of paths) {
      attach(path)
      db.exec('INSERT OR IGNORE INTO seen SELECT type, value FROM dataset.iocs WHERE keep_going()')
      db.exec('DETACH dataset')
    }
    return count('seen')
  } finally {
    db.close()
  }
}
