import type { Connection as Kept } from '#contract/connections'
import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import { shareAnswers } from '../clickhouse/shareAnswers.ts'
import type { SocDatabases } from './databases.ts'

/** A server as panels ask it: the connection, where its tables are, and what a panel may cost there. */
export type SocServer = {
  /** What it is called, for what is kept of its answers. */
  connection: { id: string; name: string; url: string }
  clickhouse: Clickhouse
  databases: SocDatabases
  limits: { seconds: number; readRows: number; readBytes: number }
  /** A panel that is estimated to read more rows asks first. */
  askAboveRows: number
  allowWrite: boolean
}

/** An open server of a connection, as panels ask it. */
export function serverOf({ clickhouse, connection }: { clickhouse: Clickhouse; connection: Connection }): SocServer {
  const { id, name, url, askAboveRows, allowWrite, maxSeconds: seconds } = connection
  const {
    processingDatabase: processing,
    logsDatabase: logs,
    maxRowsRead: readRows,
    maxBytesRead: readBytes,
  } = connection
  return {
    ...{ clickhouse: shareAnswers(clickhouse), askAboveRows, allowWrite },
    connection: { id, name, url },
    databases: { processing, logs },
    limits: { seconds, readRows, readBytes },
  }
}
type Connection = Omit<Kept, 'password' | 'createdAt' | 'updatedAt'>
