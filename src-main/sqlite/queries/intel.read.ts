import type { Indicator, IntelList, IntelReject } from '#contract/intel'
import { indicatorTypes, verdicts, type IndicatorType, type ListPurpose, type Verdict } from '#contract/values'
import { conditions, containing, isoOfMs, isoOfMsOrNull } from '../conditions.ts'
import type { ReadDb } from '../db.ts'
import type { IndicatorCounts } from '../indicatorFile.ts'

type ListRow = {
  id: string
  content: number
  name: string
  purpose: ListPurpose
  enabled: number
  verdict: number
  source: string | null
  confidence: number | null
  expires_at: number | null
  subdomains: number
  file: string | null
  format: string
  indicators: number
  duplicates: number
  rejected: number
  counts: string
  created_at: number
  updated_at: number
}

const verdictAt = (rank: number): Verdict => verdicts[rank] ?? 'unknown'

function listOf(row: ListRow): IntelList {
  // Written by this program only.
  const counts: IndicatorCounts = JSON.parse(row.counts)
  const own = verdictAt(row.verdict)
  const sum = <K extends string>(key: (one: IndicatorCounts[number]) => K): { key: K; count: number }[] => {
    const sums = new Map<K, number>()
    for (const one of counts) sums.set(key(one), (sums.get(key(one)) ?? 0) + one.count)
    return [...sums].map(([name, count]) => ({ key: name, count })).sort((a, b) => b.count - a.count)
  }
  return {
    id: row.id,
    name: row.name,
    purpose: row.purpose,
    enabled: row.enabled === 1,
    verdict: own,
    source: row.source,
    confidence: row.confidence,
    expiresAt: isoOfMsOrNull(row.expires_at),
    subdomains: row.subdomains === 1,
    file: row.file,
    format: row.format,
    indicators: row.indicators,
    duplicates: row.duplicates,
    rejected: row.rejected,
    byType: sum(({ type }) => type).map(({ key, count }) => ({ type: key, count })),
    byVerdict: sum(({ verdict }) => (verdict === '' ? own : verdict)).map(({ key, count }) => ({
      verdict: key,
      count,
    })),
    createdAt: isoOfMs(row.created_at),
    updatedAt: isoOfMs(row.updated_at),
  }
}

export type ListQuery = { purpose?: ListPurpose | undefined; limit: number; offset: number }

/** Lists by name; `indicators`: in all lists that are on. */
export function lists(db: ReadDb, query: ListQuery): { lists: IntelList[]; total: number; indicators: number } {
  const where = conditions()
  where.in('purpose', query.purpose)
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], ListRow>(
      `SELECT * FROM intel_lists WHERE ${text} ORDER BY own DESC, name COLLATE NOCASE, created_at LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const counted = db
    .prepare<unknown[], { n: number; indicators: number }>(
      `SELECT count(*) AS n, coalesce(sum(CASE WHEN enabled = 1 THEN indicators ELSE 0 END), 0) AS indicators FROM intel_lists WHERE ${text}`,
    )
    .get(...values)
  return { lists: rows.map(listOf), total: counted?.n ?? 0, indicators: counted?.indicators ?? 0 }
}

/** One list; null when there is none of that id. */
export function get(db: ReadDb, id: string): IntelList | null {
  const row = db.prepare<[string], ListRow>('SELECT * FROM intel_lists WHERE id = ?').get(id)
  return row ? listOf(row) : null
}

/** The allow list that this workspace made itself; null while there is none. */
export function ownAllowList(db: ReadDb): { id: string; content: number } | null {
  return (
    db
      .prepare<[], { id: string; content: number }>(
        `SELECT id, content FROM intel_lists WHERE own = 1 AND purpose = 'allow'`,
      )
      .get() ?? null
  )
}

export type IndicatorRow = {
  type: IndicatorType
  value: string
  content: number
  subdomains: number
  verdict: number | null
  confidence: number | null
  source: string | null
  note: string | null
  expires_at: number | null
  line: number
}

/** What is said in a list's name where a line says nothing, and whether that has expired at `now` (milliseconds). */
export function indicatorOfRow(row: IndicatorRow, list: ListRow, now: number): Indicator {
  const expires = row.expires_at ?? list.expires_at
  return {
    type: row.type,
    value: row.value,
    subdomains: row.type === 'domain' && (row.subdomains === 1 || list.subdomains === 1),
    verdict: verdictAt(row.verdict ?? list.verdict),
    confidence: row.confidence ?? list.confidence,
    source: row.source ?? list.source,
    note: row.note,
    expiresAt: isoOfMsOrNull(expires),
    expired: expires !== null && expires <= now,
    line: row.line,
  }
}

export type IndicatorQuery = {
  type?: IndicatorType | undefined
  verdict?: Verdict | undefined
  text?: string | undefined
  limit: number
  offset: number
}

/** The indicators of a list by type and value; null when there is no such list. AppError 'cancelled'. */
export function indicators(
  db: ReadDb,
  id: string,
  query: IndicatorQuery,
  now: number,
): { indicators: Indicator[]; total: number } | null {
  const list = db.prepare<[string], ListRow>('SELECT * FROM intel_lists WHERE id = ?').get(id)
  if (!list) return null
  const where = conditions()
  where.in('content', list.content)
  where.in('type', query.type)
  if (query.verdict !== undefined) where.and('coalesce(verdict, ?) = ?', list.verdict, verdicts.indexOf(query.verdict))
  if (query.text) {
    const pattern = containing(query.text)
    where.and(
      `(value LIKE ? ESCAPE '\\' OR source LIKE ? ESCAPE '\\' OR note LIKE ? ESCAPE '\\')`,
      ...[pattern, pattern, pattern],
    )
  }
  const { text, values } = where.build()
  const rows = db
    .prepare<unknown[], IndicatorRow>(
      `SELECT * FROM intel_indicators WHERE keep_going() AND ${text} ORDER BY type, value LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  const narrowed = query.type !== undefined || query.verdict !== undefined || !!query.text
  const counted = narrowed
    ? db
        .prepare<unknown[], { n: number }>(`SELECT count(*) AS n FROM intel_indicators WHERE keep_going() AND ${text}`)
        .get(...values)?.n
    : list.indicators
  return { indicators: rows.map((row) => indicatorOfRow(row, list, now)), total: counted ?? 0 }
}

