import type { Clickhouse } from './openClickhouse.ts'

/** A server that takes longer to say nothing is away, in seconds. */
const AWAY_S = 10

/** Milliseconds from a question that reads nothing to its answer. */
export async function roundTrip(clickhouse: Clickhouse, signal: AbortSignal): Promise<number> {
  const { seconds } = await clickhouse.ask({ sql: 'SELECT 1', limits: { seconds: AWAY_S }, signal })
  return Math.round(seconds * 1000)
}
