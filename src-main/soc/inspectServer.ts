import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import type { SocDatabases } from './databases.ts'
import { panels } from './index.ts'
import { lackingColumns } from './lackingColumns.ts'
import { missingOf, placeOf } from './missing.ts'
import type { Needed } from './panel.ts'

type Inspected = {
  databases: { name: string; found: boolean }[]
  /** What is not there, or not to be seen by this user, with the titles of the panels that lack it. */
  missing: { object: string; panels: string[] }[]
}

/** Looks into a server: which of the databases are there, and what each panel lacks. AppErrors as those of a question. */
export async function inspectServer(
  clickhouse: Clickhouse,
  databases: SocDatabases,
  signal: AbortSignal,
): Promise<Inspected> {
  const { rows } = await clickhouse.ask({
    sql: 'SELECT name FROM system.databases WHERE name IN ({processing:String}, {logs:String})',
    params: { ...databases },
    limits: { seconds: 10 },
    signal,
  })
  const there = new Set(rows.map(([name]) => name))
  const found = [...new Set([databases.processing, databases.logs])].map((name) => ({ name, found: there.has(name) }))
  if (found.some((one) => !one.found)) return { databases: found, missing: [] }
  const titles = titlesByNeed()
  const missing = await missingOf(clickhouse, databases, [...titles.keys()], signal)
  const objects = missing.map((needed) => ({
    object: placeOf(needed, databases),
    panels: [...(titles.get(needed) ?? [])],
  }))
  const columns = await lackingColumns(clickhouse, panels, databases, missing, signal)
  return { databases: found, missing: [...objects, ...columns] }
}

function titlesByNeed(): Map<Needed, Set<string>> {
  const titles = new Map<Needed, Set<string>>()
  for (const { shape, needs } of panels)
    for (const needed of needs) titles.set(needed, (titles.get(needed) ?? new Set()).add(shape.title))
  return titles
}
