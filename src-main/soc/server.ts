import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
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
