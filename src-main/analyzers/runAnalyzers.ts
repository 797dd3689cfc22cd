import type { CanonicalField } from '#contract/values'
import type { Finding, RowView } from './analyzer.ts'
import type { SelectedAnalyzer } from './analyzerConfig.ts'

export type AnalyzersResult = {
  findings: (Finding & { analyzer: string })[]
  rowsAnalyzed: number
  skipped: { analyzer: string; reason: string }[]
}

/**
 * Feeds every row once to all selected analyzers and collects their findings, highest score first. An analyzer none of
 * whose needed fields is available is skipped, with the reason. `onRow` hears the number of rows after each row.
 */
export function runAnalyzers(
  rows: Iterable<RowView>,
  selected: readonly SelectedAnalyzer[],
  availableFields: ReadonlySet<CanonicalField>,
  onRow?: (count: number) => void,
): AnalyzersResult {
  const skipped: AnalyzersResult['skipped'] = []
  const running = selected.flatMap(({ analyzer, config }) => {
    if (analyzer.needs.some((field) => availableFields.has(field)))
      return [{ name: analyzer.name, run: analyzer.start(config) }]
    skipped.push({ analyzer: analyzer.name, reason: `No column feeds any of ${analyzer.needs.join(', ')}.` })
    return []
  })
  let rowsAnalyzed = 0
  for (const row of rows) {
    for (const { run } of running) run.row(row)
    rowsAnalyzed += 1
    onRow?.(rowsAnalyzed)
  }
  const findings = running.flatMap(({ name, run }) => run.finish().map((finding) => ({ ...finding, analyzer: name })))
  findings.sort(
    (a, b) =>
      b.score - a.score ||
      (a.analyzer < b.analyzer ? -1 : a.analyzer > b.analyzer ? 1 : 0) ||
      (a.subject < b.subject ? -1 : 1),
  )
  return { findings, rowsAnalyzed, skipped }
}
