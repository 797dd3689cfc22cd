/**
 * What narrows rows, whoever asks: the query bar, a facet, a cell menu, a rule. One tree; parsed by parseQuery, compiled by
 * compileSqlite. Text is compared in any case, as SQLite does: ASCII letters fold.
 */
export type Predicate =
  | { op: 'all' }
  | { op: 'and' | 'or'; parts: readonly Predicate[] }
  | { op: 'not'; part: Predicate }
  | { op: 'match'; field: Field | null; test: Test }

/** A column or canonical field as the analyst wrote it; `at`: where in the query, in characters. */
export type Field = { name: string; at: number }

export type Test =
  /** Some cell holds the text. */
  | { kind: 'contains'; text: string }
  /** The whole cell is the text. */
  | { kind: 'equals'; text: string }
  /** `*` any characters, `?` one; over the whole cell of a field, anywhere in a cell without a field. */
  | { kind: 'wildcard'; pattern: string }
  /** Found anywhere in the cell; RE2 syntax, linear time. */
  | { kind: 'regex'; source: string }
  /** Numbers as numbers, times as instants, anything else as text. */
  | { kind: 'range'; from: Bound | null; to: Bound | null }
  /** The cell is an address of the network, for example 10.0.0.0/8 or 2001:db8::/32. */
  | { kind: 'cidr'; network: string }
  /** The cell is not empty. */
  | { kind: 'exists' }

export type Bound = { text: string; inclusive: boolean }
