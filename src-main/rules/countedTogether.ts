import type { Dataset } from '#contract/datasets'
import type { RuleDraft, RuleExplanation } from '#contract/rules'
import type { Store } from '../worker/pool.ts'
import { neighboursOf, reachOf } from './neighbours.ts'

type Explained = Omit<RuleExplanation, 'datasetId' | 'dataset' | 'rows'>

/**
 * Where a count is not reached by the rows of a dataset alone: whether it is together with those of its hunt that a run would
 * take along.
 */
export async function countedTogether(
  store: Store,
  {
    rule,
    dataset,
    hunt,
    explained,
  }: { rule: RuleDraft; dataset: Dataset; hunt: readonly Dataset[]; explained: Explained },
  signal: AbortSignal,
): Promise<Explained> {
  const last = explained.steps.at(-1)
  if (rule.kind !== 'condition' || explained.outcome !== 'never-true' || last === undefined) return explained
  if (rule.conditions[last.condition]?.op !== 'threshold_count') return explained
  const { together } = neighboursOf(dataset, hunt, reachOf(rule))
  if (together.length === 1) return explained
  const ids = together.map(({ id }) => id)
  const { findings } = await store
    .task({ signal })
    .rules.tryOut({ target: dataset.id, together: ids }, { ...rule, id: '' }, [])
  const own = findings.filter(({ datasetIds }) => datasetIds.includes(dataset.id)).length
  const others = together.length === 2 ? 'the other dataset' : `the ${together.length - 1} other datasets`
  if (own === 0) return { ...explained, reason: `${explained.reason} Nor is it together with ${others} of the hunt.` }
  const alerts = own === 1 ? '1 alert' : `${own} alerts`
  return { ...explained, outcome: 'fires', reason: `Together with ${others} of the hunt it makes ${alerts}.` }
}
