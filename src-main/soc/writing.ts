import { AppError } from '#contract/appError'
import type { SocServer } from './server.ts'

/** AppError 'conflict' where nothing may be written: by the connection, or by what its user may do on the server. */
export function mayWrite({ allowWrite, clickhouse }: SocServer): void {
  if (!allowWrite)
    throw new AppError('conflict', 'Huntbench may not write there. Allow it in the settings of the connection.', {
      allowWrite,
    })
  if (clickhouse.readonly !== 0)
    throw new AppError('conflict', 'The user of this connection may only read on the server.', {
      readonly: clickhouse.readonly,
    })
}

/** Number of the server for a table that is not there. */
const NO_TABLE = '60'
export const isNoTable = (error: unknown): boolean =>
  error instanceof AppError && error.detail?.['clickhouse'] === NO_TABLE

/** Has a dictionary read its table again; false where it is not there or the user may not. */
export async function reload({ clickhouse, databases }: SocServer, dictionary: string): Promise<boolean> {
  try {
    await clickhouse.run({ sql: `SYSTEM RELOAD DICTIONARY ${databases.processing}.${dictionary}` })
    return true
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return false
    throw error
  }
}
