/** How regular the contacts of one pair are; every part from 0 (not at all) to 1 (like a clock). */
export type BeaconScore = {
  score: number
  timing: number
  /** null: the rows carry no sizes. */
  size: number | null
  steady: number
  /** Contacts after those within BURST_SECONDS of each other were counted once. */
  contacts: number
  /** Seconds. */
  medianInterval: number
  /** Median absolute deviation of the intervals, in seconds. */
  spread: number
  /** Seconds from first to last. */
  span: number
  /** The most frequent request size in bytes, and the share of contacts that have it. */
  commonSize: number | null
  commonShare: number
}

/** Contacts this close together are one: a check-in often opens several connections, and sensors see some twice. */
export const BURST_SECONDS = 1
/** Slices of the span in which contacts are counted for steadiness. */
const SLICES = 24
const WEIGHTS = { timing: 0.4, size: 0.3, steady: 0.3 }

/**
 * Scores how much contacts look like the check-ins of an implant rather than like a person or a burst of work.
 *
 * After the method of RITA (Active Countermeasures, github.com/activecm/rita, analysis/beacons.go, version 5): intervals
 * between distinct seconds and sizes of requests are each rated by their dispersion (1 - MAD / median) and symmetry
 * (1 - |Bowley skewness|), and the spread of contacts over time by its evenness. Differences, because a capture is often
 * minutes and not the day that RITA expects: contacts within a second are merged before intervals are taken; sizes are
 * rated by the share of equal sizes or their dispersion, whichever is better, so that a few taskings among many idle
 * check-ins do not hide them; evenness is measured over 24 slices of the pair's own span (filled slices, and variation of
 * their counts), not over the hours of the day. Jitter of up to half the interval leaves MAD / median at about 0.25.
 *
 * `times` in seconds, any order; `sizes` in bytes of the request (sent by the client), may be empty.
 * Fewer than 4 distinct contacts score 0.
 */
export function beaconScore(times: readonly number[], sizes: readonly number[]): BeaconScore {
  const sorted = Float64Array.from(times).sort()
  const contacts: number[] = []
  for (const time of sorted)
    if (contacts.length === 0 || time - (contacts.at(-1) ?? 0) >= BURST_SECONDS) contacts.push(time)
  const intervals = Float64Array.from(contacts.slice(1), (time, at) => time - (contacts[at] ?? time)).sort()
  const span = (contacts.at(-1) ?? 0) - (contacts[0] ?? 0)
  const common = mostCommon(sizes)
  const nothing = {
    score: 0,
    timing: 0,
    size: null,
    steady: 0,
    contacts: contacts.length,
    medianInterval: 0,
    spread: 0,
    span,
    commonSize: common.size,
    commonShare: common.share,
  }
  if (intervals.length < 3 || span <= 0) return nothing

  const medianInterval = quantile(intervals, 0.5)
  const spread = deviation(intervals, medianInterval)
  const timing = (clamp(1 - spread / medianInterval) + (1 - Math.abs(skewness(intervals)))) / 2
  const dispersed = clamp(1 - spread / medianInterval)
  const size = sizes.length < 4 ? null : sizeScore(sizes, common.share)
  const steady = steadiness(contacts, span)
  // A symmetric spread of useless intervals must not carry the score.
  const clocked = Math.min(timing, (dispersed + 1) / 2)
  const score =
    size === null
      ? (clocked * WEIGHTS.timing + steady * WEIGHTS.steady) / (WEIGHTS.timing + WEIGHTS.steady)
      : clocked * WEIGHTS.timing + size * WEIGHTS.size + steady * WEIGHTS.steady
  return { ...nothing, score, timing: clocked, size, steady, medianInterval, spread }
}

function sizeScore(sizes: readonly number[], share: number): number {
  const sorted = Float64Array.from(sizes).sort()
  const middle = quantile(sorted, 0.5)
  const dispersion = middle > 0 ? clamp(1 - deviation(sorted, middle) / middle) : 0
  return middle > 0 ? Math.max(share, dispersion * 0.9) : 0
}

/** Filled slices of the span, lessened by how unevenly they are filled. */
function steadiness(contacts: readonly number[], span: number): number {
  const slices = Math.min(SLICES, Math.max(4, Math.floor(contacts.length / 3)))
  const counts = new Float64Array(slices)
  const first = contacts[0] ?? 0
  for (const time of contacts) {
    const slice = Math.min(slices - 1, Math.floor(((time - first) / span) * slices))
    counts[slice] = (counts[slice] ?? 0) + 1
  }
  const mean = contacts.length / slices
  const filled = counts.filter((count) => count > 0).length / slices
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / slices
  return clamp(filled * (1 - Math.min(1, Math.sqrt(variance) / mean / 2)))
}

function mostCommon(sizes: readonly number[]): { size: number | null; share: number } {
  const counts = new Map<number, number>()
  let best: number | null = null
  for (const size of sizes) {
    const count = (counts.get(size) ?? 0) + 1
    counts.set(size, count)
    const leader = best === null ? 0 : (counts.get(best) ?? 0)
    if (best === null || count > leader || (count === leader && size < best)) best = size
  }
  return { size: best, share: best === null ? 0 : (counts.get(best) ?? 0) / sizes.length }
}

const clamp = (value: number): number => Math.max(0, Math.min(1, value))

function quantile(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? 0
  const high = sorted[Math.ceil(at)] ?? low
  return low + (high - low) * (at - Math.floor(at))
}

function deviation(sorted: Float64Array, middle: number): number {
  return quantile(sorted.map((value) => Math.abs(value - middle)).sort(), 0.5)
}

/** Bowley's skewness, from quartiles; 0 where they coincide. */
function skewness(sorted: Float64Array): number {
  const [low, middle, high] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)]
  return high - low <= 1e-9 || middle === low || middle === high ? 0 : (high + low - 2 * middle) / (high - low)
}
