import type { Column } from '#contract/datasets'

/**
 * The layout of a dataset file: one SQLite database per imported file, written once, checked, renamed into place and from
 * then on opened read-only. Any sqlite3 program can open it.
 *
 * rows            one line per kept record, in the order of the source; `_row` is 1, 2, 3, ... without gaps
 *   _row          INTEGER PRIMARY KEY
 *   _time         INTEGER, the time of the row in microseconds since 1970 UTC; NULL = the row has no time
 *   _offset       INTEGER, first byte of the record in the source (after decompression)
 *   _length       INTEGER, bytes of the record without its line end
 *   _line         INTEGER, first line of the record in the source, from 1
 *   "<name>"      one column per CSV column, named by its (unique) header
 *   "<name> _us"  beside every time column except the one that gives _time: its instant in microseconds, or NULL
 * rows_2, rows_3  the same `_row` with the columns that go on after PART_COLUMNS (SQLite allows 2,000 a table)
 * quarantine      records that were not kept: id, line, offset, length, reason, raw
 * repaired        records of quarantine that became rows: row, change (the repair), and the record as it was; only where there was a repair
 * iocs            distinct indicators: type, value, scope, count (occurrences), first_us, last_us, columns (JSON array of positions)
 * hosts           distinct host names: value, rows, first_us, last_us
 * timeline        rows per stretch of time: start_us, rows (meta.timelineSeconds says how long a stretch is)
 * meta            key, value (JSON): format, columns (Column[]), and what the import found
 * (Files of before 2026-11-29 have the tables segments and segment_values; they are not read any more.)
 *
 * Beside it stands `<id>.segments` (segments/segmentFile.ts): columns a second time, for counting and filtering. It is made after the file is
 * published, and no question needs it.
 *
 * A cell is stored so that its text can always be had back exactly:
 *   empty cell                NULL
 *   text and time columns     TEXT, the characters of the source
 *   integer, number columns   INTEGER or REAL where String(value) is exactly the text and |integer| <= 2^53-1, else TEXT
 * Tables are STRICT: text and time columns are TEXT, integer and number columns are ANY (which converts nothing).
 */
export const DATASET_FORMAT = 1

/** Columns of the source per table; time columns may need a second one, and SQLite stops at 2,000. */
export const PART_COLUMNS = 900

/** The source is proved in blocks of so many bytes, each by a SHA-256 of so many. */
export const BLOCK_BYTES = 1024 * 1024
export const DIGEST_BYTES = 32

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const partTable = (part: number): string => (part === 0 ? 'rows' : `rows_${part + 1}`)
export const partOf = (position: number): number => Math.floor(position / PART_COLUMNS)
export const instantColumn = (name: string): string => `${name} _us`

/** The CREATE TABLE statements of all row tables, first part first. */
export function rowTables(columns: readonly Column[], timeColumn: string | null): string[] {
  const parts = Math.max(1, Math.ceil(columns.length / PART_COLUMNS))
  return Array.from({ length: parts }, (_, part) => {
    const lines = ['_row INTEGER PRIMARY KEY']
    if (part === 0)
      lines.push('_time INTEGER', '_offset INTEGER NOT NULL', '_length INTEGER NOT NULL', '_line INTEGER NOT NULL')
    for (const column of columns.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS)) {
      const stored = column.type === 'integer' || column.type === 'number' ? 'ANY' : 'TEXT'
      lines.push(`${quoteName(column.name)} ${stored}`)
      if (column.type === 'time' && column.name !== timeColumn)
        lines.push(`${quoteName(instantColumn(column.name))} INTEGER`)
    }
    return `CREATE TABLE ${partTable(part)} (${lines.join(', ')}) STRICT`
  })
}

export const SIDE_TABLES = [
  'CREATE TABLE quarantine (id INTEGER PRIMARY KEY, line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL) STRICT',
  'CREATE TABLE iocs (type TEXT NOT NULL, value TEXT NOT NULL, scope TEXT NOT NULL, count INTEGER NOT NULL, first_us INTEGER, last_us INTEGER, columns TEXT NOT NULL, PRIMARY KEY (type, value)) STRICT, WITHOUT ROWID',
  'CREATE TABLE hosts (value TEXT PRIMARY KEY, rows INTEGER NOT NULL, first_us INTEGER, last_us INTEGER) STRICT, WITHOUT ROWID',
  'CREATE TABLE timeline (start_us INTEGER PRIMARY KEY, rows INTEGER NOT NULL) STRICT',
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID',
] as const

export const REPAIRED_TABLE =
  'CREATE TABLE repaired (row INTEGER PRIMARY KEY, change TEXT NOT NULL, id INTEGER NOT NULL, line INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL) STRICT'
