import { closeSync, fsyncSync, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { AppError } from '#contract/appError'
import type { IocType } from '#contract/values'

/** Whole numbers go in as bigint where the column is ANY: as number they would be stored as REAL. */
export type Stored = string | number | bigint | null | Uint8Array

/** Cells bound by one INSERT at most; several rows in one statement cost less than one each. Beyond this nothing is gained. */
const CELLS_PER_INSERT = 400
const PAGE_BYTES = 16_384
/** Pages are written once and not read again, so the cache needs to hold little more than the paths to the ends of the tables. */
const CACHE_KIB = 16_384

/** Writes lines of one table in the order they come. Lines gather until a statement is full: call `flush` before reading or closing. */
export type TableWriter = { add(line: readonly Stored[]): void; flush(): void }

/** The one handle that writes a dataset file. Unsafe on purpose while it writes: a failed import is thrown away as a whole. */
export type DatasetWriter = {
  /** Runs a statement without an answer, for example a CREATE TABLE of datasetFile.ts. */
  execute(sql: string): void
  /** Inserts into the first `width` columns of a table; `update` is an upsert clause. */
  table(name: string, width: number, update?: string): TableWriter
  count(table: string): number
  /** Distinct indicators by type, most first. */
  iocsByType(): { type: IocType; count: number }[]
  /** The highest number of a row, 0 without rows. */
  lastRow(): number
  /** The page where the b-tree of a table begins. */
  rootPage(table: string): number
  /** Ends the transaction and closes the file, for the fast import to go on with its pages (see reopenDatasetWriter). */
  close(): void
  /** Ends the transaction, closes the file and brings it to the disk. */
  finish(): void
  /** Closes and removes the file with everything beside it; safe to call at any time, more than once. */
  discard(): Promise<void>
}

/**
 * Creates the file, which must not exist, and begins its only transaction.
 * Fails with disk-full, unreadable-file (cannot be created) or conflict (exists already).
 */
export function openDatasetWriter(path: string): DatasetWriter {
  guarded(() => closeSync(openSync(path, 'wx')))
  return reopenDatasetWriter(path)
}

/** Goes on with a file that openDatasetWriter created, and begins a transaction. */
export function reopenDatasetWriter(path: string): DatasetWriter {
  const db = guarded(() => new Database(path))
  guarded(() => {
    for (const pragma of [
      `page_size = ${PAGE_BYTES}`,
      'journal_mode = OFF',
      'synchronous = OFF',
      'locking_mode = EXCLUSIVE',
      `cache_size = -${CACHE_KIB}`,
      'temp_store = MEMORY',
    ]) {
      db.pragma(pragma)
    }
    db.exec('BEGIN')
  })
  return {
    execute: (sql) => guarded(() => db.exec(sql)),
    table: (name, width, update = '') => tableWriter(db, name, width, update),
    count: (table) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()),
    iocsByType: () =>
      db
        .prepare<[], { type: IocType; count: number }>(
          'SELECT type, count(*) AS count FROM iocs GROUP BY type ORDER BY 2 DESC, 1',
        )
        .all(),
    lastRow: () => Number(db.prepare('SELECT max(_row) FROM rows').pluck().get() ?? 0),
    rootPage: (table) => Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)),
    close: () =>
      guarded(() => {
        db.exec('COMMIT')
        db.close()
      }),
    finish: () =>
      guarded(() => {
        db.exec('COMMIT')
        db.close()
        const file = openSync(path, 'r+')
        fsyncSync(file)
        closeSync(file)
      }),
    async discard() {
      db.close()
      for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(path + suffix, { force: true })
    },
  }
}

function tableWriter(db: Database.Database, name: string, width: number, update: string): TableWriter {
  const one = `(${Array.from({ length: width }, () => '?').join(',')})`
  const lines = Math.max(1, Math.floor(CELLS_PER_INSERT / width))
  const statement = (count: number) =>
    db.prepare(`INSERT INTO ${name} VALUES ${Array.from({ length: count }, () => one).join(',')} ${update}`)
  const many = statement(lines)
  const single = lines === 1 ? many : statement(1)
  const full = lines * width
  const cells: Stored[] = new Array<Stored>(full).fill(null)
  let used = 0
  return {
    add(line) {
      for (let i = 0; i < width; i++) cells[used + i] = line[i] ?? null
      used += width
      if (used < full) return
      used = 0
      guarded(() => many.run(cells))
    },
    flush() {
      const end = used
      used = 0
      for (let at = 0; at < end; at += width) guarded(() => single.run(cells.slice(at, at + width)))
    },
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw writingFailure(error)
  }
}

/** Turns what SQLite and the file system say while a dataset file is written into failures of the product. */
export function writingFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk-full',
      'The disk of the workspace is full. Free some space and import the file again.',
      {},
      { cause: error },
    )
  }
  if (code === 'EEXIST') return new AppError('conflict', 'The dataset file exists already.', {}, { cause: error })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOENT' || code === 'SQLITE_CANTOPEN') {
    return new AppError('unreadable-file', 'The workspace folder cannot be written to.', { code }, { cause: error })
  }
  return error
}
