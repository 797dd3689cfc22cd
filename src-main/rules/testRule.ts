import type { RuleAlert, RuleDraft, RuleTest } from '#contract/rules'
import type { Dataset } from '#contract/datasets'
import type { Store } from '../worker/pool.ts'

type Trial = { rule: RuleDraft; id: string | undefined; targets: readonly Dataset[]; limit: number }

/** What saving a rule and running it would do to the alerts: nothing is written. */
export async function testRule(store: Store, trial: Trial, signal: AbortSignal): Promise<RuleTest> {
  const { rule, id, targets, limit } = trial
  const test: RuleTest = {
    ...{ rows: 0, datasets: targets.length, added: 0, kept: 0, removed: 0, left: 0 },
    first: { added: [], kept: [], removed: [] },
    skipped: [],
  }
  const tell = (what: 'added' | 'kept' | 'removed', alert: RuleAlert): void => {
    test[what] += 1
    if (test.first[what].length < limit) test.first[what].push(alert)
  }
  for (const { id: datasetId, huntId, rows } of targets) {
    test.rows += rows
    const applies = rule.huntId === null || rule.huntId === huntId
    const named = { ...rule, id: id ?? '' }
    const { findings, skipped } = applies
      ? await store.task({ signal }).rules.tryOut(datasetId, named)
      : { findings: [], skipped: [] }
    for (const reason of skipped) test.skipped.push({ ruleId: id ?? null, datasetId, reason })
    const analyzer = rule.kind === 'analyzer' ? rule.analyzer : null
    const known = await store.read({ signal }).rules.alertsOf(datasetId, id ?? null, analyzer)
    const bySubject = new Map(known.map((alert) => [`${alert.analyzer} ${alert.subject}`, alert]))
    for (const { analyzer: by, subject, ...finding } of findings) {
      const alert = bySubject.get(`${by} ${subject}`)
      bySubject.delete(`${by} ${subject}`)
      tell(alert ? 'kept' : 'added', { ...finding, datasetId, alertId: alert?.id ?? null })
    }
    for (const { own, untouched, title, severity, rows: all, firstRow, firstTime, id: alertId } of bySubject.values()) {
      if (!own) continue
      if (untouched) tell('removed', { title, severity, rows: all, firstRow, firstTime, datasetId, alertId })
      else test.left += 1
    }
  }
  return test
}
