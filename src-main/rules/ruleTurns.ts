import type { Dataset } from '#contract/datasets'
import type { Rule } from '#contract/rules'
import { CUT, neighboursOf, reachOf } from './neighbours.ts'

/** Rules that are asked of the same datasets, and so in one go. */
export type RuleTurn = {
  target: { id: string; huntId: string }
  /** With the target, in the order of their first row. */
  together: string[]
  rules: Rule[]
  /** What people have to know about it. */
  notes: { ruleId: string; datasetId: string; reason: string }[]
}

/** Which rules are asked of a dataset alone, and which together with others of its hunt. */
export function turnsOf(
  target: { id: string; huntId: string },
  hunt: readonly Dataset[],
  rules: readonly Rule[],
): RuleTurn[] {
  const dataset = hunt.find(({ id }) => id === target.id)
  const turns = new Map<string, RuleTurn>()
  for (const rule of rules) {
    const { together, cut } = dataset ? neighboursOf(dataset, hunt, reachOf(rule)) : { together: [target], cut: false }
    const ids = together.map(({ id }) => id)
    const key = ids.join(' ')
    const turn = turns.get(key) ?? { target, together: ids, rules: [], notes: [] }
    turns.set(key, turn)
    turn.rules.push(rule)
    if (cut) turn.notes.push({ ruleId: rule.id, datasetId: target.id, reason: CUT })
  }
  return [...turns.values()]
}
