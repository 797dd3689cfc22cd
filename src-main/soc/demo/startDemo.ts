import { startClickhouse, type ClickhouseServer, type ClickhouseUser } from '../../clickhouse/localServer.ts'
import { openClickhouseWriter } from '../../clickhouse/writeClickhouse.ts'
import { DEFAULT_DATABASES, type SocDatabases } from '../databases.ts'
import { applySchema } from '../schema.ts'
import { bulkTraffic, cyclesWithBulk } from './bulkTraffic.ts'
import { generateDemo } from './generateDemo.ts'
import { loadDemo } from './loadDemo.ts'
import { pulse } from './pulse.ts'

/** Takes what is sent from datasets. */
const SENDS = 'huntbench'
const { processing, logs } = DEFAULT_DATABASES
/** Stopping a query of one's own needs the list of them. */
const SYSTEM = 'GRANT SELECT ON system.*'
const READ = [`GRANT SELECT, dictGet ON ${processing}.*`, `GRANT SELECT ON ${logs}.*`, SYSTEM]

/**
 * Who may ask the demo. Whatever is typed as them reaches the generated databases and nothing of the machine: no files, no
 * other addresses. The one who writes has no password, so that no key ring is needed.
 */
export const DEMO_USERS = [
  {
    name: 'demo',
    password: '',
    readonly: 0,
    grants: [
      ...[processing, logs, SENDS].map((name) => `GRANT ALL ON ${name}.*`),
      SYSTEM,
      'GRANT SYSTEM RELOAD DICTIONARY ON *.*',
      'GRANT CREATE TEMPORARY TABLE ON *.*',
      'GRANT TABLE ENGINE ON MergeTree',
    ],
  },
  { name: 'analyst', password: 'analyst', readonly: 2, grants: READ },
  { name: 'reader', password: 'reader', readonly: 1, grants: READ },
] as const satisfies readonly ClickhouseUser[]

export const DEMO_PORT = 18_123
/** Requests without a story beside the planted ones. */
const BULK = 200_000
/** How often something happens, in milliseconds. */
const BEAT_MS = 30_000

export type DemoOptions = {
  /** The program's resources, with the schema. */
  resources: string
  port?: number | undefined
  requests?: number | undefined
  /** What is being done, for people. */
  say?: (words: string) => void
}
export type Demo = {
  url: string
  user: string
  databases: SocDatabases
  users: readonly ClickhouseUser[]
  requests: number
  stop(): Promise<void>
}

/** Starts a ClickHouse full of generated data, in which something happens every half minute. AppError 'unavailable' where there is none. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const say = options.say ?? (() => undefined)
  say('Starting ClickHouse.')
  const server = await startClickhouse({ port: options.port ?? DEMO_PORT, users: DEMO_USERS })
  try {
    return await fill(server, options, say)
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function fill(server: ClickhouseServer, options: DemoOptions, say: (words: string) => void): Promise<Demo> {
  const [writing] = DEMO_USERS
  const writer = openClickhouseWriter({ url: server.url, user: writing.name, password: writing.password })
  const now = new Date()
  const bulk = options.requests ?? BULK
  say('Generating data.')
  await applySchema((sql) => writer.run(sql), options.resources, DEFAULT_DATABASES)
  await writer.run(`CREATE DATABASE IF NOT EXISTS ${SENDS}`)
  const data = generateDemo({ now })
  const cycles = cyclesWithBulk(data.rows.ml_performance_metrics, { requests: bulk, now })
  await loadDemo(writer, DEFAULT_DATABASES, { ...data, rows: { ...data.rows, ml_performance_metrics: cycles } })
  if (bulk > 0) await bulkTraffic(writer, DEFAULT_DATABASES, { requests: bulk, now })

  let beat = 0
  const beats = setInterval(() => {
    const rows = pulse(new Date(), beat++)
    Promise.all([
      writer.insert(`${logs}.http_logs`, rows.http_logs),
      writer.insert(`${processing}.ml_all_scores`, rows.ml_all_scores),
      writer.insert(`${processing}.ml_detected_anomalies`, rows.ml_detected_anomalies),
    ]).catch(() => say('New data could not be written.'))
  }, BEAT_MS)
  return {
    url: server.url,
    user: writing.name,
    databases: DEFAULT_DATABASES,
    users: DEMO_USERS,
    requests: data.answers.requests.all + bulk,
    async stop() {
      clearInterval(beats)
      await writer.close()
      await server.stop()
    },
  }
}
