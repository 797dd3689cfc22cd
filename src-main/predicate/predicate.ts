/**
 * What narrows rows, whoever asks: the query bar, a facet, a cell menu, a brush, a rule. One tree; parsed by parseQuery,
 * compiled by compileSqlite and compileClickhouse, which find the same rows:
 * - an empty cell (NULL, or '' in ClickHouse) is found by no test but `equals ''`; what is not found, NOT finds;
 * - text is compared in any case (fold.ts); ranges of text go by bytes with A to Z folded;
 * - a number is searched as the text it had in the source, and compared as a number where all bounds are numbers.
 */
export type Predicate =
  | { op: 'all' }
  | { op: 'and' | 'or'; parts: readonly Predicate[] }
  | { op: 'not'; part: Predicate }
  | { op: 'match'; field: Field | null; test: Test }
  /** The time of the row, in microseconds since 1970 UTC: from `from` on, before `to`; null leaves that end open. */
  | { op: 'time'; from: number | null; to: number | null }

/** A column or canonical field as the analyst wrote it; `at`: where in the query, in characters. */
export type Field = { name: string; at: number }

export type Test =
  /** Some cell holds the text. */
  | { kind: 'contains'; text: string }
  /** The whole cell is the text; the empty text finds empty cells. */
  | { kind: 'equals'; text: string }
  /** `*` any characters, `?` one; over the whole cell of a field, anywhere in a cell without a field. */
  | { kind: 'wildcard'; pattern: string }
  /** Found anywhere in the cell; RE2 syntax, linear time, any case, `.` stops at line ends ((?s) and (?-i) change that). */
  | { kind: 'regex'; source: string }
  /** Times as instants, numbers as numbers, anything else as text. */
  | { kind: 'range'; from: Bound | null; to: Bound | null }
  /** The cell is an address of the network, for example 10.0.0.0/8 or 2001:db8::/32. */
  | { kind: 'cidr'; network: string }
  /** The cell is not empty. */
  | { kind: 'exists' }

export type Bound = { text: string; inclusive: boolean }
