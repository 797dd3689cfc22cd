import { RE2JS } from 're2js'
import { numberOf } from '../predicate/bounds.ts'
import { cidrOf, inCidr, type Cidr } from '../predicate/cidr.ts'
import type { ReadDb } from './db.ts'
import { tagOf, type RowMarks } from './rowMarks.ts'
import { hasRow } from './rowSet.ts'
import { watchedText } from './watchedText.ts'

/** Compiled patterns kept per connection. */
const KEPT_MAX = 100
/** A long pattern takes up to 60 microseconds a character: from this many on, the match itself asks whether to go on. */
const WATCHED_FROM = 1_000

/**
 * What compiled predicates call. `goOn` throws once the call was cancelled.
 * - `matches_regex(source, cell, ...)`: some cell holds it, in linear time; as case-sensitive as the source says;
 * - `in_network(network, cell, ...)`: some cell is an address of the network;
 * - `number_text(real)`: the number as the source wrote it; `number_of(text)`: NULL when it is none.
 * - `row_tag(row)`: the tag of a row or NULL; `has_note(row)`: 1 where it has an annotation; `in_note(row, id)`: that one.
 */
export function addPredicateFunctions(db: ReadDb, goOn: () => void, marks: () => RowMarks): void {
  const regexes = remembering((source) => RE2JS.compile(source))
  const networks = remembering<Cidr | null>((text) => cidrOf(text))
  const options = { deterministic: true, varargs: true }
  db.function('matches_regex', options, (source: unknown, ...cells: unknown[]) => {
    const regex = regexes(textOf(source))
    for (const cell of cells) {
      if (cell === null) continue
      goOn()
      const text = textOf(cell)
      if (regex.test(text.length < WATCHED_FROM ? text : watchedText(text, goOn))) return 1
    }
    return 0
  })
  db.function('in_network', options, (network: unknown, ...cells: unknown[]) => {
    goOn()
    const cidr = networks(textOf(network))
    return cidr !== null && cells.some((cell) => typeof cell === 'string' && inCidr(cell, cidr)) ? 1 : 0
  })
  db.function('row_tag', {}, (row: unknown) => tagOf(marks(), Number(row)))
  db.function('has_note', {}, (row: unknown) => (hasRow(marks().noted, Number(row)) ? 1 : 0))
  db.function('in_note', {}, (row: unknown, id: unknown) => {
    const annotation = marks().annotations.find((one) => one.id === id)
    return annotation && hasRow(annotation.rows, Number(row)) ? 1 : 0
  })
  db.function('number_text', { deterministic: true }, (value: unknown) => textOf(value))
  db.function('number_of', { deterministic: true }, (text: unknown) => numberOf(textOf(text)))
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
