import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { CanonicalField, Severity } from '#contract/values'
import { parseAnalyzerConfig } from '../analyzers/analyzerConfig.ts'
import { analyzers } from '../analyzers/index.ts'
import type { AnalyzerFinding, RowSource } from '../analyzers/analyzer.ts'
import { runAnalyzers } from '../analyzers/runAnalyzers.ts'
import type { Kept } from '../analyzers/shared.ts'
import { fieldOrder } from '../importer/fields.ts'
import { profileById } from '../importer/profiles.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { datasetRows } from '../sqlite/datasetRows.ts'
import { writeFindings } from '../sqlite/findingsFile.ts'
import type { TaskContext } from './contexts.ts'

/** Cancel is asked for and progress told every so many rows. */
const ROWS_PER_STEP = 2_000

export type AnalyzeRequest = {
  datasetId: string
  /** Names; undefined = all. */
  analyzers: string[] | undefined
  config: Record<string, Record<string, unknown>>
  /** Hand the findings over; otherwise they are only counted. */
  keep: boolean
}
export type AnalyzeResult = {
  /** The file with the findings (sqlite/findingsFile.ts), for alerts.keepFiles, which removes it; null where nothing is to be kept. */
  file: string | null
  found: number
  bySeverity: Partial<Record<Severity, number>>
  byAnalyzer: Record<string, number>
  rowsAnalyzed: number
  skipped: { analyzer: string; reason: string }[]
  kept: Kept
}

/** Runs analyzers over every row of one dataset in one pass. AppError 'cancelled', 'invalid-input', 'dataset-damaged', 'disk-full'. */
export function analyzeDataset(context: TaskContext, request: AnalyzeRequest): AnalyzeResult {
  const handle = context.datasets.open(request.datasetId)
  const selected = (request.analyzers ?? analyzers.map((analyzer) => analyzer.name)).map((name) =>
    parseAnalyzerConfig(name, request.config[name] ?? {}),
  )
  const available = new Set<CanonicalField>(handle.columns.flatMap((column: Column) => column.fields))
  const steps = (done: number): void => {
    if (done % ROWS_PER_STEP === 0) context.progress({ rows: done, total: handle.rows })
  }
  try {
    const run = runAnalyzers(rowSource(handle, context), selected, available, steps)
    const found = handOver(context, request, run.findings)
    return { ...found, rowsAnalyzed: run.rowsAnalyzed, skipped: run.skipped, kept: run.kept() }
  } finally {
    // The file may be replaced or deleted before this thread is asked again.
    context.datasets.close(request.datasetId)
  }
}

/** The rows of a dataset; going over them ends with AppError 'cancelled' when that was asked for. */
export function rowSource(handle: DatasetHandle, context: TaskContext): RowSource {
  const profile = handle.meta.profile === null ? null : profileById(handle.meta.profile)
  const headers = handle.columns.map((column: Column) => column.header)
  const { rows, at } = datasetRows(handle, fieldOrder(headers, profile))
  return {
    *rows(fields) {
      let gone = 0
      for (const row of rows(fields)) {
        if (gone++ % ROWS_PER_STEP === 0) stopIfCancelled(context)
        yield row
      }
    },
    at,
  }
}

function stopIfCancelled(context: TaskContext): void {
  if (context.cancelled()) throw new AppError('cancelled', 'Cancelled.')
}

/** Counts the findings and writes them to a file, which is removed again when that does not come to its end. */
function handOver(
  context: TaskContext,
  request: AnalyzeRequest,
  findings: Iterable<AnalyzerFinding>,
): Pick<AnalyzeResult, 'file' | 'found' | 'bySeverity' | 'byAnalyzer'> {
  const counted: Pick<AnalyzeResult, 'found' | 'bySeverity' | 'byAnalyzer'> = {
    found: 0,
    bySeverity: {},
    byAnalyzer: {},
  }
  const count = ({ severity, analyzer }: Pick<AnalyzerFinding, 'severity' | 'analyzer'>): void => {
    counted.found += 1
    counted.bySeverity[severity] = (counted.bySeverity[severity] ?? 0) + 1
    counted.byAnalyzer[analyzer] = (counted.byAnalyzer[analyzer] ?? 0) + 1
    stopIfCancelled(context)
  }
  if (!request.keep) {
    for (const finding of findings) count(finding)
    return { file: null, ...counted }
  }
  // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
  const file = join(context.folder, `.${request.datasetId}.${randomUUID()}.db`)
  let written = false
  try {
    writeFindings(file, findings, count)
    written = counted.found > 0
  } finally {
    if (!written) rmSync(file, { force: true })
  }
  return { file: written ? file : null, ...counted }
}
