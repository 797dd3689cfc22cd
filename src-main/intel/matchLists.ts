import { AppError } from '#contract/appError'
import type { IntelMatchReport } from '#contract/intel'
import { INTEL_ANALYZER, type IocType, type Verdict } from '#contract/values'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'

export type MatchQuestion = {
  /** undefined: all lists that are on. */
  listIds?: readonly string[] | undefined
  verdicts: readonly Verdict[]
  types?: readonly IocType[] | undefined
}
export type MatchTarget = { id: string; huntId: string }
export type MatchLists = (
  question: MatchQuestion,
  targets: readonly MatchTarget[],
  context: JobContext,
) => Promise<IntelMatchReport>

/**
 * Makes an alert of every listed indicator in datasets, one dataset after another. A cancelled run keeps the datasets it
 * finished; one of several datasets that was deleted meanwhile or cannot be read does not stop the others.
 */
export function createMatchLists(deps: {
  store: Store
  events: Events
  ports: Ports
  /** Hears of new alerts of a dataset, all kept at the moment `at`. */
  onAlerts(made: { huntId: string; datasetId: string; at: number }, context: JobContext): void
}): MatchLists {
  const { store, events, ports } = deps
  return async ({ listIds, verdicts, types }, targets, context) => {
    const report: IntelMatchReport = {
      ...{ datasets: 0, indicators: 0, alertsCreated: 0, alertsKept: 0, alertsRemoved: 0 },
      skipped: [],
    }

    /** False where the dataset was read anew meanwhile. */
    async function match({ id, huntId }: MatchTarget): Promise<boolean> {
      const now = ports.clock().getTime()
      const { signal } = context
      const reading = await store.read().readings.newestChange(id)
      const { hits, left } = await store.read({ signal }).intel.listedIn(id, listIds, now)
      const chosen = hits.filter(
        ({ verdict, type }) => verdicts.includes(verdict) && (types === undefined || types.includes(type)),
      )
      const { file } = chosen.length === 0 ? { file: null } : await store.task({ signal }).intel.findings(id, chosen)
      // Of all lists the whole answer is known: what stands on none any more is no longer an alert.
      const listed = listIds === undefined && left === 0 ? hits.map(({ type, value }) => `${type}:${value}`) : null
      const found = { huntId, datasetId: id, file, analyzer: INTEL_ANALYZER, listed }
      const at = ports.clock().getTime()
      const kept = await store.write.intel.keepHits(found, at, reading)
      if (kept === null) return false
      // Only all lists together answer the question whether anything in it is listed.
      if (listIds === undefined && types === undefined && left === 0) {
        const runs = [{ detector: 'lists', name: null, findings: hits.length, skipped: null }]
        await store.write.detectorRuns.keep(id, runs, reading, at)
      }
      if (kept.created > 0) deps.onAlerts({ huntId, datasetId: id, at }, context)
      report.datasets += 1
      report.indicators += chosen.length
      report.alertsCreated += kept.created
      report.alertsKept += kept.kept
      report.alertsRemoved += kept.removed
      if (left > 0) report.skipped.push({ datasetId: id, reason: `${left} more listed indicators were left out.` })
      if (kept.created + kept.kept + kept.removed > 0) events.emit('alerts.changed', { huntId })
      return true
    }

    for (const [n, target] of targets.entries()) {
      context.progress({ done: n, total: targets.length })
      try {
        while (!(await match(target)));
      } catch (error) {
        if (targets.length === 1 || !isOfDataset(error)) throw error
        report.skipped.push({ datasetId: target.id, reason: error.message })
      }
    }
    context.progress({ done: targets.length, total: targets.length })
    return report
  }
}

/** What is wrong with one dataset says nothing about the others. */
const isOfDataset = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'dataset-damaged' || error.code === 'not-found')
