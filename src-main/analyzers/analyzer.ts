import type { z } from 'zod'
import type { CanonicalField, Severity } from '#contract/values'

/** One row as an analyzer sees it. The same object is handed out for every row: read what you need, keep copies. */
export interface RowView {
  readonly datasetId: string
  readonly row: number
  /** Microseconds since 1970 UTC; null when the row has no time. */
  readonly time: number | null
  /** Text of the first non-empty column that feeds the field; '' when there is none (unset marks such as Zeek's - count as none). */
  text(field: CanonicalField): string
  /** Name of the column that `text` came from; the field's own name when there is none. */
  column(field: CanonicalField): string
}

export type FindingEvidence = { datasetId: string; row: number; field: string; value: string }

/** What an analyzer reports: one per thing found, with the rows it stands on. Shapes and limits as in the contract's alert. */
export type Finding = {
  title: string
  description: string
  severity: Severity
  /** 0 to 100; orders alerts. */
  score: number
  /** The first EVIDENCE_MAX rows, in row order. */
  evidence: FindingEvidence[]
  /** All rows, also those beyond EVIDENCE_MAX. */
  evidenceTotal: number
  mitreTechnique: string | null
  tags: string[]
  falsePositives: string | null
  host: string | null
  user: string | null
  /** Microseconds since 1970 UTC of the first and last evidence row that has a time. */
  firstTime: number | null
  lastTime: number | null
  /** What was found, stable between runs: same analyzer, dataset and subject = the same alert. */
  subject: string
}

/** A finding keeps at most this many evidence rows; evidenceTotal counts all. */
export const EVIDENCE_MAX = 10_000
/** Evidence values are cut here, in characters. */
export const EVIDENCE_VALUE_MAX = 2_000

/** The state of one analyzer over one dataset: sees every row once, then reports. Memory is bounded by distinct subjects, not by rows. */
export interface AnalyzerRun {
  row(row: RowView): void
  finish(): Finding[]
}

/** An analyzer: one file in this folder, one line in index.ts, one test beside it. */
export type Analyzer<Config = unknown> = {
  name: string
  title: string
  description: string
  /** Without at least one of these fields in a dataset the analyzer is skipped there, and the report says so. */
  needs: readonly CanonicalField[]
  /** All fields that `row` reads; only their columns are fetched. Includes `needs`. */
  reads: readonly CanonicalField[]
  mitreTechniques: readonly string[]
  /** Every key has a default and a description; the page builds its form from it. */
  config: z.ZodType<Config>
  start(config: Config): AnalyzerRun
}
