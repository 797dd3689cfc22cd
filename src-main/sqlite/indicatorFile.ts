import Database from 'better-sqlite3'
import { verdicts, type IndicatorType, type Verdict } from '#contract/values'

// The indicators of a list on their way from the importer to the workspace: sorted, each once, however many lines name it.

/** KiB kept in memory while sorting; what does not fit goes into the file. */
const CACHE_KIB = 65_536
/** Rejected lines that are kept; all are counted. */
export const REJECTS_KEPT = 10_000

/** What is kept of one line of a list; null: what the list says holds. `expiresAt` in milliseconds since 1970 UTC. */
export type FiledIndicator = {
  type: IndicatorType
  value: string
  subdomains: boolean
  verdict: Verdict | null
  confidence: number | null
  source: string | null
  note: string | null
  expiresAt: number | null
  line: number
}

/** How many indicators of each type and verdict ('' where the list's own holds) a list has. */
export type IndicatorCounts = { type: IndicatorType; verdict: Verdict | ''; count: number }[]
export type IndicatorFileSummary = {
  indicators: number
  duplicates: number
  rejected: number
  counts: IndicatorCounts
  firstRejected: { line: number; reason: string; text: string }[]
  otherVerdicts: OtherVerdicts
}
/** Lines whose verdict is a word that is none, and the most frequent of these words. */
export type OtherVerdicts = { lines: number; words: { word: string; lines: number }[] }

/** The columns of intel_indicators without `content`, in the order of the file. */
export const INDICATOR_COLUMNS = 'type, value, subdomains, verdict, confidence, source, note, expires_at, line'

const TABLES = `
  CREATE TABLE indicators (type TEXT NOT NULL, value TEXT NOT NULL, subdomains INTEGER NOT NULL, verdict INTEGER, confidence INTEGER,
    source TEXT, note TEXT, expires_at INTEGER, line INTEGER NOT NULL, PRIMARY KEY (type, value)) STRICT, WITHOUT ROWID;
  CREATE TABLE rejects (n INTEGER PRIMARY KEY, line INTEGER NOT NULL, reason TEXT NOT NULL, text TEXT NOT NULL) STRICT`

/** Words for a verdict that are told apart, and those that are told. */
const WORDS = { counted: 1_000, told: 10 } as const
/** Characters of the notes of one indicator, of all lines that name it. */
const NOTE_MAX = 500
/** Of an indicator that is named again the first line stays; a worse verdict, another note and names below count from any line. */
const ADD = `INSERT INTO indicators (${INDICATOR_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET subdomains = max(subdomains, excluded.subdomains),
    verdict = CASE WHEN verdict IS NULL OR excluded.verdict < verdict THEN coalesce(excluded.verdict, verdict) ELSE verdict END,
    note = CASE WHEN excluded.note IS NULL OR instr(coalesce(note, ''), excluded.note) > 0 THEN note
      ELSE substr(concat_ws('; ', note, excluded.note), 1, ${NOTE_MAX}) END`

/** A new file to be filled, which must not exist yet. `finish` closes it and tells what is in it; `discard` only closes it. */
export function createIndicatorFile(path: string, firstRejected: number) {
  const db = new Database(path)
  // It lives for seconds, and a file that was not finished is thrown away.
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE_KIB}`]) db.pragma(pragma)
  db.exec(TABLES)
  db.exec('BEGIN')
  const addIndicator = db.prepare(ADD)
  const addReject = db.prepare('INSERT INTO rejects (line, reason, text) VALUES (?, ?, ?)')
  let [lines, rejected] = [0, 0]
  const first: IndicatorFileSummary['firstRejected'] = []
  const words = new Map<string, number>()
  let otherVerdicts = 0
  return {
    otherVerdict(word: string): void {
      otherVerdicts++
      const key = word.toLowerCase()
      if (words.has(key) || words.size < WORDS.counted) words.set(key, (words.get(key) ?? 0) + 1)
    },
    add({ type, value, subdomains, verdict, confidence, source, note, expiresAt, line }: FiledIndicator): void {
      lines++
      const rank = verdict === null ? null : verdicts.indexOf(verdict)
      addIndicator.run(type, value, subdomains ? 1 : 0, rank, confidence, source, note, expiresAt, line)
    },
    reject(one: { line: number; reason: string; text: string }): void {
      rejected++
      if (first.length < firstRejected) first.push(one)
      if (rejected <= REJECTS_KEPT) addReject.run(one.line, one.reason, one.text)
    },
    finish(): IndicatorFileSummary {
      const counted = db
        .prepare<[], { type: IndicatorType; verdict: number | null; count: number }>(
          'SELECT type, verdict, count(*) AS count FROM indicators GROUP BY 1, 2 ORDER BY 1, 2',
        )
        .all()
      db.exec('COMMIT')
      db.close()
      const counts = counted.map(({ type, verdict, count }) => ({
        ...{ type, count },
        verdict: verdict === null ? ('' as const) : (verdicts[verdict] ?? 'unknown'),
      }))
      const indicators = counts.reduce((sum, { count }) => sum + count, 0)
      const told = [...words].map(([word, of]) => ({ word, lines: of })).sort((a, b) => b.lines - a.lines)
      return {
        ...{ indicators, duplicates: lines - indicators, rejected, counts, firstRejected: first },
        otherVerdicts: { lines: otherVerdicts, words: told.slice(0, WORDS.told) },
      }
    },
    discard: (): void => void db.close(),
  }
}
