import type { Keyword, KeywordTheme } from '#contract/keywords'
import type { KeywordKind, ThemeColour } from '#contract/values'
import { conditions, containing, isoOfMs } from '../conditions.ts'
import type { ReadDb } from '../db.ts'

type ThemeRow = {
  id: string
  name: string
  colour: ThemeColour
  enabled: number
  builtin: string | null
  created_at: number
  updated_at: number
  keywords: number
  on_keywords: number
  hits: number
}

const themeOf = (row: ThemeRow): KeywordTheme => ({
  id: row.id,
  name: row.name,
  colour: row.colour,
  enabled: row.enabled === 1,
  builtin: row.builtin,
  keywords: row.keywords,
  enabledKeywords: row.on_keywords,
  hits: row.hits,
  createdAt: isoOfMs(row.created_at),
  updatedAt: isoOfMs(row.updated_at),
})

/** Counts of the last scans: of a hunt, or of all (null). */
const COUNTED = `keyword_counts c JOIN datasets d ON d.id = c.dataset_id
  WHERE (:huntId IS NULL OR d.hunt_id = :huntId)`

const SELECT_THEMES = `
  WITH found AS (
    SELECT k.theme_id, sum(c.hits) AS hits FROM keywords k JOIN (SELECT c.* FROM ${COUNTED}) c ON c.keyword_id = k.id
    GROUP BY k.theme_id
  )
  SELECT t.*, coalesce(f.hits, 0) AS hits,
    (SELECT count(*) FROM keywords k WHERE k.theme_id = t.id) AS keywords,
    (SELECT count(*) FROM keywords k WHERE k.theme_id = t.id AND k.enabled = 1) AS on_keywords
  FROM keyword_themes t LEFT JOIN found f ON f.theme_id = t.id`

/** All themes by name, with hits of the hunt or of all. */
export function themes(db: ReadDb, huntId: string | null): KeywordTheme[] {
  return db
    .prepare<[{ huntId: string | null }], ThemeRow>(
      `${SELECT_THEMES} ORDER BY t.name COLLATE NOCASE, t.created_at, t.id`,
    )
    .all({ huntId })
    .map(themeOf)
}

/** One theme; null when there is none. */
export function theme(db: ReadDb, id: string): KeywordTheme | null {
  const row = db
    .prepare<[{ huntId: null; id: string }], ThemeRow>(`${SELECT_THEMES} WHERE t.id = :id`)
    .get({ huntId: null, id })
  return row ? themeOf(row) : null
}

type KeywordRow = {
  id: string
  theme_id: string
  kind: KeywordKind
  text: string
  enabled: number
  created_at: number
  hits: number
  rows: number
}

const keywordOf = (row: KeywordRow): Keyword => ({
  id: row.id,
  themeId: row.theme_id,
  kind: row.kind,
  text: row.text,
  enabled: row.enabled === 1,
  hits: row.hits,
  rows: row.rows,
  createdAt: isoOfMs(row.created_at),
})

const counted = (what: string): string => `(SELECT coalesce(sum(c.${what}), 0) FROM ${COUNTED} AND c.keyword_id = k.id)`
const SELECT_KEYWORDS = `SELECT k.*, ${counted('hits')} AS hits, ${counted('row_count')} AS rows FROM keywords k`

export type KeywordQuery = {
  themeId: string
  huntId?: string | undefined
  text?: string | undefined
  limit: number
  offset: number
}

/** Keywords of a theme: those with most hits first, then by text. */
export function list(db: ReadDb, query: KeywordQuery): { keywords: Keyword[]; total: number } {
  const text = query.text === undefined || query.text === '' ? null : containing(query.text)
  const where = `k.theme_id = :themeId AND (:text IS NULL OR k.text LIKE :text ESCAPE '\\')`
  const bound = { themeId: query.themeId, text }
  const keywords = db
    .prepare<[object], KeywordRow>(
      `${SELECT_KEYWORDS} WHERE ${where} ORDER BY hits DESC, k.text COLLATE NOCASE, k.kind LIMIT :limit OFFSET :offset`,
    )
    .all({ ...bound, huntId: query.huntId ?? null, limit: query.limit, offset: query.offset })
    .map(keywordOf)
  const total = db.prepare<[object], { n: number }>(`SELECT count(*) AS n FROM keywords k WHERE ${where}`).get(bound)
  return { keywords, total: total?.n ?? 0 }
}

/** One keyword; null when there is none. */
export function get(db: ReadDb, id: string): Keyword | null {
  const row = db.prepare<[object], KeywordRow>(`${SELECT_KEYWORDS} WHERE k.id = :id`).get({ id, huntId: null })
  return row ? keywordOf(row) : null
}

export type KeywordToScan = { id: string; kind: KeywordKind; text: string }

/** Keywords that are on: of these themes, on or off, or of all themes that are on (undefined). */
export function toScan(db: ReadDb, themeIds: readonly string[] | undefined): KeywordToScan[] {
  const where = conditions()
  where.and('k.enabled = 1')
  if (themeIds === undefined) where.and('t.enabled = 1')
  else where.in('t.id', themeIds)
  const { text, values } = where.build()
  return db
    .prepare<unknown[], KeywordToScan>(
      `SELECT k.id, k.kind, k.text FROM keywords k JOIN keyword_themes t ON t.id = k.theme_id WHERE ${text}
       ORDER BY k.created_at, k.id`,
    )
    .all(...values)
}
