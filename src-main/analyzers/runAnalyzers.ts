import type { CanonicalField } from '#contract/values'
import type { AnalyzerFinding, AnalyzerRun, RowSource } from './analyzer.ts'
import type { SelectedAnalyzer } from './analyzerConfig.ts'
import { newShared, type Kept } from './shared.ts'

export type AnalyzersResult = {
  /** One after another, to be gone through once: each is made, and its evidence read, when it is asked for. */
  findings: Iterable<AnalyzerFinding>
  rowsAnalyzed: number
  skipped: { analyzer: string; reason: string }[]
  /** What is kept of the dataset so far; all of it once the findings have been gone through. */
  kept(): Kept
}

/**
 * Feeds every row once to all selected analyzers; what they find comes analyzer by analyzer. An analyzer none of whose
 * needed fields is available is skipped, with the reason. `onRow` hears the number of rows after each row.
 */
export function runAnalyzers(
  source: RowSource,
  selected: readonly SelectedAnalyzer[],
  availableFields: ReadonlySet<CanonicalField>,
  onRow?: (count: number) => void,
): AnalyzersResult {
  const skipped: AnalyzersResult['skipped'] = []
  const shared = newShared()
  const fields = new Set<CanonicalField>()
  const running = selected.flatMap(({ analyzer, config }) => {
    if (analyzer.needs.some((field) => availableFields.has(field))) {
      for (const field of analyzer.reads) fields.add(field)
      return [{ name: analyzer.name, run: analyzer.start(config, shared) }]
    }
    skipped.push({ analyzer: analyzer.name, reason: `No column feeds any of ${analyzer.needs.join(', ')}.` })
    return []
  })
  let rowsAnalyzed = 0
  for (const row of source.rows([...fields])) {
    for (const { run } of running) run.row(row)
    rowsAnalyzed += 1
    onRow?.(rowsAnalyzed)
  }
  return { findings: findingsOf(running, source), rowsAnalyzed, skipped, kept: shared.kept }
}

/** What an analyzer kept is let go before the next one reports. */
function* findingsOf(running: { name: string; run: AnalyzerRun }[], source: RowSource): Generator<AnalyzerFinding> {
  for (let next = running.shift(); next; next = running.shift())
    for (const finding of next.run.finish(source)) yield { ...finding, analyzer: next.name }
}
