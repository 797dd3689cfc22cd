import type { Column } from '#contract/datasets'
import type { Predicate } from '../predicate/predicate.ts'
import type { Arrival } from './alertGroups.ts'
import { fieldSource, type FieldSource, type RuleLayout } from './fieldSource.ts'
import { inTime } from './inTime.ts'
import {
  sourceTexts,
  sqlitePart,
  type CellText,
  type Counter,
  type Marked,
  type RuleMatcher,
  type Step,
} from './ruleMatcher.ts'
import type { Watch } from './textTest.ts'

/** A row with what was asked of it; good until the next one. `time` in microseconds since 1970 UTC. */
export type SourceRow = { row: number; time: number | null; cell: CellText }

/** One dataset as rules see it. */
export type RuleSource = {
  datasetId: string
  layout: RuleLayout
  /** Rows that match, in order of time, those without a time last, with the cells of these columns. AppError 'cancelled'. */
  matching(predicate: Predicate, columns: readonly Column[]): Iterable<SourceRow>
  /** How many rows match. AppError 'cancelled'. */
  count(predicate: Predicate): number
  /** For long matches in values of cells: asks whether to go on. AppError 'cancelled'. */
  watch: Watch
  /** Cells of one row. */
  at(row: number, columns: readonly Column[]): CellText
}

/** Names are cut here, in characters. */
const NAME_MAX = 200

/** A dataset that a rule is asked of, and how it is asked there. */
export type RulePart = { source: RuleSource; matcher: RuleMatcher }

/**
 * The rows of datasets for which every condition holds, all of them in order of time; those that fill a window come with the
 * row that fills it, wherever they stand.
 */
export function* rowsOfRule(parts: readonly RulePart[], counters: readonly Counter[]): Generator<Arrival> {
  const asked = parts.map(({ source, matcher }) => {
    const shown = { host: fieldSource('hostname', source.layout), user: fieldSource('username', source.layout) }
    const read = [matcher.actor, shown.host, shown.user, ...countedBy(matcher.steps)]
    return { ...shown, matcher, rows: rowsBefore(matcher.steps, matcher.needsTime, source, read) }
  })
  for (const { source, item } of inTime(asked.map(({ rows }) => rows))) {
    const part = asked[source]
    if (part === undefined) continue
    const { time, cell } = item
    const found = {
      ...{ source, row: item.row },
      actor: named(part.matcher.actor, cell),
      host: named(part.host, cell),
      user: named(part.user, cell),
    }
    if (counters.length === 0) yield { time, rows: [{ ...found, time }], before: [] }
    else if (time !== null) {
      const keys = countedBy(part.matcher.steps).map((field) => named(field, cell).toLowerCase())
      yield* filled(counters, keys, { ...found, time, told: false })
    }
  }
}

const countedBy = (steps: readonly Step[]): FieldSource[] =>
  steps.flatMap((step) => (step.by === 'count' ? [step.source] : []))

/** The rows for which the given steps hold, but for those that count: SQLite answers what it can, the rest is asked of each row. */
export function* rowsBefore(
  steps: readonly Step[],
  needsTime: boolean,
  source: RuleSource,
  read: readonly (FieldSource | null)[] = [],
): Generator<SourceRow> {
  const asked = steps.flatMap((step) => (step.by === 'row' ? step.columns : []))
  const columns = new Set([...asked, ...read.flatMap((found) => found?.columns ?? [])])
  for (const row of source.matching(sqlitePart(steps, needsTime), [...columns])) {
    const holds = steps.every((step) => {
      if (step.by === 'row') return step.holds(row.cell)
      return step.by !== 'time' || (row.time !== null && step.holds(row.time))
    })
    if (holds) yield row
  }
}

/** What a row completes, by actor: nothing while one of the counts is not reached. */
function* filled(counters: readonly Counter[], keys: readonly string[], mark: Marked): Generator<Arrival> {
  const windows = counters.map(({ counts }, n) => (keys[n] ? counts.push(keys[n], mark.time, mark) : null))
  if (windows.some((window) => window === null)) return
  const all = new Set(windows.flatMap((window) => window ?? []).map(({ entry }) => entry))
  const byActor = Map.groupBy(
    [...all].toSorted((a, b) => a.time - b.time || a.source - b.source || a.row - b.row),
    ({ actor }) => actor.toLowerCase(),
  )
  for (const marks of byActor.values()) {
    const rows = marks.filter(({ told }) => !told)
    if (rows.length === 0) continue
    yield { time: mark.time, rows, before: marks.filter(({ told }) => told) }
    for (const one of rows) one.told = true
  }
}

/** The first text of a field that is no JSON, else the first; cut. */
function named(source: FieldSource | null, cell: CellText): string {
  if (source === null) return ''
  const texts = sourceTexts(source, cell)
  const plain = texts.find((text) => !/^\s*[[{]/.test(text)) ?? texts[0] ?? ''
  return plain.slice(0, NAME_MAX).trim()
}