/** Lines of a list that were not taken; null when there is no such list. */
export function rejects(
  db: ReadDb,
  id: string,
  limit: number,
  offset: number,
): { rejects: IntelReject[]; total: number; rejected: number } | null {
  const list = db.prepare<[string], ListRow>('SELECT * FROM intel_lists WHERE id = ?').get(id)
  if (!list) return null
  const rows = db
    .prepare<[number, number, number], IntelReject>(
      'SELECT line, reason, text FROM intel_rejects WHERE content = ? ORDER BY n LIMIT ? OFFSET ?',
    )
    .all(list.content, limit, offset)
  const counted = db
    .prepare<[number], { n: number }>('SELECT count(*) AS n FROM intel_rejects WHERE content = ?')
    .get(list.content)
  return { rejects: rows, total: counted?.n ?? 0, rejected: list.rejected }
}

export type ActiveList = ListRow

/** Lists that are on, by the number of their content. `only`: of these ids. */
export function activeLists(db: ReadDb, only?: readonly string[]): Map<number, ActiveList> {
  const rows = db.prepare<[], ListRow>('SELECT * FROM intel_lists WHERE enabled = 1').all()
  return new Map(
    rows.filter(({ id }) => only === undefined || only.includes(id)).map((row) => [row.content, row] as const),
  )
}

/** Changes whenever a list comes, changes or goes. */
export const stamp = (db: ReadDb): string =>
  JSON.stringify(db.prepare('SELECT content, enabled, updated_at FROM intel_lists ORDER BY content').raw().all())

/** Looks up the lines of all lists that hold one value; a statement that is used again and again. */
export function linesOf(db: ReadDb): (type: IndicatorType, value: string) => IndicatorRow[] {
  const statement = db.prepare<[string, string], IndicatorRow>(
    'SELECT * FROM intel_indicators WHERE type = ? AND value = ?',
  )
  return (type, value) => statement.all(type, value)
}

/** The types of indicators that stand in any list. */
export function typesHeld(db: ReadDb): IndicatorType[] {
  const held = db.prepare<[string], number>('SELECT 1 FROM intel_indicators WHERE type = ? LIMIT 1').pluck()
  return indicatorTypes.filter((type) => held.get(type) !== undefined)
}

/** Prefix lengths of the networks in these contents. */
export function prefixes(db: ReadDb, contents: ReadonlySet<number>): { v4: number[]; v6: number[] } {
  const v4 = new Set<number>()
  const v6 = new Set<number>()
  const rows = db
    .prepare<[], { value: string; content: number }>(
      `SELECT value, content FROM intel_indicators WHERE type = 'network'`,
    )
    .iterate()
  for (const { value, content } of rows) {
    if (!contents.has(content)) continue
    const bits = Number(value.slice(value.lastIndexOf('/') + 1))
    if (value.includes(':')) v6.add(bits)
    else v4.add(bits)
  }
  return { v4: [...v4], v6: [...v6] }
}
