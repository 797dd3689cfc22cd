import { AppError } from '#contract/appError'
import type { RuleReport } from '#contract/rules'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { RuleTurn } from './ruleTurns.ts'
import type { RunOverRulesDeps } from './runOverRules.ts'

type Kept = { created: number; kept: number; removed: number; left: number }
type Ran = { asked: { ruleId: string; datasetIds: string[] }[]; skipped: RuleReport['skipped']; kept: Kept }

/**
 * Runs rules over datasets that are asked together and keeps what they find, all or none; again where one of them was read
 * anew or deleted meanwhile, and over the target alone where another one cannot be read.
 */
export async function runTogether(
  { store, events, ports, onAlerts }: RunOverRulesDeps,
  turn: RuleTurn & { fresh: boolean },
  context: JobContext,
  progress: (rules: number) => void,
): Promise<Ran> {
  const { target, rules, notes, fresh } = turn
  const { huntId } = target
  let { together } = turn
  const skipped: RuleReport['skipped'] = [...notes]

  async function once(): Promise<Ran | null> {
    const ids = [target.id, ...together.filter((id) => id !== target.id)]
    const datasets = await Promise.all(
      ids.map(async (id) => ({ id, reading: await store.read().readings.newestChange(id) })),
    )
    const onProgress = (state: unknown): void => progress(rulesIn(state))
    const done = await store
      .task({ signal: context.signal, onProgress })
      .rules.run({ target: target.id, together, fresh }, rules)
    const now = ports.clock().getTime()
    const kept = await store.write.rules.keepFound({ huntId, datasets, file: done.file, ran: done.ran }, now)
    if (kept === null) return null
    for (const { id, reading } of datasets) {
      const asked = id === target.id ? rules : rules.filter((rule) => id in (done.byRule[rule.id] ?? {}))
      const runs = asked.map((rule) => ({
        detector: `rule:${rule.id}`,
        name: rule.name,
        findings: done.byRule[rule.id]?.[id] ?? 0,
        skipped:
          id in (done.byRule[rule.id] ?? {})
            ? null
            : (done.skipped.find(({ ruleId, datasetId }) => ruleId === rule.id && datasetId === id)?.reason ??
              'It could not run.'),
      }))
      if (runs.length > 0) await store.write.detectorRuns.keep(id, runs, reading, now)
    }
    for (const datasetId of kept.createdIn) onAlerts({ huntId, datasetId, at: now }, context)
    if (kept.created + kept.kept + kept.removed > 0) events.emit('alerts.changed', { huntId })
    // What a neighbour has not is no news of this run.
    const told = done.skipped.filter(({ datasetId }) => datasetId === target.id)
    return { asked: done.ran, skipped: [...skipped, ...told], kept }
  }

  for (;;) {
    try {
      const ran = await once()
      if (ran) return ran
      const left = await Promise.all(together.map(async (id) => ((await store.read().datasets.get(id)) ? [id] : [])))
      together = left.flat()
    } catch (error) {
      if (together.length === 1 || !(error instanceof AppError) || error.code !== 'dataset-damaged') throw error
      together = [target.id]
      const reason = `A dataset of the hunt cannot be read (${error.message}), so this one was asked alone.`
      for (const { id } of rules) skipped.push({ ruleId: id, datasetId: target.id, reason })
    }
  }
}

const rulesIn = (state: unknown): number =>
  typeof state === 'object' && state !== null && 'rules' in state && typeof state.rules === 'number' ? state.rules : 0
