import { AppError } from '#contract/appError'
import type { ConnectionTest } from '#contract/connections'
import type { ConnectionOutcome } from '#contract/values'
import { openClickhouse, type Clickhouse, type ClickhouseAddress } from '../clickhouse/openClickhouse.ts'

/** What was found inside of a server: its databases, and what panels lack. */
export type Inspected = Pick<ConnectionTest, 'databases' | 'missing'>
export type Inspect = (
  clickhouse: Clickhouse,
  databases: { processing: string; logs: string },
  signal: AbortSignal,
) => Promise<Inspected>

/** Seconds by which clocks may differ before it is worth a word. */
const SKEW_S = 5

/** Tries a connection from outside to inside: address, certificate, password, databases, tables. */
export async function testConnection(
  address: ClickhouseAddress,
  inspect: (clickhouse: Clickhouse) => Promise<Inspected>,
  log: (message: string, detail: unknown) => void,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const begun = performance.now()
  const answer: ConnectionTest = {
    ...{ outcome: 'failed', message: '', version: null, readonly: null, clockSkewMs: null },
    ...{ ms: 0, databases: [], missing: [] },
  }
  const ms = (): number => Math.round(performance.now() - begun)
  let clickhouse: Clickhouse | null = null
  try {
    clickhouse = await openClickhouse(address, log)
    const { version, readonly, clockSkewMs } = clickhouse
    const known = { ...answer, version, readonly, clockSkewMs }
    const { databases, missing } = await inspect(clickhouse)
    const gone = databases.filter((one) => !one.found).map(({ name }) => name)
    if (gone.length > 0)
      return {
        ...known,
        ...{ databases, ms: ms(), outcome: 'missing-database' as const },
        message: `There is no database ${gone.join(' and no database ')}, or this user may not see it.`,
      }
    return {
      ...known,
      ...{
        databases,
        missing,
        ms: ms(),
        outcome: missing.length > 0 ? ('incomplete' as const) : ('ok' as const),
      },
      message: sentence(missing.length, clockSkewMs),
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.')
    const failure =
      error instanceof AppError ? error : new AppError('internal', 'The server gave no answer of ClickHouse.')
    return { ...answer, outcome: outcomeOf(failure), message: failure.message, ms: ms() }
  } finally {
    await clickhouse?.close()
  }
}

/** Numbers of ClickHouse for a wrong password; the second one for the user `default`. */
const WRONG_PASSWORD = new Set<unknown>(['516', '194'])

const outcomeOf = ({ detail }: AppError): ConnectionOutcome =>
  WRONG_PASSWORD.has(detail?.['clickhouse'])
    ? 'wrong-password'
    : detail?.['tls'] === true
      ? 'tls'
      : detail?.['unreachable'] === true
        ? 'unreachable'
        : 'failed'

function sentence(missing: number, skewMs: number): string {
  const skew =
    Math.abs(skewMs) > SKEW_S * 1000
      ? ` Its clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'ahead' : 'behind'}.`
      : ''
  const lacking =
    missing === 0
      ? 'Everything that panels need is there.'
      : `${missing} of the tables, views, dictionaries and columns that panels need ${missing === 1 ? 'is' : 'are'} missing.`
  return `${lacking}${skew}`
}
