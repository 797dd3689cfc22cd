import { AppError } from '#contract/appError'
import { clickhouseText } from '../clickhouse/clickhouseFailure.ts'
import type { Clickhouse } from '../clickhouse/openClickhouse.ts'
import type { SocDatabases } from './databases.ts'
import { placeOf } from './missing.ts'
import type { Needed, Panel, Statement } from './panel.ts'

/** For panels that are about one thing: any will do, nothing is read. */
const SAMPLE: Readonly<Record<string, unknown>> = {
  ...{ ip: '192.0.2.1', ja4: 't13d1516h2_8daaf6152771_b186095e22b6', campaign: 1 },
}
/** Statements that are looked at side by side. */
const AT_ONCE = 6
const SECONDS = 10
/** Numbers of the server for a column that is not there. */
const NO_COLUMN = new Set<unknown>(['47', '16', '10', '8'])

/** A column that panels name and that the server does not have. `object`: the column and the tables it may be of. */
export type LackingColumn = { object: string; panels: string[] }

/** What a panel asks where nobody has asked anything yet. */
export function firstStatements(panel: Panel, databases: SocDatabases): Statement[] {
  try {
    return panel.statements({}, databases, {})
  } catch {
    const filters = Object.entries(SAMPLE).filter(([name]) => panel.shape.filters.includes(name))
    return panel.statements(Object.fromEntries(filters), databases, {})
  }
}

/**
 * Has the server read every statement of the panels without running it: what names a column that its tables do not have is
 * told, one column a statement. Statements about tables that are missing anyway are left out.
 */
export async function lackingColumns(
  clickhouse: Clickhouse,
  panels: readonly Panel[],
  databases: SocDatabases,
  missing: readonly Needed[],
  signal: AbortSignal,
): Promise<LackingColumn[]> {
  const asked = panels.flatMap((panel) =>
    firstStatements(panel, databases)
      .filter(({ part }) => part.requires.every((needed) => !missing.includes(needed)))
      .map(({ statement, part }) => ({ title: panel.shape.title, statement, requires: part.requires })),
  )
  // Parts that are read out of one answer have one statement.
  const byText = [...Map.groupBy(asked, ({ statement }) => statement.text).values()]
  const found = new Map<string, Set<string>>()
  const look = async (same: typeof asked): Promise<void> => {
    const [one] = same
    const column = one && (await columnLacking(clickhouse, one.statement, signal))
    if (!column) return
    const object = `${column} (${one.requires.map((needed) => placeOf(needed, databases)).join(', ')})`
    const titles = found.get(object) ?? new Set()
    for (const { title } of same) titles.add(title)
    found.set(object, titles)
  }
  const waiting = byText.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const same of waiting) await look(same)
    }),
  )
  return [...found]
    .map(([object, titles]) => ({ object, panels: [...titles] }))
    .toSorted((a, b) => (a.object < b.object ? -1 : 1))
}

async function columnLacking(
  clickhouse: Clickhouse,
  { text, params }: Statement['statement'],
  signal: AbortSignal,
): Promise<string | null> {
  try {
    await clickhouse.ask({
      sql: `DESCRIBE (${text})`,
      params: { ...params },
      limits: { seconds: SECONDS, rows: 1_000 },
      signal,
    })
    return null
  } catch (error) {
    if (signal.aborted) throw error
    // What else is wrong with a statement its tile says.
    if (!(error instanceof AppError) || !NO_COLUMN.has(error.detail?.['clickhouse'])) return null
    return (
      /(?:identifier|Identifier|column|columns:) [`']([^`']{1,200})[`']/.exec(clickhouseText(error))?.[1] ?? 'a column'
    )
  }
}
