import { RE2JS } from 're2js'
import type { Column } from '#contract/datasets'
import { numberOf } from './bounds.ts'
import { cidrOf, inCidr } from './cidr.ts'
import { asciiLower, foldsAsAscii, inAnyCase } from './fold.ts'
import type { Bound, Test } from './predicate.ts'
import { wildcardRegex } from './wildcard.ts'

/** A cell as the dataset file keeps it; null for an empty one. */
export type StoredCell = string | number | null

/**
 * A test as a function of one cell, for columns whose distinct values are few; it finds what compileSqlite finds. Columns of
 * times are left out: their ranges are asked of instants. `named`: the query named the field.
 */
export function cellTest(test: Test, named: boolean): (cell: StoredCell) => boolean {
  const filled = (one: (text: string, cell: string | number) => boolean) => (cell: StoredCell) =>
    cell !== null && one(typeof cell === 'string' ? cell : String(cell), cell)
  switch (test.kind) {
    case 'exists':
      return filled(() => true)
    case 'contains': {
      if (!foldsAsAscii(test.text)) return filled(found(RE2JS.compile(`(?-i)${inAnyCase(test.text)}`)))
      const wanted = asciiLower(test.text)
      return filled((text) => asciiLower(text).includes(wanted))
    }
    case 'equals': {
      if (test.text === '') return (cell) => cell === null
      if (!foldsAsAscii(test.text)) return filled(found(RE2JS.compile(`^(?-i)${inAnyCase(test.text)}$`)))
      const wanted = asciiLower(test.text)
      return filled((text) => text.length === wanted.length && asciiLower(text) === wanted)
    }
    case 'wildcard': {
      const source = wildcardRegex(test.pattern)
      return filled(found(RE2JS.compile(named ? `^${source}$` : source)))
    }
    case 'regex':
      return filled(found(RE2JS.compile(`(?i)${test.source}`)))
    case 'cidr': {
      const network = cidrOf(test.network)
      return filled((_text, cell) => network !== null && typeof cell === 'string' && inCidr(cell, network))
    }
    case 'range':
      return filled(inRange(test.from, test.to))
  }
}

const found = (regex: RE2JS) => (text: string) => regex.test(text)

function inRange(from: Bound | null, to: Bound | null): (text: string, cell: string | number) => boolean {
  const numbers = [from, to].every((bound) => bound === null || numberOf(bound.text) !== null)
  if (!from && !to) return () => true
  if (numbers) {
    const inside = between(from, to, (bound) => numberOf(bound.text) ?? 0)
    return (text, cell) => {
      const value = typeof cell === 'number' ? cell : numberOf(text)
      return value !== null && inside((bound) => value - bound)
    }
  }
  const inside = between(from, to, (bound) => Buffer.from(asciiLower(bound.text)))
  return (text) => {
    const bytes = Buffer.from(asciiLower(text))
    return inside((bound) => Buffer.compare(bytes, bound))
  }
}

/** `order` tells how a value stands to a bound: below 0, 0 or above. */
function between<T>(from: Bound | null, to: Bound | null, value: (bound: Bound) => T) {
  const low = from && { at: value(from), least: from.inclusive ? 0 : Number.MIN_VALUE }
  const high = to && { at: value(to), most: to.inclusive ? 0 : -Number.MIN_VALUE }
  return (order: (bound: T) => number): boolean =>
    (!low || order(low.at) >= low.least) && (!high || order(high.at) <= high.most)
}

/** Whether the text of some number may hold or be this text; false spares a look at numbers. */
export const mayBeInNumber = (text: string): boolean => /^[-+.0-9eE]*$/.test(text)

/** Whether a column keeps numbers as numbers. */
export const isNumeric = (column: Column): boolean => column.type === 'integer' || column.type === 'number'
