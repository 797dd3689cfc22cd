import { AppError } from '#contract/appError'
import type { Field } from './predicate.ts'

/** The column of the row's own time, under the names analysts use for it. */
const ROW_TIME = ['_time', 'timestamp', 'time']

type Named = { name: string; header: string; fields: readonly string[] }

/** What a field of a query may mean: columns by name, header or canonical field, and which of them gives the row's time. */
export type Layout<C extends Named> = { columns: readonly C[]; timeColumn: string | null }

/** A column or header of that name, or else the columns that feed the field; none where nothing is called so. */
export function columnsNamed<C extends Named>(field: Field, { columns, timeColumn }: Layout<C>): C[] {
  const wanted = field.name.toLowerCase()
  const byName = columns.filter(({ name, header }) => name.toLowerCase() === wanted || header.toLowerCase() === wanted)
  if (byName.length > 0) return byName
  const byField = columns.filter((column) => column.fields.some((known) => known === wanted))
  return byField.length > 0 || !ROW_TIME.includes(wanted) || timeColumn === null
    ? byField
    : columns.filter((column) => column.name === timeColumn)
}

/** As columnsNamed. AppError 'invalid-input' with its place where there are none. */
export function columnsOf<C extends Named>(field: Field, layout: Layout<C>): C[] {
  const named = columnsNamed(field, layout)
  if (named.length > 0 || (ROW_TIME.includes(field.name.toLowerCase()) && layout.timeColumn !== null)) return named
  const [example] = closest(field.name.toLowerCase(), layout.columns)
  const hint = example
    ? `Write ${/^[\w.-]+$/.test(example) ? example : `"${example}"`}:value.`
    : 'Put text that holds a colon in quotes.'
  throw new AppError('invalid-input', `There is no column or field ${field.name}, character ${field.at + 1}. ${hint}`, {
    path: 'q',
    at: field.at,
    column: field.name,
  })
}

/** Whether a field means the time of the row, and not a column that merely has such a name. */
export const meansRowTime = <C extends Named>({ name }: Field, { columns, timeColumn }: Layout<C>): boolean =>
  ROW_TIME.includes(name.toLowerCase()) &&
  !columns.some((column) => column.name.toLowerCase() === name.toLowerCase() && column.name !== timeColumn)

/** Likeness from which on a name is suggested: user_nam for username, and not user_id for src_ip. */
const NEAR = 0.25

/** Names and fields that are near the wanted one, the one that shares most pairs of letters first. */
function closest(wanted: string, columns: readonly Named[]): string[] {
  const pairs = (text: string): Set<string> =>
    new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)))
  const own = pairs(wanted)
  const likeness = (name: string): number => {
    const others = pairs(name.toLowerCase())
    return [...others].filter((pair) => own.has(pair)).length / (others.size + own.size || 1)
  }
  return [...new Set(columns.flatMap(({ name, fields }) => [name, ...fields]))]
    .filter((name) => likeness(name) >= NEAR)
    .toSorted((a, b) => likeness(b) - likeness(a))
}
