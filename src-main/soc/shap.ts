/** 'SHAP: feature(+0.412) | feature(-0.120) | Threat: HIGH', or ExIFFI in its place; without a threat up to the end. */
const WEIGHTS = /(?:SHAP|ExIFFI):\s*(.+?)(?:\s*\|\s*Threat|$)/
const WEIGHT = /(\w+)\(([+-]?\d+\.\d+)\)/g

export type Importance = { feature: string; importance: number; occurrences: number }

/** What speaks for detections, from their reasons: the mean of the absolute weights of each feature, the heaviest first. */
export function importanceOf(reasons: readonly string[]): Importance[] {
  const sums = new Map<string, { total: number; occurrences: number }>()
  for (const reason of reasons)
    for (const [, feature = '', weight] of (WEIGHTS.exec(reason)?.[1] ?? '').matchAll(WEIGHT)) {
      const { total, occurrences } = sums.get(feature) ?? { total: 0, occurrences: 0 }
      sums.set(feature, { total: total + Math.abs(Number(weight)), occurrences: occurrences + 1 })
    }
  return [...sums]
    .map(([feature, { total, occurrences }]) => ({
      feature,
      // Four digits, as the models write three.
      importance: Math.round((total / occurrences) * 10_000) / 10_000,
      occurrences,
    }))
    .toSorted((a, b) => b.importance - a.importance || a.feature.localeCompare(b.feature, 'en'))
}
