import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import type { SocDatabases } from './databases.ts'
import type { Needed } from './panel.ts'

const OBJECTS_MAX = 10_000

/** Names of a database with its table, as the server has them. */
export const placeOf = (needed: Needed, databases: SocDatabases): string =>
  needed.replace(/^(processing|logs)\./, (_, which: 'processing' | 'logs') => `${databases[which]}.`)

/** Which tables, views and dictionaries are not there, or are not to be seen by this user. */
export async function missingOf(
  clickhouse: Clickhouse,
  databases: SocDatabases,
  needed: readonly Needed[],
  signal?: AbortSignal,
): Promise<Needed[]> {
  const { rows } = await clickhouse.ask({
    sql: `SELECT concat(database, '.', name) FROM system.tables WHERE database IN ({processing:String}, {logs:String})
UNION DISTINCT SELECT concat(database, '.', name) FROM system.dictionaries WHERE database IN ({processing:String}, {logs:String})`,
    params: { ...databases },
    limits: { seconds: 10, rows: OBJECTS_MAX, overflow: 'fail' },
    signal,
  })
  const there = new Set(rows.map(([name]) => name))
  return needed.filter((one) => !there.has(placeOf(one, databases)))
}
