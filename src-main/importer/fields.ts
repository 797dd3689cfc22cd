import { z } from 'zod'
import { canonicalFields, type CanonicalField } from '#contract/values'
import knowledge from '../../resources/fields.json' with { type: 'json' }
import { isDerivedHeader } from './packedColumns.ts'
import { headerKey, timePositions, type Profile } from './profiles.ts'

const names = z.array(z.string())
const fieldList = z.array(z.enum(canonicalFields))
/**
 * resources/fields.json. `fields`: names of columns per canonical field, best first; letter case, spaces, dashes, dots and
 * underscores do not count. `prefixes` may stand before any name. `exceptions` hold for files with all headers of `if` and
 * none of `unless`: `set` says what a column feeds there, `first` which columns come first for a field.
 */
const shape = z.object({
  prefixes: names,
  fields: z.record(z.enum(canonicalFields), names),
  exceptions: z.array(
    z.object({
      why: z.string(),
      if: names,
      unless: names,
      set: z.record(z.string(), fieldList).default({}),
      first: z.partialRecord(z.enum(canonicalFields), names).default({}),
    }),
  ),
})
const { prefixes, fields, exceptions } = shape.parse(knowledge)

/** A name without what tools write differently: letter case, punctuation, a bracketed zone. */
export const plainName = (header: string): string =>
  header
    .trim()
    .replace(/[[(](?:utc|local time|gmt)[\])]$/i, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@]+/gu, '')

/** Nested names are joined by dots, underscores or slashes, by the taste of who flattened them. */
const nested = (name: string): string => name.toLowerCase().replace(/[_/:]/g, '.')
const nestedPrefixes = prefixes.map(nested)
/** Of each plain name, the fields it feeds and its place in their order of preference. */
const known = new Map<string, Map<CanonicalField, number>>()
for (const field of canonicalFields) {
  for (const [rank, alias] of fields[field].entries()) {
    const name = plainName(alias)
    const ranks = known.get(name) ?? new Map<CanonicalField, number>()
    if (!ranks.has(field)) ranks.set(field, rank)
    known.set(name, ranks)
  }
}
/** Columns that a profile or an exception names come before all others. */
const FIRST = -1000
/** A part of a packed column comes behind all columns of the source. */
const BEHIND = 10_000

/** For each header, the canonical fields its column feeds (none, one or several). */
export function mapFields(headers: readonly string[], profile: Profile | null): CanonicalField[][] {
  return ranksOf(headers, profile).map((ranks) => canonicalFields.filter((field) => ranks.has(field)))
}

/** For each field that any column feeds, the positions of those columns, best first. */
export function fieldOrder(headers: readonly string[], profile: Profile | null): Map<CanonicalField, number[]> {
  const ranks = ranksOf(headers, profile)
  const order = new Map<CanonicalField, number[]>()
  for (const field of canonicalFields) {
    const positions = headers.map((_, position) => position).filter((position) => ranks[position]?.has(field))
    const rank = (position: number): number => ranks[position]?.get(field) ?? 0
    if (positions.length > 0)
      order.set(
        field,
        positions.sort((a, b) => rank(a) - rank(b) || a - b),
      )
  }
  return order
}

function ranksOf(headers: readonly string[], profile: Profile | null): Map<CanonicalField, number>[] {
  const plain = headers.map(plainKnown)
  const keys = new Set(headers.map(headerKey))
  const derived = headers.map((header) => profile !== null && isDerivedHeader(header, profile.splits, keys))
  // What a packed cell holds says nothing about the file as a whole.
  const present = new Set(plain.filter((_, position) => !derived[position]))
  const result = plain.map((name) => new Map(known.get(name)))
  for (const exception of exceptions) {
    const has = (name: string): boolean => present.has(plainName(name))
    if (!exception.if.every(has) || exception.unless.some(has)) continue
    for (const [position, name] of plain.entries()) {
      const list = Object.entries(exception.set).find(([other]) => plainName(other) === name)?.[1]
      if (list) result[position] = new Map(list.map((field) => [field, FIRST]))
      for (const field of canonicalFields) {
        const rank = (exception.first[field] ?? []).findIndex((other) => plainName(other) === name)
        if (rank >= 0) result[position]?.set(field, FIRST + rank)
      }
    }
  }
  for (const [position, ranks] of result.entries())
    if (derived[position]) for (const [field, rank] of ranks) ranks.set(field, rank + BEHIND)
  if (!profile) return result
  Object.entries(profile.fields).forEach(([name, list], rank) => {
    const wanted = headerKey(name)
    headers.forEach((header, position) => {
      if (headerKey(header) === wanted) result[position] = new Map(list.map((field) => [field, 2 * FIRST + rank]))
    })
  })
  timePositions(headers, profile).forEach(({ position }, rank) => result[position]?.set('timestamp', 2 * FIRST + rank))
  return result
}

/** The plain name, without a prefix (winlog.event_data.) or a suffix of Log Analytics (_s, _d) where that makes it known. */
function plainKnown(header: string): string {
  const name = plainName(header)
  if (known.has(name)) return name
  const bare = plainName(header.replace(/_[sdgbt]$/, ''))
  if (known.has(bare)) return bare
  for (const prefix of nestedPrefixes) {
    const rest = nested(header).startsWith(prefix) ? plainName(header.slice(prefix.length)) : ''
    if (known.has(rest)) return rest
  }
  return name
}
