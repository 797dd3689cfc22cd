import { AppError } from '#contract/appError'
import type { KeywordReport } from '#contract/keywords'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'

export type ScanTarget = { id: string; huntId: string; rows: number }
export type ScanOf = { themeIds: string[] | undefined; columns: string[] | undefined }
export type RunScan = (targets: readonly ScanTarget[], of: ScanOf, context: JobContext) => Promise<KeywordReport>

const rowsIn = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'rows' in state && typeof state.rows === 'number' ? state.rows : 0

/**
 * Scans datasets one after another. A cancelled scan keeps what it found in the datasets it finished; one of several that was
 * deleted meanwhile, cannot be read or lacks the columns does not stop the others.
 */
export function createRunScan(deps: { store: Store; events: Events; ports: Ports }): RunScan {
  const { store, events, ports } = deps
  return async (targets, { themeIds, columns }, context) => {
    const keywords = await store.read().keywords.toScan(themeIds)
    const ids = keywords.map(({ id }) => id)
    const total = targets.reduce((sum, { rows }) => sum + rows, 0)
    const report: KeywordReport = {
      ...{ datasets: 0, rows: 0, keywords: keywords.length, hits: 0, kept: 0 },
      skipped: [],
    }

    /** False where the dataset was read anew meanwhile: its rows are others then. */
    async function scan({ id: datasetId, huntId }: ScanTarget): Promise<boolean> {
      const reading = await store.read().readings.newestChange(datasetId)
      const before = report.rows
      const onProgress = (state: unknown): void =>
        context.progress({ done: before + rowsIn(state), rows: before + rowsIn(state) })
      const found = await store
        .task({ signal: context.signal, onProgress })
        .keywords.scan({ datasetId, keywords, columns: columns ?? null })
      if (context.signal.aborted) throw new AppError('cancelled', 'Cancelled.')
      const kept = await store.write.keywords.keepScan({ datasetId, ids, ...found }, reading, ports.clock().getTime())
      if (!kept) {
        if (!(await store.read().datasets.get(datasetId)))
          throw new AppError('not-found', 'The dataset was deleted while it was scanned.', { id: datasetId })
        return false
      }
      const hits = found.counts.reduce((sum, count) => sum + count.hits, 0)
      // Only all themes over all columns answer the question whether any keyword stands there.
      if (themeIds === undefined && columns === undefined) {
        const name = `${keywords.length.toLocaleString('en-US')} keywords of all themes`
        const run = { detector: 'keywords', name, findings: hits, skipped: null }
        await store.write.detectorRuns.keep(datasetId, [run], reading, ports.clock().getTime())
      }
      report.datasets += 1
      report.rows += found.rows
      for (const count of found.counts) {
        report.hits += count.hits
        report.kept += count.kept
      }
      events.emit('keywords.changed', { huntId })
      return true
    }

    for (const target of targets) {
      context.progress({ done: report.rows, total, rows: report.rows })
      try {
        while (!(await scan(target)));
      } catch (error) {
        if (targets.length === 1 || !isOfDataset(error)) throw error
        report.skipped.push({ datasetId: target.id, reason: error.message })
      }
    }
    context.progress({ done: total, total, rows: report.rows })
    return report
  }
}

/** What is wrong with one dataset says nothing about the others. */
const isOfDataset = (error: unknown): error is AppError =>
  error instanceof AppError && ['dataset-damaged', 'not-found', 'invalid-input'].includes(error.code)
