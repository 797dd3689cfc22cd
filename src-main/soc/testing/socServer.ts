import { join } from 'node:path'
import { startClickhouse, USERS, type LocalServerOptions } from '../../clickhouse/localServer.ts'
import { openClickhouseWriter, type ClickhouseWriter } from '../../clickhouse/writeClickhouse.ts'
import { DEFAULT_DATABASES, type SocDatabases } from '../databases.ts'
import { generateDemo, type DemoData } from '../demo/generateDemo.ts'
import { loadDemo } from '../demo/loadDemo.ts'
import { applySchema } from '../schema.ts'

/**
 * For tests: a ClickHouse with the schema of the console and generated data. USERS of clickhouse/localServer.ts may ask it.
 * `demo.answers` says what must be found, for 15 minutes.
 */
export type SocServer = {
  url: string
  databases: SocDatabases
  /** As the user who may write. */
  writer: ClickhouseWriter
  demo: DemoData
  stop(): Promise<void>
}

export const RESOURCES = join(import.meta.dirname, '..', '..', '..', 'resources')

/** Starts it in about two seconds; one for each test file that needs it. Skip where clickhouseMissing() says why there is none. */
export async function startSocServer(options: LocalServerOptions = {}): Promise<SocServer> {
  const server = await startClickhouse(options)
  const { name, password } = USERS.soc
  const writer = openClickhouseWriter({ url: server.url, user: name, password })
  const stop = async (): Promise<void> => {
    await writer.close()
    await server.stop()
  }
  try {
    await applySchema((sql) => writer.run(sql), RESOURCES, DEFAULT_DATABASES)
    const demo = generateDemo({ now: new Date() })
    await loadDemo(writer, DEFAULT_DATABASES, demo)
    return { url: server.url, databases: DEFAULT_DATABASES, writer, demo, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
