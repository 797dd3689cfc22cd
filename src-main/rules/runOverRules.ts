import { AppError } from '#contract/appError'
import type { Rule, RuleReport } from '#contract/rules'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'

export type RuleTarget = { id: string; huntId: string }
export type RunOverRules = (
  rules: readonly Rule[],
  targets: readonly RuleTarget[],
  context: JobContext,
) => Promise<RuleReport>

/**
 * Runs rules over datasets one after another and keeps what they find. A cancelled run keeps the datasets it finished; one
 * of several datasets that was deleted meanwhile or cannot be read does not stop the others.
 */
export function createRunOverRules(deps: {
  store: Store
  events: Events
  ports: Ports
  /** Hears of new alerts of a dataset, all kept at the moment `at`. */
  onAlerts(made: { huntId: string; datasetId: string; at: number }, context: JobContext): void
}): RunOverRules {
  const { store, events, ports } = deps
  return async (rules, targets, context) => {
    const report: RuleReport = {
      ...{ rules: rules.length, datasets: 0, alertsCreated: 0, alertsKept: 0, alertsRemoved: 0, alertsLeft: 0 },
      skipped: [],
    }
    const ran = new Set<string>()

    /** False where the dataset was read anew meanwhile: times and fields are others then. */
    async function run({ id, huntId }: RuleTarget, own: readonly Rule[], n: number): Promise<boolean> {
      const onProgress = (state: unknown): void => context.progress({ done: n * rules.length + rulesIn(state) })
      const reading = await store.read().readings.newestChange(id)
      const {
        file,
        ran: done,
        skipped,
        byRule,
      } = await store.task({ signal: context.signal, onProgress }).rules.run(id, own)
      const now = ports.clock().getTime()
      const kept = await store.write.rules.keepFound({ huntId, datasetId: id, file, ruleIds: done }, now, reading)
      if (kept === null) return false
      const runs = own.map((rule) => ({
        detector: `rule:${rule.id}`,
        name: rule.name,
        findings: byRule[rule.id] ?? 0,
        skipped:
          rule.id in byRule ? null : (skipped.find(({ ruleId }) => ruleId === rule.id)?.reason ?? 'It could not run.'),
      }))
      await store.write.detectorRuns.keep(id, runs, reading, now)
      report.datasets += 1
      report.alertsCreated += kept.created
      if (kept.created > 0) deps.onAlerts({ huntId, datasetId: id, at: now }, context)
      report.alertsKept += kept.kept
      report.alertsRemoved += kept.removed
      report.alertsLeft += kept.left
      report.skipped.push(...skipped.map((item) => ({ ...item, datasetId: id })))
      for (const rule of own) ran.add(rule.id)
      if (kept.created + kept.kept + kept.removed > 0) events.emit('alerts.changed', { huntId })
      return true
    }

    for (const [n, target] of targets.entries()) {
      const part = targets.length === 1 ? '' : `Dataset ${n + 1} of ${targets.length}`
      context.progress({ done: n * rules.length, total: targets.length * rules.length, note: part || null })
      const own = rules.filter(({ huntId }) => huntId === null || huntId === target.huntId)
      if (own.length === 0) continue
      try {
        while (!(await run(target, own, n)));
      } catch (error) {
        if (targets.length === 1 || !isOfDataset(error)) throw error
        report.skipped.push({ ruleId: null, datasetId: target.id, reason: error.message })
      }
    }
    if (ran.size > 0) {
      await store.write.rules.ran([...ran], ports.clock().getTime())
      events.emit('rules.changed', { id: null })
    }
    const total = targets.length * rules.length
    context.progress({ done: total, total, note: null })
    return report
  }
}

const rulesIn = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'rules' in state && typeof state.rules === 'number' ? state.rules : 0

/** What is wrong with one dataset says nothing about the others. */
const isOfDataset = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'dataset-damaged' || error.code === 'not-found')
