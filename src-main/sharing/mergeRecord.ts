import type { MergeChoice } from '#contract/values'
import {
  decide,
  isContested,
  mergeField,
  untouched,
  valueOf,
  type Field,
  type MergeRule,
  type Sibling,
  type Stamp,
} from './fields.ts'
import type { ColumnSpec, Kind, ListSpec } from './kind.ts'
import type { CaseRecord, Cell } from './record.ts'

/** A field that both sides changed without knowing of each other. */
export type Contest = { column: string; mine: Sibling; theirs: Sibling; keeps: 'mine' | 'theirs' | 'both' }
export type Merged = {
  record: CaseRecord
  /** Whether it differs from what stands here. */
  changed: boolean
  contests: Contest[]
}

const createdAt = ({ values }: CaseRecord): number => Number(values['created_at'] ?? values['at'] ?? 0)
const fieldOf = (record: CaseRecord, column: string): Field =>
  record.fields[column] ?? untouched(record.values[column] ?? null, createdAt(record))
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const cellOf = (value: unknown): Cell => (typeof value === 'string' || typeof value === 'number' ? value : null)

/**
 * The same record from here and from a case file as one. `decided`: what somebody said about a contested column. Without
 * decisions the result does not depend on the order in which files are merged, and merging a file twice changes nothing.
 */
export function mergeRecord(
  kind: Kind,
  mine: CaseRecord,
  theirs: CaseRecord,
  decided: (column: string) => MergeChoice | undefined = () => undefined,
  stamp: Stamp = { at: 0, by: '' },
): Merged {
  const record: CaseRecord = { ...mine, values: { ...mine.values }, fields: {}, lists: {}, rows: mine.rows }
  const contests: Contest[] = []
  for (const [column, { rule }] of Object.entries(kind.columns)) {
    if (rule === undefined) continue
    const [own, other] = [fieldOf(mine, column), fieldOf(theirs, column)]
    let field = mergeField(own, other)
    if (rule !== 'elements' && isContested(field) && !same(field, own)) {
      const contest = contestOf(column, rule, own, other, field)
      contests.push(contest)
      const choice = decided(column)
      if (choice !== undefined)
        field = decide(
          field,
          choice === 'mine' ? (mine.values[column] ?? null) : (theirs.values[column] ?? null),
          stamp,
        )
    }
    record.values[column] = cellOf(valueOf(field, rule))
    if (Object.keys(field.seen).length > 0) record.fields[column] = field
  }
  for (const [column, spec] of Object.entries(kind.columns)) settleColumn(kind, record, column, spec, mine, theirs)
  kind.derive?.(record.values)
  for (const [name, list] of Object.entries(kind.lists ?? {}))
    record.lists[name] = mergeLines(list, mine.lists[name] ?? [], theirs.lists[name] ?? [], isNewer(theirs, mine))
  if (mine.rows && theirs.rows) record.rows = joinRuns(mine.rows, theirs.rows)
  return { record, changed: !same(inOrder(record), inOrder(mine)), contests }
}

function contestOf(column: string, rule: MergeRule, own: Field, other: Field, merged: Field): Contest {
  const [mine, theirs] = [own.siblings[0], other.siblings[0]]
  if (!mine || !theirs) throw new Error('A field has no value.')
  const keeps = rule === 'both' ? 'both' : same(merged.siblings[0], mine) ? 'mine' : 'theirs'
  return { column, mine, theirs, keeps }
}

function settleColumn(
  kind: Kind,
  record: CaseRecord,
  column: string,
  spec: ColumnSpec,
  mine: CaseRecord,
  theirs: CaseRecord,
): void {
  const [own, other] = [mine.values[column] ?? null, theirs.values[column] ?? null]
  if (spec.follows !== undefined) {
    const tie = record.values[spec.follows] === mine.values[spec.follows]
    record.values[column] = tie ? own : other
    if (!tie || record.values[spec.follows] !== theirs.values[spec.follows]) return
    if (spec.latest) record.values[column] = later(own, other)
    else if (kind.columns[spec.follows]?.latest)
      record.values[column] = greaterOf(kind, spec.follows, mine, theirs).values[column] ?? null
  } else if (spec.latest) record.values[column] = later(own, other)
}

const later = (own: Cell, other: Cell): Cell =>
  typeof own === 'number' && typeof other === 'number' ? Math.max(own, other) : (own ?? other)

/** Of two that are equally late the one that holds whoever merges: what follows that column is compared. */
function greaterOf({ columns }: Kind, followed: string, mine: CaseRecord, theirs: CaseRecord): CaseRecord {
  const followers = Object.keys(columns).filter((column) => columns[column]?.follows === followed)
  const said = ({ values }: CaseRecord): string => JSON.stringify(followers.map((column) => values[column] ?? null))
  return said(theirs) > said(mine) ? theirs : mine
}

const isNewer = ({ values }: CaseRecord, than: CaseRecord): boolean =>
  Number(values['updated_at'] ?? 0) > Number(than.values['updated_at'] ?? 0)

/** Lines of both, each once; of a note in the same line of both, both are kept. */
function mergeLines(
  list: ListSpec,
  mine: readonly Cell[][],
  theirs: readonly Cell[][],
  theirsIsNewer: boolean,
): Cell[][] {
  if (list.merge === 'newer') return [...(theirsIsNewer ? theirs : mine)]
  if (list.merge === 'keep' && mine.length > 0) return [...mine]
  const columns = Object.entries(list.columns)
  const keyOf = (line: readonly Cell[]): string =>
    JSON.stringify(columns.flatMap(([name], n) => (list.same.includes(name) ? [line[n] ?? null] : [])))
  const lines = new Map(mine.map((line) => [keyOf(line), [...line]]))
  for (const line of theirs) {
    const own = lines.get(keyOf(line))
    if (!own) {
      lines.set(keyOf(line), [...line])
      continue
    }
    for (const [n, [, { rule, latest }]] of columns.entries()) {
      if (rule === 'both') own[n] = bothTexts(String(own[n] ?? ''), String(line[n] ?? ''))
      if (!latest || Number(line[n]) <= Number(own[n])) continue
      own[n] = line[n] ?? null
      // What follows a number that has grown comes from where it has.
      for (const [at, [, { follows }]] of columns.entries()) if (follows === columns[n]?.[0]) own[at] = line[at] ?? null
    }
  }
  return [...lines.values()]
}

/** Two texts as one, whichever comes first; one that holds the other is enough. */
function bothTexts(a: string, b: string): string {
  if (a.includes(b)) return a
  if (b.includes(a)) return b
  return [...new Set([...a.split('\n\n'), ...b.split('\n\n')])].sort().join('\n\n')
}

/** Runs of row numbers of two sets as those of one. */
export function joinRuns(a: readonly [number, number][], b: readonly [number, number][]): [number, number][] {
  const all = [...a, ...b].sort(([left], [right]) => left - right)
  const joined: [number, number][] = []
  for (const [from, to] of all) {
    const last = joined.at(-1)
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

/** For comparing: keys in one order. */
const inOrder = ({ id, values, fields, lists, rows }: CaseRecord): unknown => [
  id,
  Object.entries(values).sort(byKey),
  Object.entries(fields)
    .filter(([, field]) => Object.keys(field.seen).length > 0)
    .sort(byKey)
    .map(([key, { siblings, seen }]) => [
      key,
      siblings.map(({ at, by, value }) => [at, by, value]),
      Object.entries(seen).sort(byKey),
    ]),
  Object.entries(lists).sort(byKey),
  rows,
]
const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)
