import { link } from '../../state/places.ts'
import type { ParamChanges } from '../../state/route.ts'
import { num, text } from './cellText.ts'
import type { Row } from './usePanel.ts'

/** Where the number in a column leads, by the name of the column: the rows behind it, in the picture and in its table twin. */
export type Leads = Readonly<Record<string, (row: Row) => string | null>>

const HOUR_MS = 3_600_000

/** Sessions of the last hour. */
export const toSessions = (filters: ParamChanges): string => link.soc('traffic', { show: 'sessions', ...filters })
/** Everything that the models scored. */
export const toScores = (filters: ParamChanges): string => link.soc('detections', { show: 'scores', ...filters })
export const toDetections = (filters: ParamChanges): string => link.soc('detections', filters)
export const toRequests = (filters: ParamChanges): string => link.soc('traffic', filters)

/** The hour that begins then, as the range of the console. */
export const hourFrom = (start: string): ParamChanges => ({
  from: start,
  to: new Date(Date.parse(start) + HOUR_MS).toISOString(),
  last: null,
})

const CYCLE = ['total_sessions', 'anomaly_rate', 'drift_rate', 'cycle_latency_ms', 'features_valid']
export const cycleLeads = (rows: readonly Row[]): Leads => ({
  ...Object.fromEntries(CYCLE.map((column) => [column, (row: Row) => toCycle(row, rows)])),
  critical_count: (row) => toCycle(row, rows, { threat_level: 'CRITICAL' }),
  high_count: (row) => toCycle(row, rows, { threat_level: 'HIGH' }),
})

/** What a model scored from the end of its cycle before to the end of this one; of the first that is known, one hour. */
export function toCycle(row: Row, rows: readonly Row[], filters: ParamChanges = {}): string {
  const [model, end] = [text(row['model_name']), Date.parse(text(row['cycle_at']))]
  const before = rows
    .filter((one) => text(one['model_name']) === model)
    .map((one) => Date.parse(text(one['cycle_at'])))
    .filter((time) => time < end)
  // Times of cycles are whole seconds, and the end of a range does not belong to it.
  const [from, to] = [before.length === 0 ? end - HOUR_MS : Math.max(...before) + 1000, end + 1000]
  return toScores({
    ...filters,
    model_name: model,
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), last: null },
  })
}

/** Kinds of network that stand for people and for machines, as the server's views tell them apart. */
export const PEOPLE = 'isp'
export const MACHINES = 'datacenter,hosting'

/** Half of what a value of a distribution is rounded to. */
const HALF = 0.005
/** Sessions whose feature lies between two values of a distribution. */
export const toBand = (feature: string, least: number, most: number): string =>
  toSessions({ feature, at_least: plain(least - HALF), at_most: plain(most + HALF), sort: feature })
const plain = (value: number): number => Number(value.toFixed(4))

/** The sessions of a line of a distribution. */
export function toBucket(row: Row): string | null {
  const value = num(row['bucket'])
  return value === null ? null : toBand(text(row['feature']), value, value)
}
