import { countCodes, GO_ON_ROWS, mostFrequent, pairCodes, type ChosenCodes } from './chosenCodes.ts'
import type { EndReader } from './endReader.ts'

/** Cells of a table of pairs by stretches of time, at most: 32 MB. Of more pairs times are not told. */
const CELLS_MAX = 8 << 20
/** Counts up to this stand in lists that are shared: most edges have one row in a stretch. */
const SHARED_MAX = 32

export type Seen = {
  count: number
  bytes: number | null
  first: number | null
  last: number | null
  /** Stretch of the axis and rows in it, in order. */
  times: [number, number][]
}
/** Pairs that are told only together: of each end either what it is called, or null for all that are too rare. */
export type RarePair = Seen & { from: string | null; to: string | null; pairs: number }
export type CountedPairs = {
  pairs: (Seen & { from: string; to: string })[]
  rare: RarePair[]
  /** Different values that stand in no pair told by itself. */
  others: { from: number; to: number }
}
type Axis = { start: number; size: number }

/**
 * Every pair of two ends with its rows, bytes and times: the `most` of most rows by themselves, all others together with those
 * that share an end which is told, so that nothing is lost. AppError 'cancelled'.
 */
export function countPairsOfEnds(
  reader: EndReader,
  [from, to]: readonly [ChosenCodes, ChosenCodes],
  { bytes, axis, most }: { bytes: Float64Array | null; axis: Axis | null; most: number },
): CountedPairs {
  const { goOn } = reader
  const pairs = pairCodes(from, to, goOn)
  const counts = countCodes(pairs.codes, pairs.count, goOn)
  const told = mostFrequent(counts, most)
  const { groups, of, rare, others } = grouped(pairs, told, [from.count, to.count], goOn)
  const seen = seenByGroup(reader, pairs.codes, of, groups, { bytes, axis })
  const [one, other] = [textsOf(from, told, pairs.ones, goOn), textsOf(to, told, pairs.others, goOn)]
  return {
    pairs: Array.from(told, (pair, n) => {
      if (n % 1_024 === 0) goOn()
      return { from: one(pairs.ones[pair] ?? 0), to: other(pairs.others[pair] ?? 0), ...seen(n) }
    }).sort((a, b) => b.count - a.count || compare(a.from, b.from) || compare(a.to, b.to)),
    rare: rare.map(({ one: a, other: b, pairs: merged }, n) => ({
      from: a === 0 ? null : one(a),
      to: b === 0 ? null : other(b),
      pairs: merged,
      ...seen(told.length + n),
    })),
    others,
  }
}

/** What the ends of these pairs are called, read in the order in which they stand in the file. */
function textsOf(end: ChosenCodes, told: Uint32Array, ends: Uint32Array, goOn: () => void): (code: number) => string {
  const texts = new Map<number, string>()
  const codes = new Set(Array.from(told, (pair) => ends[pair] ?? 0))
  Uint32Array.from(codes)
    .sort()
    .forEach((code, n) => {
      if (n % 1_024 === 0) goOn()
      texts.set(code, end.text(code))
    })
  return (code) => texts.get(code) ?? ''
}

