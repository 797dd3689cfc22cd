import type { RuleCondition } from '#contract/rules'
import type { Column } from '#contract/datasets'
import { inAnyCase } from '../predicate/fold.ts'
import type { Predicate, Test } from '../predicate/predicate.ts'
import { textTest, type Watch } from './textTest.ts'
import type { FieldSource } from './fieldSource.ts'

/** A condition that looks at one cell or at a value inside it. */
export type CellCondition = Exclude<RuleCondition, { op: 'after_hours' | 'threshold_count' }>

export const isCellCondition = (condition: RuleCondition): condition is CellCondition =>
  condition.op !== 'after_hours' && condition.op !== 'threshold_count'

/** The condition as part of the one predicate tree, over the columns that were found for its field. */
export function conditionPredicate(condition: CellCondition, { columns, canonical }: FieldSource): Predicate {
  const names = canonical === null ? columns.map((column: Column) => column.name) : [canonical]
  const either = (tests: readonly Test[]): Predicate => {
    const parts = tests.flatMap((test) =>
      names.map((name): Predicate => ({ op: 'match', field: { name, at: 0 }, test })),
    )
    const [only] = parts
    return parts.length === 1 && only ? only : { op: 'or', parts }
  }
  return condition.op === 'neq' ? { op: 'not', part: either(testsOf(condition)) } : either(testsOf(condition))
}

/** Whether the texts at a path make the condition hold; in any case, as predicates. */
export function conditionOnTexts(condition: CellCondition, watch?: Watch): (texts: readonly string[]) => boolean {
  if (condition.op === 'exists') return (texts) => texts.some((text) => text !== '')
  const holds = testsOf(condition).map((test) => textTest(test, watch))
  const empty = testsOf(condition).some((test) => test.kind === 'equals' && test.text === '')
  const some = (texts: readonly string[]): boolean =>
    texts.some((text) => holds.some((one) => one(text))) || (empty && texts.length === 0)
  return condition.op === 'neq' ? (texts) => !some(texts) : some
}

function testsOf(condition: CellCondition): Test[] {
  switch (condition.op) {
    case 'eq':
    case 'neq':
      return [{ kind: 'equals', text: condition.value }]
    case 'in':
      return condition.values.map((text) => ({ kind: 'equals', text }))
    case 'contains':
      return [{ kind: 'contains', text: condition.value }]
    case 'startswith':
      return [edge(condition.value, 'start')]
    case 'endswith':
      return [edge(condition.value, 'end')]
    case 'regex':
      return [{ kind: 'regex', source: condition.value }]
    case 'cidr':
      return [{ kind: 'cidr', network: condition.value.trim() }]
    case 'exists':
      return [{ kind: 'exists' }]
  }
}

/** Stars and question marks of a value are letters here. */
function edge(value: string, at: 'start' | 'end'): Test {
  if (!/[*?]/.test(value)) return { kind: 'wildcard', pattern: at === 'start' ? `${value}*` : `*${value}` }
  const source = `(?-i:${inAnyCase(value)})`
  return { kind: 'regex', source: at === 'start' ? `^${source}` : `${source}$` }
}
