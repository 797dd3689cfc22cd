import { RE2JS } from 're2js'
import { cidrOf, inCidr, type Cidr } from '../predicate/cidr.ts'
import type { ReadDb } from './db.ts'

/** Compiled patterns kept per connection. */
const KEPT_MAX = 100

/** What compiled predicates call: `matches_regex(source, cell)` in linear time and any case, `in_network(network, cell)`. */
export function addPredicateFunctions(db: ReadDb): void {
  const regexes = remembering((source) => RE2JS.compile(source, RE2JS.CASE_INSENSITIVE))
  const networks = remembering<Cidr | null>((text) => cidrOf(text))
  db.function('matches_regex', { deterministic: true }, (source: unknown, cell: unknown) =>
    regexes(textOf(source)).test(textOf(cell)) && cell !== null ? 1 : 0,
  )
  db.function('in_network', { deterministic: true }, (network: unknown, cell: unknown) => {
    const cidr = networks(textOf(network))
    return typeof cell === 'string' && cidr !== null && inCidr(cell, cidr) ? 1 : 0
  })
}

/** Cells are text, numbers or NULL. */
const textOf = (cell: unknown): string =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : ''

function remembering<T>(make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const made = make(text)
    if (kept.size >= KEPT_MAX) kept.clear()
    kept.set(text, made)
    return made
  }
}
