import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import type { ClickhouseAddress } from '../clickhouse/openClickhouse.ts'

/** A server as copies are written to it and asked of it. */
export type CopyServer = {
  clickhouse: Clickhouse
  /** With its password: it goes to the thread that reads the rows, and nowhere else. */
  address: ClickhouseAddress
  name: string
  allowWrite: boolean
  limits: { seconds: number; readRows: number; readBytes: number }
}
