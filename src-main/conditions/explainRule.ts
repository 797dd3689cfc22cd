import type { ConditionRule, RuleExplanation } from '#contract/rules'
import type { ExplainOutcome } from '#contract/values'
import { countersOf, ruleMatcher, unmapped, type Step } from './ruleMatcher.ts'
import { rowsBefore, rowsOfRule, type RuleSource } from './ruleRows.ts'

export type Explained = Pick<RuleExplanation, 'outcome' | 'reason' | 'missing' | 'steps'>

/**
 * Why a rule does not fire in a dataset: a field that no column feeds, no time, or how many rows are left after each
 * condition, up to the first that leaves none. What counts rows is asked last, as in a run.
 */
export function explainRule(rule: ConditionRule, source: RuleSource, hasTime: boolean): Explained {
  const matcher = ruleMatcher(rule, source.layout, source.watch)
  const { missing } = matcher
  if (missing.length > 0) {
    return { outcome: 'field-unmapped', reason: unmapped(missing), missing, steps: [] }
  }
  if (matcher.needsTime && !hasTime)
    return { outcome: 'time-missing', reason: 'The rows of this dataset have no time.', missing, steps: [] }
  const ordered = [
    ...matcher.steps.filter((step) => step.by !== 'count'),
    ...matcher.steps.filter((step) => step.by === 'count'),
  ]
  const steps: RuleExplanation['steps'] = []
  let before: number | null = null
  for (const [n, step] of ordered.entries()) {
    const { left, note } = leftAfter(ordered.slice(0, n + 1), source)
    const alone = left === 0 && step.by !== 'count' ? leftAfter([step], source).left : null
    steps.push({ condition: step.condition, left, alone, note })
    if (left === 0) {
      const timed = step.by === 'sqlite' || step.by === 'row' || n === 0 ? null : withTime(ordered.slice(0, n), source)
      if (timed === 0) return { outcome: 'time-missing', reason: noTime(step.condition, before ?? 0), missing, steps }
      const untimed = timed === null ? 0 : (before ?? 0) - timed
      const { outcome, reason } = why(step, alone, before, note)
      return { outcome, reason: untimed === 0 ? reason : `${reason} ${withoutTime(untimed)}`, missing, steps }
    }
    before = left
  }
  return {
    outcome: 'fires',
    reason: before === 1 ? '1 row matches.' : `${rowsText(before ?? 0)} match.`,
    missing,
    steps,
  }
}

/** Rows with a time for which the steps hold; only these can be outside hours or be counted. */
function withTime(steps: readonly Step[], source: RuleSource): number {
  let rows = 0
  for (const _row of rowsBefore(steps, true, source)) rows += 1
  return rows
}

const noTime = (condition: number, before: number): string =>
  before === 1
    ? `The 1 row left before condition ${condition + 1} has no time.`
    : `None of the ${before} rows left before condition ${condition + 1} has a time.`

function leftAfter(steps: readonly Step[], source: RuleSource): { left: number; note: string | null } {
  const needsTime = steps.some((step) => step.by === 'time' || step.by === 'count')
  if (steps.every((step) => step.by === 'sqlite'))
    return { left: source.count({ op: 'and', parts: steps.map(({ predicate }) => predicate) }), note: null }
  let left = 0
  if (!steps.some((step) => step.by === 'count')) {
    for (const _row of rowsBefore(steps, needsTime, source)) left += 1
    return { left, note: null }
  }
  const matcher = { steps: [...steps], missing: [], actor: null, needsTime }
  const counters = countersOf(steps)
  for (const { rows } of rowsOfRule([{ source, matcher }], counters)) left += rows.length
  const last = counters.at(-1)
  const note = last
    ? `The highest count within ${last.minutes === 1 ? '1 minute' : `${last.minutes} minutes`} is ${last.counts.highest()}.`
    : null
  return { left, note: left === 0 ? note : null }
}

function why(
  { by, condition }: Step,
  alone: number | null,
  before: number | null,
  note: string | null,
): { outcome: ExplainOutcome; reason: string } {
  const which = `Condition ${condition + 1}`
  if (by === 'count') return { outcome: 'never-true', reason: `${which} is never reached. ${note ?? ''}`.trim() }
  if (alone === 0)
    return by === 'time'
      ? { outcome: 'never-true', reason: `${which} is never true: no row lies outside the working hours.` }
      : { outcome: 'no-such-event', reason: `${which} is true for no row of this dataset.` }
  return {
    outcome: 'never-true',
    reason: `${which} is true for ${rowsText(alone ?? 0)}, but not for ${before === 1 ? 'the 1 row' : `any of the ${before ?? 0} rows`} left before it.`,
  }
}

const withoutTime = (rows: number): string =>
  rows === 1 ? '1 row left before it has no time.' : `${rows} rows left before it have no time.`
const rowsText = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`)
