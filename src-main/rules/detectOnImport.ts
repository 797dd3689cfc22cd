import type { JobContext } from '../jobs/jobRunner.ts'
import type { Store } from '../worker/pool.ts'
import type { RuleTarget, RunOverRules } from './runOverRules.ts'

type Deps = {
  store: Store
  runOverRules: RunOverRules
  analyzers: readonly string[]
  /** Runs analyzers with their own settings; answers how many alerts were created. */
  runAnalyzers(dataset: RuleTarget, names: string[], context: JobContext): Promise<number>
  /** Looks for listed indicators, where that is wanted; answers how many alerts were created. */
  matchLists(dataset: RuleTarget, context: JobContext): Promise<number>
  /** Resolves when quick questions are prepared, which rules are. */
  prepared(datasetId: string): Promise<void>
}

/**
 * What runs over a dataset that was imported: every rule that is on, the analyzers, and indicator lists. An analyzer that has rules for the
 * hunt runs by them alone, so that a rule that is off keeps it from running. Answers how many alerts were created.
 */
export function createDetectOnImport(deps: Deps): (dataset: RuleTarget, context: JobContext) => Promise<number> {
  return async (dataset, context) => {
    const rules = await deps.store.read().rules.ofHunt(dataset.huntId)
    const ruled = new Set(rules.flatMap((rule) => (rule.kind === 'analyzer' ? [rule.analyzer] : [])))
    const free = deps.analyzers.filter((name) => !ruled.has(name))
    const found = free.length === 0 ? 0 : await deps.runAnalyzers(dataset, free, context)
    const on = rules.filter(({ enabled }) => enabled)
    if (on.length > 0) await deps.prepared(dataset.id)
    const ruledOn = on.length === 0 ? 0 : (await deps.runOverRules(on, [dataset], context, true)).alertsCreated
    return found + ruledOn + (await deps.matchLists(dataset, context))
  }
}
