import type { HandlersOf } from '../rpc/handlers.ts'
import { plainAddress } from './columns.ts'
import type { SocDatabases } from './databases.ts'
import type { SocServer } from './server.ts'
import type { SocDeps } from './socHandlers.ts'
import { placed, sql, text, whole, type Sql } from './sql.ts'
import { isNoTable, mayWrite } from './writing.ts'

type Calls = 'soc.classify' | 'soc.withdrawClassification'

const table = ({ processing }: SocDatabases): Sql => placed(processing, 'soc_feedback')

/** As resources/clickhouse/30-models.sql has it: servers without the rest of the schema may lack this one. */
const make = (databases: SocDatabases): Sql => sql`CREATE TABLE IF NOT EXISTS ${table(databases)}
(created_at DateTime DEFAULT now(), src_ip IPv6, classification LowCardinality(String), comment String)
ENGINE = MergeTree ORDER BY (src_ip, created_at)`

const run = async ({ clickhouse }: SocServer, { text: statement, params }: Sql): Promise<void> =>
  void (await clickhouse.run({ sql: statement, params: { ...params } }))

/** What analysts say of addresses goes into soc_feedback, a row each time: the last one counts, the others are its history. */
export function classifyHandlers({ ports, events, server }: SocDeps): Pick<HandlersOf<'soc'>, Calls> {
  const changed = (connection: string): void => events.emit('soc.changed', { connection, what: 'classifications' })
  return {
    'soc.classify': async ({ connection, address, classification, comment }) => {
      const there = await server(connection)
      mayWrite(there)
      // Rows of others have the clock of the server; the table keeps seconds.
      const at = Math.floor((ports.clock().getTime() + there.clickhouse.clockSkewMs) / 1000)
      const insert = sql`INSERT INTO ${table(there.databases)} (created_at, src_ip, classification, comment)
VALUES (${whole('at', at)}, toIPv6(${text('address', address)}), ${text('classification', classification)}, ${text('comment', comment)})`
      try {
        await run(there, insert)
      } catch (error) {
        if (!isNoTable(error)) throw error
        await run(there, make(there.databases))
        await run(there, insert)
      }
      changed(connection)
      const createdAt = new Date(at * 1000).toISOString()
      return { address: plainAddress(address), classification, comment, createdAt }
    },
    'soc.withdrawClassification': async ({ connection, address, classification, createdAt }) => {
      const there = await server(connection)
      mayWrite(there)
      const at = Math.floor(Date.parse(createdAt) / 1000)
      await run(
        there,
        sql`ALTER TABLE ${table(there.databases)} DELETE
WHERE src_ip = toIPv6(${text('address', address)}) AND created_at = toDateTime(${whole('at', at)})
  AND classification = ${text('classification', classification)}
SETTINGS mutations_sync = 1`,
      )
      changed(connection)
      return { ok: true }
    },
  }
}
