import type { ClickhouseWriter } from '../../clickhouse/writeClickhouse.ts'
import { withDatabases, type SocDatabases } from '../databases.ts'
import { SOC_OBJECTS } from '../schema.ts'
import type { DemoData } from './generateDemo.ts'

/** Writes generated data into the tables of an applied schema, and has the dictionaries read their lists. */
export async function loadDemo(
  writer: ClickhouseWriter,
  databases: SocDatabases,
  { rows, lists }: DemoData,
): Promise<void> {
  const { http_logs: requests, ...verdicts } = rows
  await writer.insert(`${databases.logs}.http_logs`, requests)
  for (const [table, list] of Object.entries({ ...verdicts, ...lists }))
    await writer.insert(`${databases.processing}.${table}`, list)
  for (const name of SOC_OBJECTS.processing.dictionaries)
    await writer.run(withDatabases(`SYSTEM RELOAD DICTIONARY $processing.${name}`, databases))
}
