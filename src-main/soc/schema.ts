import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withDatabases, type SocDatabases } from './databases.ts'
import { splitStatements } from './splitStatements.ts'

/** What the console asks, by database: its tables and views, and its dictionaries. */
export const SOC_OBJECTS = {
  logs: { tables: ['http_logs'], views: [], dictionaries: [] },
  processing: {
    tables: [
      'ml_all_scores',
      'ml_detected_anomalies',
      'soc_feedback',
      'ml_performance_metrics',
      'fleet_detections',
      'browser_h2_signatures',
      'anubis_ip_rules',
      'anubis_asn_rules',
    ],
    views: [
      'view_ai_features_1h',
      'view_thesis_features_1h',
      'view_ip_recurrence',
      'view_form_bruteforce_detected',
      'view_host_ip_ja4_rotation',
      'view_resource_cascade_1h',
      'view_dashboard_user_agents',
    ],
    dictionaries: [
      'dict_bot_ip',
      'dict_bot_ja4',
      'dict_browser_ja4',
      'dict_browser_h2',
      'dict_asn_reputation',
      'dict_iplocate_asn',
      'dict_anubis_ip',
      'dict_anubis_asn',
    ],
  },
} as const satisfies Record<keyof SocDatabases, Record<'tables' | 'views' | 'dictionaries', readonly string[]>>

/** The statements that make every object of a SOC server, in order. `resources` is the folder of the program's resources. */
export async function schemaStatements(resources: string, databases: SocDatabases): Promise<string[]> {
  const folder = join(resources, 'clickhouse')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return texts.flatMap((text) => splitStatements(withDatabases(text, databases)))
}

/** Makes what is missing; what is there stays as it is. `run` executes one statement as a user who may write. */
export async function applySchema(
  run: (sql: string) => Promise<void>,
  resources: string,
  databases: SocDatabases,
): Promise<void> {
  for (const statement of await schemaStatements(resources, databases)) await run(statement)
}
