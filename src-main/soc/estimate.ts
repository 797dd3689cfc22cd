import type { Estimate } from '#contract/soc'
import type { Statement } from './panel.ts'
import type { SocServer } from './server.ts'

const SECONDS = 10
const TABLES_MAX = 1_000

/** How many rows a panel would read, to count all rows of its pages as well (`totals`), by the server's own estimate. Where it gives none (a view of numbers, a dictionary): null. */
export async function estimate(
  statements: readonly Statement[],
  { server, signal, totals }: { server: SocServer; signal: AbortSignal; totals: boolean },
): Promise<Estimate> {
  const parts = await Promise.all(
    statements.map(async ({ name, statement, total }) => {
      const asked = [statement, ...(total !== null && totals ? [total] : [])]
      const rows = await Promise.all(asked.map((one) => rowsOf(one, server, signal)))
      const known = rows.filter((one) => one !== null)
      return { name, rows: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) }
    }),
  )
  return {
    rows: parts.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    askAboveRows: server.askAboveRows,
    parts,
  }
}

async function rowsOf(
  { text, params }: Statement['statement'],
  { clickhouse }: SocServer,
  signal: AbortSignal,
): Promise<number | null> {
  try {
    const { columns, rows } = await clickhouse.ask({
      sql: `EXPLAIN ESTIMATE ${text}`,
      params: { ...params },
      limits: { seconds: SECONDS, rows: TABLES_MAX },
      signal,
    })
    const at = columns.findIndex(({ name }) => name === 'rows')
    return rows.reduce((sum, row) => sum + (Number(row[at]) || 0), 0)
  } catch (error) {
    if (signal.aborted) throw error
    // What it cannot estimate it may still answer; then the panel says what is wrong.
    return null
  }
}
