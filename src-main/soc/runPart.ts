import { AppError } from '#contract/appError'
import type { PartAnswer } from '#contract/soc'
import type { ClickhouseAnswer } from '../clickhouse/openClickhouse.ts'
import { kindOf, readRows, titleOf } from './columns.ts'
import { missingOf, placeOf } from './missing.ts'
import type { Statement } from './panel.ts'
import type { SocServer } from './server.ts'
import type { Sql } from './sql.ts'

/** Rows of one part that are handed on; more are cut, and the part says so. */
export const ROWS_MAX = 10_000
/** Numbers of the server for a table, view, column or dictionary that is not there. */
const LACKING = new Set<unknown>(['60', '36', '47', '81'])

export type RunContext = { server: SocServer; signal: AbortSignal; totals: boolean; now(): Date }

/** Runs one part. Whatever goes wrong is in its answer; only a cancelled call throws (AppError 'cancelled'). */
export async function runPart({ name, statement, total, part }: Statement, context: RunContext): Promise<PartAnswer> {
  const { server, signal, totals, now } = context
  const begun = performance.now()
  const shape: PartAnswer = {
    name,
    columns: Object.entries(part.columns).map(([column, as]) => ({
      name: column,
      title: titleOf(column, as),
      kind: kindOf(as),
    })),
    ...{ rows: [], total: null, cut: false, cutTexts: 0, sql: statement.text, params: statement.params },
    ...{ rowsRead: null, bytesRead: null, milliseconds: 0, queryId: '', at: now().toISOString(), failure: null },
  }
  try {
    const [answer, counted] = await Promise.all([
      ask(server, statement, ROWS_MAX, signal),
      totals && total !== null ? ask(server, total, 1, signal) : null,
    ])
    const names = answer.columns.map((column) => column.name)
    const read = readRows(part.reads ?? part.columns, names, answer.rows)
    return {
      ...shape,
      rows: part.shape?.(read.rows) ?? read.rows,
      total: counted === null ? null : countOf(counted),
      cut: answer.cut,
      cutTexts: read.cutTexts,
      rowsRead: sum(answer.rowsRead, counted?.rowsRead),
      bytesRead: sum(answer.bytesRead, counted?.bytesRead),
      milliseconds: Math.round(performance.now() - begun),
      queryId: answer.queryId,
    }
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.')
    const failed = await reason(error, part.requires, server)
    return {
      ...shape,
      milliseconds: Math.round(performance.now() - begun),
      queryId: queryIdOf(error),
      failure: failed,
    }
  }
}

const ask = (server: SocServer, { text, params }: Sql, rows: number, signal: AbortSignal): Promise<ClickhouseAnswer> =>
  server.clickhouse.ask({
    sql: text,
    params: { ...params },
    limits: { ...server.limits, rows, overflow: 'cut' },
    isoTimes: true,
    signal,
  })

const sum = (a: number | null, b: number | null | undefined): number | null => (a === null ? null : a + (b ?? 0))

function countOf({ rows }: ClickhouseAnswer): number {
  const count = Number(rows[0]?.[0])
  if (!Number.isSafeInteger(count) || count < 0) throw new Error('The count of the answer is no number.')
  return count
}

const queryIdOf = (error: unknown): string =>
  error instanceof AppError && typeof error.detail?.['queryId'] === 'string' ? error.detail['queryId'] : ''

/** A failure in words: where a table is lacking, which one. */
async function reason(
  error: unknown,
  requires: Statement['part']['requires'],
  server: SocServer,
): Promise<NonNullable<PartAnswer['failure']>> {
  if (!(error instanceof AppError))
    return { code: 'unavailable', message: error instanceof Error ? error.message : 'The answer does not fit.' }
  const detail = error.detail ?? {}
  if (LACKING.has(detail['clickhouse'])) {
    const missing = await missingOf(server.clickhouse, server.databases, requires).catch(() => [])
    const names = missing.map((one) => placeOf(one, server.databases))
    if (names.length > 0)
      return {
        code: 'not-found',
        message: `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} missing.`,
        detail: { ...detail, missing: names },
      }
  }
  return { code: error.code, message: error.message, detail }
}
