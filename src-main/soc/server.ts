import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import type { SocDatabases } from './databases.ts'

/** A server as panels ask it: the connection, where its tables are, and what a panel may cost there. */
export type SocServer = {
  clickhouse: Clickhouse
  databases: SocDatabases
  limits: { seconds: number; readRows: number; readBytes: number }
  /** A panel that is estimated to read more rows asks first. */
  askAboveRows: number
  allowWrite: boolean
}