/** The codes of one end with their rows and times, those of most rows first, at most `most`. AppError 'cancelled'. */
export function countValuesOfEnd(
  reader: EndReader,
  end: ChosenCodes,
  most: number,
): { value: string; rows: number; first: number | null; last: number | null }[] {
  const told = mostFrequent(countCodes(end.codes, end.count, reader.goOn), most)
  const of = new Uint32Array(end.count + 1)
  told.forEach((code, n) => (of[code] = n + 1))
  const seen = seenByGroup(reader, end.codes, of, told.length, { bytes: null, axis: null })
  return Array.from(told, (code, n) => {
    const { count, first, last } = seen(n)
    return { value: end.text(code), rows: count, first, last }
  }).sort((a, b) => b.rows - a.rows || compare(a.value, b.value))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What is known of a code of an end. */
const [TOLD, COUNTED] = [1, 2]

type Rare = { one: number; other: number; pairs: number }

/** Puts each pair into a group, from 1 on: those that are told by themselves first. A rare one goes to an end that is told. */
function grouped(
  { count, ones, others }: { count: number; ones: Uint32Array; others: Uint32Array },
  told: Uint32Array,
  [oneMost, otherMost]: readonly [number, number],
  goOn: () => void,
): { groups: number; of: Uint32Array; rare: Rare[]; others: { from: number; to: number } } {
  const of = new Uint32Array(count + 1)
  const rare: Rare[] = []
  if (told.length === count) {
    told.forEach((pair, n) => (of[pair] = n + 1))
    return { groups: told.length, of, rare, others: { from: 0, to: 0 } }
  }
  const [named, namedOthers] = [new Uint8Array(oneMost + 1), new Uint8Array(otherMost + 1)]
  told.forEach((pair, n) => {
    of[pair] = n + 1
    named[ones[pair] ?? 0] = TOLD
    namedOthers[others[pair] ?? 0] = TOLD
  })
  /** By code of an end that is told, 1 + the place of what it is tied to rarely. */
  const [byOne, byOther] = [new Uint32Array(oneMost + 1), new Uint32Array(otherMost + 1)]
  let between = 0
  const left = { from: 0, to: 0 }
  for (let pair = 1; pair <= count; pair++) {
    if (pair % GO_ON_ROWS === 0) goOn()
    if (of[pair] !== 0) continue
    const [one, other] = [ones[pair] ?? 0, others[pair] ?? 0]
    if (named[one] === 0) {
      named[one] = COUNTED
      left.from++
    }
    if (namedOthers[other] === 0) {
      namedOthers[other] = COUNTED
      left.to++
    }
    let place: number
    if (named[one] === TOLD) place = byOne[one] ||= rare.push({ one, other: 0, pairs: 0 })
    else if (namedOthers[other] === TOLD) place = byOther[other] ||= rare.push({ one: 0, other, pairs: 0 })
    else place = between ||= rare.push({ one: 0, other: 0, pairs: 0 })
    const group = rare[place - 1]
    if (group) group.pairs++
    of[pair] = told.length + place
  }
  return { groups: told.length + rare.length, of, rare, others: left }
}

/** Rows, bytes and times of each group, by its place from 0 on; `of`: the group of a code, from 1 on. */
function seenByGroup(
  { goOn, times }: EndReader,
  codes: Uint32Array,
  of: Uint32Array,
  groups: number,
  { bytes, axis }: { bytes: Float64Array | null; axis: Axis | null },
): (group: number) => Seen {
  const counts = new Uint32Array(groups + 1)
  const sums = new Float64Array(bytes ? groups + 1 : 0).fill(NaN)
  const firsts = new Float64Array(groups + 1).fill(Infinity)
  const lasts = new Float64Array(groups + 1).fill(-Infinity)
  const instants = times()
  for (let row = 0; row < codes.length; row++) {
    if (row % GO_ON_ROWS === 0) goOn()
    const group = of[codes[row] ?? 0] ?? 0
    if (group === 0) continue
    counts[group] = (counts[group] ?? 0) + 1
    if (bytes) {
      const value = bytes[row] ?? NaN
      const known = sums[group] ?? NaN
      if (!Number.isNaN(value)) sums[group] = Number.isNaN(known) ? value : known + value
    }
    const time = instants?.[row] ?? NaN
    if (time < (firsts[group] ?? 0)) firsts[group] = time
    if (time > (lasts[group] ?? 0)) lasts[group] = time
  }
  const timesOf = axis && instants ? byStretch(codes, of, groups, instants, axis, lasts, goOn) : () => []
  const known = (value: number | undefined): number | null =>
    value === undefined || !Number.isFinite(value) ? null : value
  return (group) => ({
    count: counts[group + 1] ?? 0,
    bytes: bytes ? known(sums[group + 1]) : null,
    first: known(firsts[group + 1]),
    last: known(lasts[group + 1]),
    times: timesOf(group + 1),
  })
}

function byStretch(
  codes: Uint32Array,
  of: Uint32Array,
  groups: number,
  instants: Float64Array,
  { start, size }: Axis,
  lasts: Float64Array,
  goOn: () => void,
): (group: number) => [number, number][] {
  const end = lasts.reduce((most, last) => Math.max(most, last), -Infinity)
  const stretches = Math.floor((end - start) / size) + 1
  const cells = (groups + 1) * stretches
  if (!(stretches > 0) || cells > CELLS_MAX) return () => []
  const counts = new Uint32Array(cells)
  for (let row = 0; row < codes.length; row++) {
    if (row % GO_ON_ROWS === 0) goOn()
    const group = of[codes[row] ?? 0] ?? 0
    const stretch = Math.floor(((instants[row] ?? NaN) - start) / size)
    if (group === 0 || !(stretch >= 0)) continue
    const cell = group * stretches + stretch
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  const shared = new Map<number, [number, number]>()
  const entry = (stretch: number, count: number): [number, number] => {
    if (count > SHARED_MAX) return [stretch, count]
    const key = stretch * (SHARED_MAX + 1) + count
    const known = shared.get(key) ?? [stretch, count]
    shared.set(key, known)
    return known
  }
  return (group) => {
    const found: [number, number][] = []
    for (let stretch = 0; stretch < stretches; stretch++) {
      const count = counts[group * stretches + stretch] ?? 0
      if (count > 0) found.push(entry(stretch, count))
    }
    return found
  }
}
