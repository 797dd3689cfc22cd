import type { Field, Predicate, Test } from './predicate.ts'

/** The compiled texts of the two kinds of leaves; each is true or false and never NULL. */
export type Leaves = {
  match(field: Field | null, test: Test): string
  time(from: number | null, to: number | null): string
}

/** A tree as a condition, with the engine's own leaves. */
export function combine(predicate: Predicate, leaves: Leaves): string {
  switch (predicate.op) {
    case 'all':
      return '1'
    case 'and':
    case 'or': {
      const parts = predicate.parts.map((part) => combine(part, leaves))
      return predicate.op === 'and' ? allOf(parts) : anyOf(parts)
    }
    case 'not':
      return `NOT (${combine(predicate.part, leaves)})`
    case 'match':
      return leaves.match(predicate.field, predicate.test)
    case 'time':
      return leaves.time(predicate.from, predicate.to)
  }
}

export const allOf = (parts: readonly string[]): string => (parts.length === 0 ? '1' : balanced(parts, ' AND '))
export const anyOf = (parts: readonly string[]): string => (parts.length === 0 ? '0' : balanced(parts, ' OR '))

/** Halves in parentheses: a plain chain is as deep as it is long, and engines limit the depth (SQLite to 1,000). */
function balanced(parts: readonly string[], sign: string): string {
  if (parts.length <= 8) return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(sign)})`
  const half = Math.ceil(parts.length / 2)
  return `(${balanced(parts.slice(0, half), sign)}${sign}${balanced(parts.slice(half), sign)})`
}
