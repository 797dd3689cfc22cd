import { AppError } from '#contract/appError'
import type { AnalyzerReport } from '#contract/analyzers'
import { severities } from '#contract/values'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'
import { analyzeInShares, sharesOf } from './analyzeInShares.ts'
import { analyzers } from './index.ts'

export type RunRequest = {
  huntId: string
  datasetIds: readonly string[]
  /** undefined = all. */
  analyzers: string[] | undefined
  config: Record<string, Record<string, unknown>>
  /** Keep the findings as alerts. */
  keep: boolean
}
export type RunOverDatasets = (request: RunRequest, context: JobContext) => Promise<AnalyzerReport>

const rowsIn = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'rows' in state && typeof state.rows === 'number' ? state.rows : 0

/**
 * Runs analyzers over datasets one after another and keeps what they find. A cancelled run keeps the datasets it finished.
 * One of several datasets that was deleted meanwhile or cannot be read does not stop the others: its analyzers count as skipped.
 */
export function createRunOverDatasets(deps: {
  store: Store
  events: Events
  ports: Ports
  /** Hears of new alerts of a dataset, all kept at the moment `at`. */
  onAlerts(made: { huntId: string; datasetId: string; at: number }, context: JobContext): void
}): RunOverDatasets {
  const { store, events, ports } = deps
  return async (request, context) => {
    const report: AnalyzerReport = {
      candidatesFound: 0,
      alertsCreated: 0,
      alertsKept: 0,
      rowsAnalyzed: 0,
      bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      byAnalyzer: {},
      skipped: [],
    }
    const total = await rowsOf(store, request.datasetIds)

    /** False where the dataset was read anew meanwhile: times and fields are others then. */
    async function analyze(datasetId: string): Promise<boolean> {
      const reading = await store.read().readings.newestChange(datasetId)
      const before = report.rowsAnalyzed
      context.progress({ done: before, total, rows: before })
      const names = request.analyzers ?? analyzers.map((analyzer) => analyzer.name)
      const rows = (await store.read().datasets.get(datasetId))?.rows ?? 0
      const { files, found, bySeverity, byAnalyzer, rowsAnalyzed, skipped } = await analyzeInShares(
        sharesOf(names, rows),
        (share, seen) =>
          store
            .task({ signal: context.signal, onProgress: (state) => seen(rowsIn(state)) })
            .evidence.analyze({ datasetId, analyzers: share, config: request.config, keep: request.keep }),
        (seen) => context.progress({ done: before + seen, rows: before + seen }),
      )
      const now = ports.clock().getTime()
      const kept =
        files.length === 0
          ? { created: 0, kept: 0 }
          : await store.write.alerts.keepFiles(request.huntId, datasetId, files, now, reading)
      if (kept === null) return false
      const runs = names.map((name) => ({
        detector: `analyzer:${name}`,
        name: analyzers.find((one) => one.name === name)?.title ?? name,
        findings: byAnalyzer[name] ?? 0,
        skipped: skipped.find(({ analyzer }) => analyzer === name)?.reason ?? null,
      }))
      await store.write.detectorRuns.keep(datasetId, runs, reading, now)
      report.rowsAnalyzed += rowsAnalyzed
      report.candidatesFound += found
      report.skipped.push(...skipped.map((item) => ({ ...item, datasetId })))
      for (const severity of severities) report.bySeverity[severity] += bySeverity[severity] ?? 0
      for (const [analyzer, count] of Object.entries(byAnalyzer))
        report.byAnalyzer[analyzer] = (report.byAnalyzer[analyzer] ?? 0) + count
      report.alertsCreated += kept.created
      if (kept.created > 0) deps.onAlerts({ huntId: request.huntId, datasetId, at: now }, context)
      report.alertsKept += kept.kept
      if (kept.created + kept.kept > 0) events.emit('alerts.changed', { huntId: request.huntId })
      return true
    }

    for (const datasetId of request.datasetIds) {
      try {
        while (!(await analyze(datasetId)));
      } catch (error) {
        if (request.datasetIds.length === 1 || !isOfDataset(error)) throw error
        const names = request.analyzers ?? analyzers.map((analyzer) => analyzer.name)
        report.skipped.push(...names.map((analyzer) => ({ analyzer, datasetId, reason: error.message })))
      }
    }
    context.progress({ done: total, total, rows: report.rowsAnalyzed })
    return report
  }
}

/** What is wrong with one dataset says nothing about the others. */
const isOfDataset = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'dataset-damaged' || error.code === 'not-found')

async function rowsOf(store: Store, ids: readonly string[]): Promise<number> {
  let rows = 0
  for (const id of ids) rows += (await store.read().datasets.get(id))?.rows ?? 0
  return rows
}
