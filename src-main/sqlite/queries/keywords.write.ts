import { AppError } from '#contract/appError'
import type { KeywordKind, ThemeColour } from '#contract/values'
import type { WriteDb } from '../db.ts'

/** Keywords of a workspace: every scan looks for all of them at once. */
export const KEYWORDS_MAX = 100_000

export type NewTheme = { id: string; name: string; colour: ThemeColour; enabled: boolean }
export type NewKeyword = { id: string; kind: KeywordKind; text: string }

/** Makes a theme. AppError 'conflict' when there is one of that name. */
export function createTheme(db: WriteDb, theme: NewTheme, now: number): void {
  db.transaction(() => {
    checkName(db, theme.name, theme.id)
    insertTheme(db, theme, null, now)
  })()
}

function insertTheme(db: WriteDb, { id, name, colour, enabled }: NewTheme, builtin: string | null, now: number): void {
  db.prepare(
    'INSERT INTO keyword_themes (id, name, colour, enabled, builtin, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(id, name, colour, enabled ? 1 : 0, builtin, now, now)
}

function checkName(db: WriteDb, name: string, id: string): void {
  const same = db
    .prepare<[string, string], object>(
      'SELECT 1 AS known FROM keyword_themes WHERE name = ? COLLATE NOCASE AND id <> ?',
    )
    .get(name, id)
  if (same) throw new AppError('conflict', `There is a theme named ${name} already.`, { path: 'name' })
}

/** Changes a theme; false when there is none. AppError 'conflict' as createTheme. */
export function updateTheme(
  db: WriteDb,
  id: string,
  change: { name?: string | undefined; colour?: ThemeColour | undefined; enabled?: boolean | undefined },
  now: number,
): boolean {
  const { name, colour, enabled } = change
  return db.transaction(() => {
    if (name !== undefined) checkName(db, name, id)
    const { changes } = db
      .prepare(
        `UPDATE keyword_themes SET name = coalesce(?, name), colour = coalesce(?, colour), enabled = coalesce(?, enabled),
           updated_at = ? WHERE id = ?`,
      )
      .run(name ?? null, colour ?? null, enabled === undefined ? null : enabled ? 1 : 0, now, id)
    return changes > 0
  })()
}

/** Removes a theme with its keywords and hits; false when there is none. */
export const removeTheme = (db: WriteDb, id: string): boolean =>
  db.prepare('DELETE FROM keyword_themes WHERE id = ?').run(id).changes > 0

export type Seed = { builtin: string; theme: NewTheme; keywords: readonly NewKeyword[] }

/** Makes each theme of the program once in the life of a workspace: what was edited or deleted since stays so. */
export function seed(db: WriteDb, seeds: readonly Seed[], now: number): void {
  const first = db.prepare('INSERT OR IGNORE INTO keyword_builtins (id, at) VALUES (?, ?)')
  db.transaction(() => {
    for (const { builtin, theme, keywords } of seeds) {
      if (first.run(builtin, now).changes === 0) continue
      insertTheme(db, theme, builtin, now)
      insertKeywords(db, theme.id, keywords, now)
    }
  })()
}

/**
 * Adds keywords; those that the theme has already are left as they are. Answers how many are new, or null when there is no
 * such theme. AppError 'too-large' when there would be more than KEYWORDS_MAX.
 */
export function add(db: WriteDb, themeId: string, keywords: readonly NewKeyword[], now: number): number | null {
  return db.transaction(() => {
    if (!db.prepare<[string], object>('SELECT 1 AS known FROM keyword_themes WHERE id = ?').get(themeId)) return null
    const added = insertKeywords(db, themeId, keywords, now)
    const all = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM keywords').get()?.n ?? 0
    if (all > KEYWORDS_MAX)
      throw new AppError('too-large', `A workspace holds at most ${KEYWORDS_MAX} keywords. Nothing was added.`, {
        most: KEYWORDS_MAX,
      })
    return added
  })()
}

function insertKeywords(db: WriteDb, themeId: string, keywords: readonly NewKeyword[], now: number): number {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO keywords (id, theme_id, kind, text, enabled, created_at) VALUES (?, ?, ?, ?, 1, ?)',
  )
  let added = 0
  for (const { id, kind, text } of keywords) added += insert.run(id, themeId, kind, text, now).changes
  return added
}

/** Switches keywords; answers how many there are of them. */
export function update(db: WriteDb, ids: readonly string[], enabled: boolean): number {
  const statement = db.prepare('UPDATE keywords SET enabled = ? WHERE id = ?')
  return db.transaction(() => ids.reduce((sum, id) => sum + statement.run(enabled ? 1 : 0, id).changes, 0))()
}

/** Removes keywords with their hits; answers how many there were. */
export function remove(db: WriteDb, ids: readonly string[]): number {
  const statement = db.prepare('DELETE FROM keywords WHERE id = ?')
  return db.transaction(() => ids.reduce((sum, id) => sum + statement.run(id).changes, 0))()
}
