import { AppError } from '#contract/appError'
import type { Rule, RuleReport } from '#contract/rules'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { Store } from '../worker/pool.ts'
import { oneAtATime } from './oneAtATime.ts'
import { runTogether } from './runTogether.ts'
import { turnsOf, type RuleTurn } from './ruleTurns.ts'
import { ruleTargets } from './ruleTargets.ts'

export type RuleTarget = { id: string; huntId: string }
export type RunOverRules = (
  rules: readonly Rule[],
  targets: readonly RuleTarget[],
  context: JobContext,
  /** The targets were imported just now: no rule ever ran over them. */
  fresh?: boolean,
) => Promise<RuleReport>
export type RunOverRulesDeps = {
  store: Store
  events: Events
  ports: Ports
  /** Hears of new alerts of a dataset, all kept at the moment `at`. */
  onAlerts(made: { huntId: string; datasetId: string; at: number }, context: JobContext): void
}

/**
 * Runs rules over datasets one after another and keeps what they find. What one actor does is one alert wherever it stands in a
 * hunt, so a dataset is asked together with those whose rows matter to its own (neighbours.ts), and no two runs over a hunt
 * at once. A cancelled run keeps the datasets it finished; one of several datasets that was deleted meanwhile or
 * cannot be read does not stop the others.
 */
export function createRunOverRules(deps: RunOverRulesDeps): RunOverRules {
  const { store, events, ports } = deps
  const inTurn = oneAtATime()
  return async (rules, targets, context, fresh = false) => {
    const report: RuleReport = {
      ...{ rules: rules.length, datasets: 0, alertsCreated: 0, alertsKept: 0, alertsRemoved: 0, alertsLeft: 0 },
      skipped: [],
    }
    const [ran, datasets] = [new Set<string>(), new Set<string>()]
    /** Rules and datasets that a dataset before took along. */
    const done = new Set<string>()

    async function run(turn: RuleTurn, n: number): Promise<void> {
      const progress = (gone: number): void => context.progress({ done: n * rules.length + gone })
      const { asked, skipped, kept } = await runTogether(deps, { ...turn, fresh }, context, progress)
      for (const { ruleId, datasetIds } of asked) {
        ran.add(ruleId)
        for (const id of datasetIds) {
          datasets.add(id)
          done.add(`${ruleId} ${id}`)
        }
      }
      report.alertsCreated += kept.created
      report.alertsKept += kept.kept
      report.alertsRemoved += kept.removed
      report.alertsLeft += kept.left
      report.skipped.push(...skipped)
    }

    for (const [n, target] of targets.entries()) {
      const part = targets.length === 1 ? '' : `Dataset ${n + 1} of ${targets.length}`
      context.progress({ done: n * rules.length, total: targets.length * rules.length, note: part || null })
      const own = rules.filter(
        ({ id, huntId }) => (huntId === null || huntId === target.huntId) && !done.has(`${id} ${target.id}`),
      )
      if (own.length === 0) continue
      try {
        await inTurn(target.huntId, context.signal, async () => {
          const hunt = await ruleTargets(store, { huntId: target.huntId })
          for (const turn of turnsOf(target, hunt, own)) await run(turn, n)
        })
        datasets.add(target.id)
        for (const { id } of own) ran.add(id)
      } catch (error) {
        if (targets.length === 1 || !isOfDataset(error)) throw error
        report.skipped.push({ ruleId: null, datasetId: target.id, reason: error.message })
      }
    }
    report.datasets = datasets.size
    if (ran.size > 0) {
      await store.write.rules.ran([...ran], ports.clock().getTime())
      events.emit('rules.changed', { id: null })
    }
    const total = targets.length * rules.length
    context.progress({ done: total, total, note: null })
    return report
  }
}

/** What is wrong with one dataset says nothing about the others. */
const isOfDataset = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'dataset-damaged' || error.code === 'not-found')
