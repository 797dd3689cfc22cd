import Database from 'better-sqlite3'
import { openReadable } from './db.ts'

// Records of a case file, checked, on their way to the workspace: there may be more than there is memory for.

const CACHE_KIB = 2_000

export type StagedWriter = { add(noun: string, record: object): void; finish(): void; close(): void }

/** Begins a new file of staged records. */
export function stageRecords(path: string): StagedWriter {
  const db = new Database(path)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.pragma(`cache_size = -${CACHE_KIB}`)
  db.exec('CREATE TABLE records (n INTEGER PRIMARY KEY, noun TEXT NOT NULL, record TEXT NOT NULL) STRICT; BEGIN')
  const insert = db.prepare('INSERT INTO records (noun, record) VALUES (?, ?)')
  return {
    add: (noun, record) => void insert.run(noun, JSON.stringify(record)),
    finish() {
      db.exec('CREATE INDEX records_by_noun ON records (noun, n)')
      db.exec('COMMIT')
    },
    close: () => void db.close(),
  }
}

export type StagedRecords = { of<T>(noun: string): Generator<T>; close(): void }

/** Opens what stageRecords made; records come in the order of the case file. */
export function readStaged(path: string): StagedRecords {
  const db = openReadable(path)
  db.pragma(`cache_size = -${CACHE_KIB}`)
  return {
    *of<T>(noun: string): Generator<T> {
      const all = db.prepare<[string], string>('SELECT record FROM records WHERE noun = ? ORDER BY n').pluck()
      // Written from checked records by stageRecords, a moment ago.
      for (const text of all.iterate(noun)) {
        const record: T = JSON.parse(text)
        yield record
      }
    },
    close: () => void db.close(),
  }
}
