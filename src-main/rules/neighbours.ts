import type { Dataset } from '#contract/datasets'
import type { RuleDraft } from '#contract/rules'

/** Datasets that are asked together at once: each takes an open file. Of more, those that follow each other in time go together. */
export const TOGETHER_MAX = 16

const MINUTE_MS = 60_000
/** Times of datasets are told in milliseconds. */
const ROUNDED_MS = 1

type Spanned = Pick<Dataset, 'id' | 'firstTime' | 'lastTime'>

/**
 * How far apart rows may be that make one alert, or fill one count, in milliseconds. Null: rows of other datasets never matter
 * (a rule of an analyzer, and one with an alert a row).
 */
export function reachOf(rule: RuleDraft): number | null {
  if (rule.kind === 'analyzer') return null
  const counts = rule.conditions.flatMap((condition) => (condition.op === 'threshold_count' ? [condition.minutes] : []))
  const minutes = Math.max(rule.dedupeMinutes, ...counts)
  return minutes === 0 ? null : minutes * MINUTE_MS
}

/**
 * The datasets of a hunt that a rule has to see together with this one, itself included, in the order of their first row: those
 * whose rows can lie within its reach, and those within the reach of these. `cut`: there are more than can be asked at once.
 */
export function neighboursOf<One extends Spanned>(
  target: One,
  hunt: readonly One[],
  reach: number | null,
): { together: One[]; cut: boolean } {
  const alone = { together: [target], cut: false }
  if (reach === null || spanOf(target) === null) return alone
  const ordered = hunt
    .flatMap((dataset) => {
      const span = spanOf(dataset)
      return span ? [{ dataset, ...span }] : []
    })
    .sort((a, b) => a.from - b.from || a.to - b.to)
  let [all, end]: [One[], number] = [[], -Infinity]
  for (const { dataset, from, to } of ordered) {
    if (from > end + reach + ROUNDED_MS) {
      if (holds(all, target)) break
      all = []
    }
    all.push(dataset)
    end = Math.max(end, to)
  }
  if (!holds(all, target)) return alone
  if (all.length <= TOGETHER_MAX) return { together: all, cut: false }
  const at = all.findIndex(({ id }) => id === target.id)
  const from = at - (at % TOGETHER_MAX)
  return { together: all.slice(from, from + TOGETHER_MAX), cut: true }
}

const holds = (datasets: readonly Spanned[], { id }: Spanned): boolean => datasets.some((one) => one.id === id)

function spanOf({ firstTime, lastTime }: Spanned): { from: number; to: number } | null {
  return firstTime === null || lastTime === null ? null : { from: Date.parse(firstTime), to: Date.parse(lastTime) }
}

export const CUT = `More than ${TOGETHER_MAX} datasets of the hunt follow each other within the reach of the rule: they are asked ${TOGETHER_MAX} at a time, and what lies between two such groups is told apart.`
