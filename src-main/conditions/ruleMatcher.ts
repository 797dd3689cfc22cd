import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import type { ConditionRule, RuleCondition } from '#contract/rules'
import { checkPredicate } from '../predicate/limits.ts'
import type { Predicate } from '../predicate/predicate.ts'
import type { GroupRow } from './alertGroups.ts'
import { afterHours } from './afterHours.ts'
import { conditionOnTexts, conditionPredicate, isCellCondition } from './conditionTest.ts'
import { fieldSource, type FieldSource, type RuleLayout } from './fieldSource.ts'
import { jsonOf, textsAt } from './jsonPath.ts'
import { slidingCount, type SlidingCount } from './slidingCount.ts'
import type { Watch } from './textTest.ts'

/** The text of a cell of the row at hand; '' for an empty one. */
export type CellText = (column: Column) => string

/** How one condition is asked in a dataset: by SQLite, of the row that it handed out, or over rows in order of time. */
export type Step =
  | { condition: number; by: 'sqlite'; predicate: Predicate }
  | { condition: number; by: 'row'; columns: readonly Column[]; holds: (cell: CellText) => boolean }
  | { condition: number; by: 'time'; holds: (time: number) => boolean }
  | { condition: number; by: 'count'; source: FieldSource; count: number; minutes: number }

export type RuleMatcher = {
  /** In the order of the rule. */
  steps: Step[]
  /** Fields of the rule that the dataset lacks: with any of them it cannot fire there. */
  missing: string[]
  /** null: no column of the dataset says whose row it is. */
  actor: FieldSource | null
  /** Whether some condition is about the time of a row. */
  needsTime: boolean
}

const MINUTE_US = 60_000_000

/**
 * How a rule is asked in a dataset. A dataset that lacks a field of some condition cannot make the rule fire, also where the
 * condition says what a cell must not be. AppError 'invalid-input' or 'too-large' for what no engine should be asked.
 */
export function ruleMatcher(
  rule: Pick<ConditionRule, 'conditions' | 'actor'>,
  layout: RuleLayout,
  watch?: Watch,
): RuleMatcher {
  checkConditions(rule.conditions)
  const missing: string[] = []
  const steps = rule.conditions.flatMap((condition, position): Step[] => {
    if (condition.op === 'after_hours') return [{ condition: position, by: 'time', holds: afterHours(condition) }]
    const field = condition.op === 'threshold_count' ? (condition.field ?? rule.actor) : condition.field
    const source = fieldSource(field, layout)
    if (source === null) {
      if (!missing.includes(field)) missing.push(field)
      return []
    }
    if (condition.op === 'threshold_count')
      return [{ condition: position, by: 'count', source, count: condition.count, minutes: condition.minutes }]
    if (source.path === null)
      return [{ condition: position, by: 'sqlite', predicate: conditionPredicate(condition, source) }]
    const holds = conditionOnTexts(condition, watch)
    return [
      { condition: position, by: 'row', columns: source.columns, holds: (cell) => holds(sourceTexts(source, cell)) },
    ]
  })
  return {
    steps,
    missing,
    actor: fieldSource(rule.actor, layout),
    needsTime: rule.conditions.some(({ op }) => op === 'after_hours' || op === 'threshold_count'),
  }
}

/** What is said of missing fields. Of one with several names, each of which would do, all are named. */
export function unmapped(missing: readonly string[]): string {
  const fields = missing.map((field) => {
    const names = field.split('|').map((name) => name.trim())
    return names.length === 1 ? names.join('') : `any of ${names.join(', ')}`
  })
  return `No column gives ${fields.join('; none gives ')}.`
}

/** Refuses conditions that could never be asked, whatever the dataset. AppError as ruleMatcher. */
export function checkConditions(conditions: readonly RuleCondition[]): void {
  for (const [position, condition] of conditions.entries()) {
    if (!isCellCondition(condition)) continue
    const example = { columns: [], canonical: 'event_type', path: null }
    try {
      checkPredicate(conditionPredicate(condition, example))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      throw new AppError(error.code, `Condition ${position + 1}: ${error.message}`, {
        path: `conditions.${position}.value`,
      })
    }
  }
}

/** Texts of a field in the row at hand: the cells of its columns that are not empty, or what stands at its path in them. */
export function sourceTexts(source: FieldSource, cell: CellText): string[] {
  return source.columns.flatMap((column) => {
    const text = cell(column)
    if (text === '') return []
    return source.path === null ? [text] : textsAt(jsonOf(text), source.path)
  })
}

/** A row that is being counted; `told`: it is part of an alert already. */
export type Marked = GroupRow & { time: number; told: boolean }
export type Counter = { minutes: number; counts: SlidingCount<Marked> }

/** One for each condition that counts, in the order of the rule, over all datasets that are asked together. */
export const countersOf = (steps: readonly Step[]): Counter[] =>
  steps.flatMap((step) =>
    step.by === 'count'
      ? [{ minutes: step.minutes, counts: slidingCount<Marked>(step.count, step.minutes * MINUTE_US) }]
      : [],
  )

/** What SQLite is asked: every condition that it can answer, and a time where one is needed. */
export function sqlitePart(steps: readonly Step[], needsTime: boolean): Predicate {
  const parts = steps.flatMap((step): Predicate[] => (step.by === 'sqlite' ? [step.predicate] : []))
  return { op: 'and', parts: [...(needsTime ? [anyTime] : []), ...parts] }
}

const anyTime: Predicate = { op: 'time', from: null, to: null }
