/** Names an alert of a rule of conditions by the first row that no other alert has. */
export const subjectOf = (ruleId: string, row: number, actor: string): string => `${ruleId} ${row} ${actor}`

/** Where an alert of a rule began: its dataset and the row that its subject names; null where it says none. */
export function beginOf({ datasetId, subject }: { datasetId: string | null; subject: string }): string | null {
  const row = /^\S+ (\d+) /.exec(subject)?.[1]
  return datasetId === null || row === undefined ? null : placeOf(datasetId, Number(row))
}

/** A row of a dataset as beginOf names it. */
export const placeOf = (datasetId: string, row: number): string => `${datasetId} ${row}`

/**
 * The alert that a finding goes on with, of those that began with one of its rows: one about which somebody decided, then the
 * one that begins with the same row, then the oldest. `alerts` come oldest first.
 */
export function goesOn<Alert extends { untouched: boolean; exact: boolean; age: number }>(
  alerts: readonly Alert[],
): Alert | null {
  const rank = ({ untouched, exact }: Alert): number => (untouched ? 2 : 0) + (exact ? 0 : 1)
  return alerts.toSorted((a, b) => rank(a) - rank(b) || a.age - b.age)[0] ?? null
}
