import type { Cell } from '#contract/soc'
import type { DemoData } from '../demo/generateDemo.ts'
import type { DetectionRow } from '../demo/shapes.ts'

/** Two columns of an answer as an object. */
export const counts = (
  rows: readonly Readonly<Record<string, Cell>>[] = [],
  key: string,
  count: string,
): Record<string, Cell> => Object.fromEntries(rows.map((row) => [String(row[key]), row[count] ?? null]))

/** What must be found, worked out from generated rows without any SQL. */
export const mean = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((sum, one) => sum + of(one), 0) / list.length
export const different = <T>(list: readonly T[], of: (one: T) => string): string[] =>
  [...new Set(list.map(of))].toSorted()
export const countBy = <T>(list: readonly T[], of: (one: T) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(list, of)].map(([key, group]) => [key, group.length]))
export const plain = (address: string): string => address.replace(/^::ffff:/, '')

/** Detections of campaigns of the last days, by campaign. */
export function membersOf({ rows, answers }: DemoData, days = 7): Map<number, DetectionRow[]> {
  return Map.groupBy(
    rows.ml_detected_anomalies.filter(
      ({ campaign_id, detected_at }) => campaign_id >= 0 && detected_at >= answers.now - days * 86_400,
    ),
    ({ campaign_id }) => campaign_id,
  )
}
