import type { CanonicalField } from '#contract/values'
import { EVIDENCE_MAX, EVIDENCE_VALUE_MAX } from './analyzer.ts'
import type { Finding, FindingEvidence, RowView } from './analyzer.ts'

/** Characters of evidence values one run keeps in full; later values are cut to SHORT_VALUE so that memory stays bounded. */
export const EVIDENCE_CHARACTERS_MAX = 64 * 1024 * 1024
/** Evidence rows one run keeps over all its subjects; later rows are counted, and kept only up to EVIDENCE_FLOOR per subject. */
export const EVIDENCE_ROWS_MAX = 1_000_000
export const EVIDENCE_FLOOR = 20
const SHORT_VALUE = 200
const TITLE_MAX = 200
const DESCRIPTION_MAX = 4_000

/** What one run may still keep. */
export type Budget = { characters: number; rows: number }
export const newBudget = (): Budget => ({ characters: EVIDENCE_CHARACTERS_MAX, rows: EVIDENCE_ROWS_MAX })

/** The rows a subject stands on, with its times (microseconds since 1970 UTC) and the one host and user they share. */
export type Gathered = {
  evidence: FindingEvidence[]
  total: number
  firstTime: number | null
  lastTime: number | null
  /** null: none seen yet; '' after two different ones. */
  host: string | null
  user: string | null
}
export const nothingGathered = (): Gathered => ({
  evidence: [],
  total: 0,
  firstTime: null,
  lastTime: null,
  host: null,
  user: null,
})

/** A copy of the first `length` characters that does not keep the (maybe huge) cell it came from in memory. */
export function shortCopy(text: string, length: number): string {
  return text.length <= length ? text : Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le')
}

/** Adds a row to the subject: always counted, kept as evidence while there is room. `field` is what was looked at. */
export function gather(into: Gathered, row: RowView, field: CanonicalField, budget: Budget): void {
  into.total += 1
  widen(into, row.time)
  into.host = shared(into.host, row.text('hostname'))
  into.user = shared(into.user, row.text('username'))
  if (into.evidence.length >= EVIDENCE_MAX) return
  if (budget.rows <= 0 && into.evidence.length >= EVIDENCE_FLOOR) return
  const value = shortCopy(row.text(field), budget.characters > 0 ? EVIDENCE_VALUE_MAX : SHORT_VALUE)
  budget.characters -= value.length
  budget.rows -= 1
  into.evidence.push({ datasetId: row.datasetId, row: row.row, field: row.column(field), value })
}

export function widen(into: { firstTime: number | null; lastTime: number | null }, time: number | null): void {
  if (time === null) return
  if (into.firstTime === null || time < into.firstTime) into.firstTime = time
  if (into.lastTime === null || time > into.lastTime) into.lastTime = time
}

function shared(known: string | null, now: string): string | null {
  if (now === '' || now === known) return known
  if (known === null) return shortCopy(now, 256)
  return known.toLowerCase() === now.toLowerCase() ? known : ''
}

type Told = Omit<Finding, 'evidence' | 'evidenceTotal' | 'host' | 'user' | 'firstTime' | 'lastTime'>

/** The finding of what was gathered; evidence in row order. `over` names host or user where the analyzer knows better. */
export function findingOf(
  gathered: Gathered,
  told: Told,
  over: { host?: string | null; user?: string | null } = {},
): Finding {
  return {
    ...told,
    title: cut(told.title, TITLE_MAX),
    description: cut(told.description, DESCRIPTION_MAX),
    score: Math.max(0, Math.min(100, Math.round(told.score))),
    evidence: inRowOrder(gathered.evidence),
    evidenceTotal: gathered.total,
    host: over.host ?? (gathered.host || null),
    user: over.user ?? (gathered.user || null),
    firstTime: gathered.firstTime,
    lastTime: gathered.lastTime,
  }
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${shortCopy(text, length - 1)}…`)

function inRowOrder(evidence: readonly FindingEvidence[]): FindingEvidence[] {
  return evidence.toSorted((a, b) => (a.datasetId === b.datasetId ? a.row - b.row : a.datasetId < b.datasetId ? -1 : 1))
}
