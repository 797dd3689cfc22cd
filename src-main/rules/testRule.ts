import type { RuleAlert, RuleDraft, RuleTest } from '#contract/rules'
import type { Dataset } from '#contract/datasets'
import { beginOf, goesOn } from '../conditions/sameAlert.ts'
import type { Store } from '../worker/pool.ts'
import { CUT, neighboursOf, reachOf } from './neighbours.ts'

type Trial = {
  rule: RuleDraft
  id: string | undefined
  targets: readonly Dataset[]
  limit: number
  /** The datasets of a hunt that are imported. */
  ofHunt(huntId: string): Promise<Dataset[]>
}

/**
 * What saving a rule and running it would do to the alerts: nothing is written. As in a run, datasets are tried together with
 * those of their hunt whose rows matter to theirs, which are told as well.
 */
export async function testRule(store: Store, trial: Trial, signal: AbortSignal): Promise<RuleTest> {
  const { rule, id, targets, limit } = trial
  const test: RuleTest = {
    ...{ rows: 0, datasets: 0, added: 0, kept: 0, removed: 0, left: 0 },
    first: { added: [], kept: [], removed: [] },
    skipped: [],
  }
  const tell = (what: 'added' | 'kept' | 'removed', alert: RuleAlert): void => {
    test[what] += 1
    if (test.first[what].length < limit) test.first[what].push(alert)
  }
  const hunts = new Map<string, Dataset[]>()
  const done = new Set<string>()
  for (const target of targets) {
    if (done.has(target.id)) continue
    const hunt = hunts.get(target.huntId) ?? (await trial.ofHunt(target.huntId))
    hunts.set(target.huntId, hunt)
    const { together, cut } = neighboursOf(target, hunt, reachOf(rule))
    if (cut) test.skipped.push({ ruleId: id ?? null, datasetId: target.id, reason: CUT })
    for (const dataset of together) {
      done.add(dataset.id)
      test.rows += dataset.rows
      test.datasets += 1
    }
    await tryTogether(
      target,
      together.map((one) => one.id),
    )
  }
  return test

  async function tryTogether({ id: target, huntId }: Dataset, together: readonly string[]): Promise<void> {
    const analyzer = rule.kind === 'analyzer' ? rule.analyzer : null
    const read = together.map((one) => store.read({ signal }).rules.alertsOf(one, id ?? null, analyzer))
    const known = (await Promise.all(read)).flat()
    const begun = new Map(known.flatMap((alert) => (alert.own ? [[beginOf(alert) ?? '', alert] as const] : [])))
    const applies = rule.huntId === null || rule.huntId === huntId
    const named = { ...rule, id: id ?? '' }
    const { findings, skipped } = applies
      ? await store.task({ signal }).rules.tryOut({ target, together }, named, [...begun.keys()])
      : { findings: [], skipped: [] }
    for (const note of skipped) test.skipped.push({ ruleId: id ?? null, ...note })
    const left = new Map(known.map((alert) => [nameOf(alert), alert]))
    for (const finding of findings) {
      const exact = left.get(nameOf(finding))
      const alert =
        goesOn(
          finding.begun.flatMap((place) => {
            const one = begun.get(place)
            return one && left.has(nameOf(one)) ? [{ ...one, exact: one === exact, age: 0 }] : []
          }),
        ) ?? exact
      if (alert) left.delete(nameOf(alert))
      const { title, severity, datasetId, rows, firstRow, firstTime } = finding
      tell(alert ? 'kept' : 'added', {
        ...{ title, severity, datasetId, rows, firstRow, firstTime },
        alertId: alert?.id ?? null,
      })
    }
    for (const { own, untouched, id: alertId, ...alert } of left.values()) {
      const { title, severity, datasetId, rows, firstRow, firstTime } = alert
      if (!own) continue
      if (untouched) tell('removed', { title, severity, datasetId, rows, firstRow, firstTime, alertId })
      else test.left += 1
    }
  }
}

const nameOf = (alert: { datasetId: string; analyzer: string; subject: string }): string =>
  `${alert.datasetId} ${alert.analyzer} ${alert.subject}`
