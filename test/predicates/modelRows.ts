import { RE2JS } from 're2js'
import type { Column } from '#contract/datasets'
import { instantOf } from '../../src-main/predicate/bounds.ts'
import { cidrOf } from '../../src-main/predicate/cidr.ts'
import type { Bound, Field, Predicate, Test } from '../../src-main/predicate/predicate.ts'

/**
 * For tests: what a predicate means, said a third time and as plainly as it can be, over the texts of the source. Slow; it
 * shares nothing with the compilers but the reading of times and networks and the regular expressions.
 */
export type Model = {
  columns: readonly Column[]
  timeColumn: string | null
  /** Texts of the source, one list per row. */
  records: readonly (readonly string[])[]
  /** Microseconds of a cell of a time column. */
  instant(row: number, column: Column): number | null
}

/** The numbers of the rows that a predicate finds, from 1. */
export function modelRows(predicate: Predicate, model: Model): number[] {
  return model.records.flatMap((_, index) => (finds(predicate, model, index) ? [index + 1] : []))
}

function finds(predicate: Predicate, model: Model, row: number): boolean {
  switch (predicate.op) {
    case 'all':
      return true
    case 'and':
      return predicate.parts.every((part) => finds(part, model, row))
    case 'or':
      return predicate.parts.some((part) => finds(part, model, row))
    case 'not':
      return !finds(predicate.part, model, row)
    case 'time': {
      const time = rowTime(model, row)
      return time !== null && time >= (predicate.from ?? -Infinity) && time < (predicate.to ?? Infinity)
    }
    case 'match':
      return match(predicate.field, predicate.test, model, row)
  }
}

const rowTime = (model: Model, row: number): number | null => {
  const column = model.columns.find(({ name }) => name === model.timeColumn)
  return column ? model.instant(row, column) : null
}

function match(field: Field | null, test: Test, model: Model, row: number): boolean {
  const wanted = field?.name.toLowerCase()
  const named = model.columns.filter(({ name, header }) =>
    [name.toLowerCase(), header.toLowerCase()].includes(wanted ?? ''),
  )
  const feeding = model.columns.filter(({ fields }) => fields.some((one) => one === wanted))
  const timely =
    ['_time', 'timestamp', 'time'].includes(wanted ?? '') && named.every(({ name }) => name === model.timeColumn)
  if (timely && test.kind === 'range') {
    const inside = inTimes(rowTime(model, row), test.from, test.to)
    if (inside !== null) return inside
  }
  const columns = !field
    ? model.columns
    : named.length > 0
      ? named
      : feeding.length > 0
        ? feeding
        : model.columns.filter(({ name }) => name === model.timeColumn)
  return columns.some((column) => {
    const cell = model.records[row]?.[column.position] ?? ''
    if (test.kind === 'equals' && test.text === '') return cell === ''
    if (field && (test.kind === 'equals' || test.kind === 'contains') && sameId(columns, test.text, cell)) return true
    return cell !== '' && remembered(test, cell, field !== null, () => model.instant(row, column), column)
  })
}

/** Of columns of process ids: the same one, one of them in decimal and one in hexadecimal. */
function sameId(columns: readonly Column[], wanted: string, cell: string): boolean {
  if (!columns.some(({ fields }) => fields.includes('pid') || fields.includes('ppid'))) return false
  const decimal = (text: string): boolean => /^(0|[1-9]\d{0,14})$/.test(text)
  const hexadecimal = (text: string, zeros: string): boolean => new RegExp(`^0x${zeros}[\\da-f]{1,12}$`, 'i').test(text)
  if (decimal(wanted)) return /^0x(0|[1-9a-f][\da-f]*)$/i.test(cell) && Number(cell) === Number(wanted)
  return hexadecimal(wanted, '0*') && decimal(cell) && Number(cell) === Number(wanted)
}

