import type { SharedTechnique } from '#contract/correlation'

/** Alerts or hypotheses of one hunt (and dataset) that name a technique. */
export type TechniqueUse = {
  technique: string
  huntId: string
  /** null: of the hunt as a whole. */
  datasetId: string | null
  from: 'alert' | 'hypothesis'
  /** How many alerts or hypotheses. */
  count: number
  /** Rows they stand on. */
  rows: number
  /** Milliseconds since 1970 UTC when the first of them was made. */
  since: number
}

/** Techniques that two or more groups name, in the order in which they came up; uses without a group do not count. */
export function sharedTechniques(
  uses: readonly TechniqueUse[],
  groupOf: (use: TechniqueUse) => string | null,
  nameOf: (technique: string) => string,
): SharedTechnique[] {
  const byTechnique = new Map<string, TechniqueUse[]>()
  for (const use of uses.toSorted((a, b) => a.since - b.since)) {
    const technique = use.technique.trim()
    if (technique === '' || groupOf(use) === null) continue
    byTechnique.set(technique, [...(byTechnique.get(technique) ?? []), use])
  }
  return [...byTechnique].flatMap(([technique, named]) => {
    if (new Set(named.map(groupOf)).size < 2) return []
    const sum = (from: TechniqueUse['from']): number =>
      named.reduce((total, use) => total + (use.from === from ? use.count : 0), 0)
    return {
      technique,
      name: nameOf(technique),
      huntIds: [...new Set(named.map(({ huntId }) => huntId))].sort(),
      alerts: sum('alert'),
      hypotheses: sum('hypothesis'),
      uses: named.map(({ huntId, datasetId, from, count, rows }) => ({ huntId, datasetId, from, count, rows })),
    }
  })
}
