import type { z } from 'zod'
import type { CanonicalField, Severity } from '#contract/values'
import type { Shared } from './shared.ts'

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

/** The rows of one dataset; analyzers may ask for some of them again once they have seen all. */
export type RowSource = {
  /** Every row in order, with at least these fields. */
  rows(fields: readonly CanonicalField[]): Iterable<RowView>
  /** One row by its number, with at least these fields; good until the next is asked for. */
  at(row: number, fields: readonly CanonicalField[]): RowView
}

export type FindingEvidence = { datasetId: string; row: number; field: string; value: string }

/** What an analyzer reports: one per thing found, with the rows it stands on. Shapes and limits as in the contract's alert. */
export type Finding = {
  title: string
  description: string
  severity: Severity
  /** 0 to 100; orders alerts. */
  score: number
  /**
   * The first EVIDENCE_MAX rows, in row order. Read from the dataset while it is gone through: once, and before the next
   * finding is asked for.
   */
  evidence: Iterable<FindingEvidence>
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

/** What one of several datasets gives to a finding; times in microseconds since 1970 UTC. */
export type FindingPart = { datasetId: string; rows: number; firstTime: number | null; lastTime: number | null }

/**
 * `rule`: the rule that found it; absent where an analyzer ran by itself. A rule of conditions looks at several datasets
 * together: `datasetId` is then the one in which the finding begins, `parts` say what each gives where it is more than one, and
 * `again` names the rows that another finding stands on as well (conditions/sameAlert.ts).
 */
export type AnalyzerFinding = Finding & {
  analyzer: string
  rule?: { id: string; name: string }
  datasetId?: string | undefined
  parts?: FindingPart[] | undefined
  again?: string[]
}

/** A finding keeps at most this many evidence rows; evidenceTotal counts all. */
export const EVIDENCE_MAX = 10_000
/** Evidence values are cut here, in characters. */
export const EVIDENCE_VALUE_MAX = 2_000

/**
 * The state of one analyzer over one dataset: sees every row once, then reports. Its memory is bounded by constants: it keeps
 * numbers of rows and reads what they say again when it reports.
 */
export interface AnalyzerRun {
  row(row: RowView): void
  /** What was found, one after another; asked for once. */
  finish(source: RowSource): Iterable<Finding>
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
  /** `shared`: what several analyzers that see the same rows share; own ones when left out. */
  start(config: Config, shared?: Shared): AnalyzerRun
}
