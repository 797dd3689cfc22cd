import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client'
import { agentOf } from './agentOf.ts'
import type { ClickhouseAddress } from './openClickhouse.ts'

/** Rows may stream for so long, in milliseconds. */
const LONGEST = 3_600_000

/** A connection of its own for rows that stream in or out; `close` ends what is still on its way. */
export function streamingClient({ url, user, password, tls }: ClickhouseAddress): {
  client: ClickHouseClient
  close(): Promise<void>
} {
  const agent = agentOf(url, tls)
  const client = createClient({
    ...(agent === null ? {} : { http_agent: agent }),
    url,
    username: user,
    password,
    application: 'Huntbench',
    request_timeout: LONGEST,
    // Row numbers of marks do not fit into an address.
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  })
  return {
    client,
    async close() {
      await client.close()
      agent?.destroy()
    },
  }
}
