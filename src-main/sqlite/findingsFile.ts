import Database from 'better-sqlite3'
import type { AnalyzerFinding, Finding, FindingEvidence } from '../analyzers/analyzer.ts'
import { openReadable } from './db.ts'

// Findings on their way from the analyzers to the workspace: a dataset may have more than there is memory for.

const TABLES = `
  CREATE TABLE findings (n INTEGER PRIMARY KEY, score INTEGER NOT NULL, analyzer TEXT NOT NULL, subject TEXT NOT NULL, told TEXT NOT NULL) STRICT;
  CREATE TABLE evidence (finding INTEGER NOT NULL, n INTEGER NOT NULL, dataset_id TEXT NOT NULL, row INTEGER NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (finding, n)) STRICT, WITHOUT ROWID`

/** Of either side, in KiB. */
const CACHE_KIB = 2_000

/**
 * Writes findings to a new file, one after another; `each` is called after each of them and may throw, which ends it. The
 * file is good only when this has returned.
 */
export function writeFindings(
  path: string,
  findings: Iterable<AnalyzerFinding>,
  each: (finding: Omit<Finding, 'evidence'> & { analyzer: string }) => void,
): void {
  const db = new Database(path)
  try {
    // It lives for seconds, and a file that was not finished is thrown away.
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma(`cache_size = -${CACHE_KIB}`)
    db.exec(TABLES)
    const addFinding = db.prepare('INSERT INTO findings (n, score, analyzer, subject, told) VALUES (?, ?, ?, ?, ?)')
    const addEvidence = db.prepare(
      'INSERT INTO evidence (finding, n, dataset_id, row, field, value) VALUES (?, ?, ?, ?, ?, ?)',
    )
    let n = 0
    db.exec('BEGIN')
    for (const { evidence, ...told } of findings) {
      n += 1
      addFinding.run(n, told.score, told.analyzer, told.subject, JSON.stringify(told))
      let at = 0
      for (const { datasetId, row, field, value } of evidence) addEvidence.run(n, at++, datasetId, row, field, value)
      each(told)
    }
    db.exec('COMMIT')
  } finally {
    db.close()
  }
}

/** The findings of a file that writeFindings made, highest score first; to be gone through once. */
export function* readFindings(path: string): Generator<AnalyzerFinding> {
  const db = openReadable(path)
  try {
    db.pragma(`cache_size = -${CACHE_KIB}`)
    const told = db.prepare<[number], string>('SELECT told FROM findings WHERE n = ?').pluck()
    const evidence = db.prepare<[number], FindingEvidence>(
      'SELECT dataset_id AS datasetId, row, field, value FROM evidence WHERE finding = ? ORDER BY n',
    )
    // Begun only when it is asked for: what was begun and not gone through would keep the file open.
    const rowsOf = function* (n: number): Generator<FindingEvidence> {
      yield* evidence.iterate(n)
    }
    const order = db.prepare<[], number>('SELECT n FROM findings ORDER BY score DESC, analyzer, subject').pluck()
    for (const n of order.iterate())
      yield { ...JSON.parse(told.get(n) ?? '{}'), evidence: { [Symbol.iterator]: () => rowsOf(n) } }
  } finally {
    db.close()
  }
}

/** The same of several files, of which no two have findings of one analyzer: in the order in which one file with all of them tells them. */
export function* readAllFindings(paths: readonly string[]): Generator<AnalyzerFinding> {
  const open: { finding: AnalyzerFinding; rest: Generator<AnalyzerFinding> }[] = []
  const files = paths.map(readFindings)
  try {
    for (const rest of files) {
      const { value } = rest.next()
      if (value) open.push({ finding: value, rest })
    }
    while (open.length > 0) {
      const next = open.reduce((first, one) => (isBefore(one.finding, first.finding) ? one : first))
      yield next.finding
      const { value } = next.rest.next()
      if (value) next.finding = value
      else open.splice(open.indexOf(next), 1)
    }
  } finally {
    for (const rest of files) rest.return(undefined)
  }
}

const isBefore = (a: AnalyzerFinding, b: AnalyzerFinding): boolean =>
  a.score > b.score || (a.score === b.score && a.analyzer < b.analyzer)
