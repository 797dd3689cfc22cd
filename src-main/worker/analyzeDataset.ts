import type { CanonicalField } from '#contract/values'
import type { Finding, RowView } from '../analyzers/analyzer.ts'
import { parseAnalyzerConfig } from '../analyzers/analyzerConfig.ts'
import { analyzers } from '../analyzers/index.ts'
import { runAnalyzers } from '../analyzers/runAnalyzers.ts'
import type { Column } from '#contract/datasets'
import { AppError } from '#contract/appError'
import { fieldOrder } from '../importer/fields.ts'
import { profileById } from '../importer/profiles.ts'
import { datasetRows } from '../sqlite/datasetRows.ts'
import type { TaskContext } from './contexts.ts'

/** Cancel is asked for and progress told every so many rows. */
const ROWS_PER_STEP = 2_000

export type AnalyzeRequest = {
  datasetId: string
  /** Names; undefined = all. */
  analyzers: string[] | undefined
  config: Record<string, Record<string, unknown>>
}
export type AnalyzeResult = {
  findings: (Finding & { analyzer: string })[]
  rowsAnalyzed: number
  skipped: { analyzer: string; reason: string }[]
}

/** Runs analyzers over every row of one dataset in one pass. AppError 'cancelled', 'invalid-input', 'dataset-damaged'. */
export function analyzeDataset(context: TaskContext, request: AnalyzeRequest): AnalyzeResult {
  const handle = context.datasets.open(request.datasetId)
  const selected = (request.analyzers ?? analyzers.map((analyzer) => analyzer.name)).map((name) =>
    parseAnalyzerConfig(name, request.config[name] ?? {}),
  )
  const available = new Set<CanonicalField>(handle.columns.flatMap((column: Column) => column.fields))
  const wanted = new Set<CanonicalField>(selected.flatMap(({ analyzer }) => [...analyzer.reads]))
  const profile = handle.meta.profile === null ? null : profileById(handle.meta.profile)
  const order = fieldOrder(
    handle.columns.map((column: Column) => column.header),
    profile,
  )
  let done = 0
  const steps = (): void => {
    done++
    if (done % ROWS_PER_STEP !== 0) return
    if (context.cancelled()) throw new AppError('cancelled', 'Cancelled.')
    context.progress({ rows: done, total: handle.rows })
  }
  const rows: Iterable<RowView> = datasetRows(handle, wanted, order)
  try {
    return runAnalyzers(rows, selected, available, steps)
  } finally {
    // The file may be replaced or deleted before this thread is asked again.
    context.datasets.close(request.datasetId)
  }
}
