import Database from 'better-sqlite3'
import { AppError } from '#contract/appError'

/** A connection that may only read. Writing through it is a compile error and an SQLite error. */
export type ReadDb = Pick<Database.Database, 'prepare' | 'pragma' | 'close' | 'function' | 'open'> & {
  readonly readable: true
}
/** A connection that may read and write. */
export type WriteDb = Omit<ReadDb, never> &
  Pick<Database.Database, 'exec' | 'transaction'> & { readonly writable: true }

/** A lock held by another connection is waited for this long, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000

/** Opens the workspace for writing: WAL, so that readers never wait for the writer; foreign keys on. */
export function openWritable(path: string): WriteDb {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('foreign_keys = ON')
  return Object.assign(db, { readable: true as const, writable: true as const })
}

/** Opens a database that is only read. Its schema is not trusted: no functions or tables of the program can be reached from it. */
export function openReadable(path: string): ReadDb {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  db.pragma('query_only = ON')
  db.pragma('trusted_schema = OFF')
  db.pragma('cache_size = -16000')
  return Object.assign(db, { readable: true as const })
}

/** What an SQLite error means for the person; null when it is not an SQLite error. `what` names the file: a workspace or a dataset. */
export function sqliteFailure(error: unknown, what: 'workspace' | 'dataset'): AppError | null {
  if (!(error instanceof Database.SqliteError)) return null
  if (error.code.startsWith('SQLITE_FULL') || error.code === 'SQLITE_IOERR_WRITE') {
    return new AppError(
      'disk-full',
      'The disk is full. Nothing was changed; free some space and try again.',
      undefined,
      { cause: error },
    )
  }
  if (
    error.code.startsWith('SQLITE_CORRUPT') ||
    error.code.startsWith('SQLITE_NOTADB') ||
    error.code.startsWith('SQLITE_CANTOPEN')
  ) {
    return what === 'dataset'
      ? new AppError(
          'dataset-damaged',
          'The file of this dataset cannot be read. Other datasets are not affected; import the source again.',
          undefined,
          { cause: error },
        )
      : new AppError(
          'workspace-damaged',
          'The workspace file cannot be read. A backup lies in its folder backups.',
          undefined,
          { cause: error },
        )
  }
  return null
}
