import type { Column } from '#contract/datasets'
import { isMarkName } from '../predicate/rowTagTest.ts'

/** Where a condition's field is found in a dataset: the columns to look at and, inside cells of JSON, the path to follow. */
export type FieldSource = {
  columns: readonly Column[]
  /** The columns that feed this canonical field, best first; or `tag` or `note`, what analysts said about the row, without columns. */
  canonical: string | null
  /** Keys to follow from the whole cell; `*` is any element of a list. Null: the cell itself. */
  path: readonly string[] | null
}

/** The columns of a dataset, and for canonical fields the positions of those that feed them, best first. */
export type RuleLayout = { columns: readonly Column[]; order: ReadonlyMap<string, readonly number[]> }

/** More steps than any export nests. */
const STEPS_MAX = 32

/**
 * Finds a field, or one of several names separated by `|`, the first that the dataset has with anything in it. A name is a column, a canonical
 * field, the key of a packed column (`Workload` for AuditData.Workload), or a dotted path that begins with one of these or
 * with a key of a packed column. Null when the dataset has none of them.
 */
export function fieldSource(field: string, layout: RuleLayout): FieldSource | null {
  const whole = plainSource(field, layout)
  if (whole) return whole
  const names = field
    .split('|')
    .map((part) => part.trim())
    .filter((name) => name !== '')
  const found = names.flatMap((name) => plainSource(name, layout) ?? pathSource(name, layout) ?? [])
  const filled = found.find(({ columns }) => columns.some((column) => column.filled > 0))
  return filled ?? found[0] ?? names.map((name) => packedSource(name, layout)).find((one) => one !== null) ?? null
}

function plainSource(field: string, layout: RuleLayout): FieldSource | null {
  const { columns, order } = layout
  const wanted = field.toLowerCase()
  const named = columns.filter(({ name, header }) => name.toLowerCase() === wanted || header.toLowerCase() === wanted)
  if (named.length > 0) return { columns: named, canonical: null, path: null }
  const feeding = columns.filter(({ fields }) => fields.some((known) => known === wanted))
  if (feeding.length > 0) {
    const best = order.get(wanted) ?? []
    const rank = ({ position }: Column): number => (best.includes(position) ? best.indexOf(position) : best.length)
    return { columns: feeding.toSorted((a, b) => rank(a) - rank(b)), canonical: wanted, path: null }
  }
  const keyed = columns.filter(
    ({ header, derivedFrom }) => derivedFrom !== null && header.toLowerCase().endsWith(`.${wanted}`),
  )
  if (keyed.length > 0) return { columns: keyed, canonical: null, path: null }
  // No column tells it, and no dataset lacks it.
  return isMarkName(field) ? { columns: [], canonical: wanted, path: null } : null
}

function pathSource(name: string, layout: RuleLayout): FieldSource | null {
  const steps = stepsOf(name)
  for (let cut = Math.min(steps.length, STEPS_MAX) - 1; cut > 0; cut--) {
    const found = plainSource(steps.slice(0, cut).join('.'), layout)
    if (found) return { ...found, path: steps.slice(cut, STEPS_MAX) }
  }
  return null
}

/** A path that begins with a key of a packed column: whether the key is there is only known cell by cell. */
function packedSource(name: string, { columns }: RuleLayout): FieldSource | null {
  const steps = stepsOf(name)
  const packed = new Set(columns.flatMap(({ derivedFrom }) => (derivedFrom === null ? [] : [derivedFrom])))
  const sources = columns.filter((column) => packed.has(column.name))
  if (sources.length === 0 || steps.length < 2) return null
  return { columns: sources, canonical: null, path: steps.slice(0, STEPS_MAX) }
}

/** `a[0].b[].c` is `a`, `0`, `b`, `*`, `c`. */
const stepsOf = (name: string): string[] =>
  name
    .replace(/\[(\d*)\]/g, (_all, at: string) => `.${at === '' ? '*' : at}`)
    .split('.')
    .filter((step) => step !== '')