/** Cells repeat; what a range finds also hangs on the column. */
const answers = new WeakMap<Test, Map<string, boolean>>()
function remembered(test: Test, cell: string, named: boolean, instant: () => number | null, column: Column): boolean {
  if (test.kind === 'range') return holds(test, cell, named, instant, column)
  const known = answers.get(test) ?? new Map<string, boolean>()
  answers.set(test, known)
  const answer = known.get(cell) ?? holds(test, cell, named, instant, column)
  known.set(cell, answer)
  return answer
}

function holds(test: Test, cell: string, named: boolean, instant: () => number | null, column: Column): boolean {
  switch (test.kind) {
    case 'exists':
      return true
    case 'contains':
      return like([...'*', ...[...test.text].map((letter) => `=${letter}`), '*'], [...cell])
    case 'equals':
      return like(
        [...test.text].map((letter) => `=${letter}`),
        [...cell],
      )
    case 'wildcard': {
      const pattern = [...test.pattern].map((sign) => (sign === '*' || sign === '?' ? sign : `=${sign}`))
      return like(named ? pattern : ['*', ...pattern, '*'], [...cell])
    }
    case 'regex':
      return RE2JS.compile(test.source, RE2JS.CASE_INSENSITIVE).test(cell)
    case 'cidr': {
      const network = cidrOf(test.network)
      const address = cidrOf(
        `${cell.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '').replace(/%[\w.:-]+$/, '')}/${cell.includes(':') ? 128 : 32}`,
      )
      return (
        network !== null &&
        address !== null &&
        (network.bits === 0 || (address.base ^ network.base) >> BigInt(128 - network.bits) === 0n)
      )
    }
    case 'range': {
      if (column.type === 'time') {
        const inside = inTimes(instant(), test.from, test.to)
        if (inside !== null) return inside
      }
      const bounds = [test.from, test.to].filter((bound) => bound !== null)
      if (bounds.length === 0) return true
      const numeric = bounds.every((bound) => numeral(bound.text) !== null)
      const value = numeric ? numeral(cell) : Buffer.from(low(cell))
      if (value === null) return false
      const order = (bound: Bound): number =>
        typeof value === 'number'
          ? Math.sign(value - (numeral(bound.text) ?? 0))
          : Buffer.compare(value, Buffer.from(low(bound.text)))
      const above = test.from === null || order(test.from) > (test.from.inclusive ? -1 : 0)
      return above && (test.to === null || order(test.to) < (test.to.inclusive ? 1 : 0))
    }
  }
}

const low = (text: string): string =>
  [...text].map((letter) => (letter <= '\u007f' ? letter.toLowerCase() : letter)).join('')
const numeral = (text: string): number | null =>
  /^([+-]?\d+(\.\d+)?(e[+-]?\d+)?|0x[\da-f]{1,16})$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : null

function inTimes(time: number | null, from: Bound | null, to: Bound | null): boolean | null {
  const [start, end] = [from && instantOf(from.text), to && instantOf(to.text)]
  if ((from && !start) || (to && !end)) return null
  if (time === null) return false
  const above = !from || !start || (from.inclusive ? time >= start.first : time > start.last)
  return above && (!to || !end || (to.inclusive ? time <= end.last : time < end.first))
}

/** Letters as `=x`, and the signs * and ?. */
function like(pattern: readonly string[], letters: readonly string[]): boolean {
  let open = new Set([0])
  const skip = (from: Set<number>): Set<number> => {
    for (const at of from) if (pattern[at] === '*') from.add(at + 1)
    return from
  }
  open = skip(open)
  for (const letter of letters) {
    const next = new Set<number>()
    for (const at of open) {
      const sign = pattern[at]
      if (sign === '*') next.add(at)
      else if (sign === '?' || (sign !== undefined && sameLetter(sign.slice(1), letter))) next.add(at + 1)
    }
    open = skip(next)
    if (open.size === 0) return false
  }
  return open.has(pattern.length)
}

const known = new Map<string, boolean>()
function sameLetter(a: string, b: string): boolean {
  if (a <= '\u007f' || b <= '\u007f') return low(a) === low(b)
  const same = known.get(a + b) ?? new RegExp(`^${a}$`, 'iu').test(b)
  known.set(a + b, same)
  return same
}
