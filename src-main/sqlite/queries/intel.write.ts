import { rmSync } from 'node:fs'
import { AppError } from '#contract/appError'
import { verdicts, type IndicatorType, type ListPurpose, type Verdict } from '#contract/values'
import type { WriteDb } from '../db.ts'
import { readFindings } from '../findingsFile.ts'
import {
  INDICATOR_COLUMNS,
  type FiledIndicator,
  type IndicatorCounts,
  type IndicatorFileSummary,
} from '../indicatorFile.ts'
import { keep, UNTOUCHED, type KeptFindings } from './alerts.write.ts'
import { ownAllowList } from './intel.read.ts'

/** Indicators written or swept in one transaction: what other people change waits no longer than that takes. */
const PART = 20_000

/** Where the next part of a file begins. */
export type PartEnd = { type: string; value: string }

/** A number for new content, never used before: indicators of it are invisible until `settle` names it. `now` in milliseconds. */
export function newContent(db: WriteDb, now: number): number {
  const row = db
    .prepare<[], { n: number }>(
      `SELECT max(coalesce((SELECT max(content) FROM intel_lists), 0), coalesce((SELECT max(content) FROM intel_rejects), 0)) + 1 AS n`,
    )
    .get()
  return Math.max(row?.n ?? 1, now)
}

/**
 * Copies the next part of an indicator file (indicatorFile.ts) into the workspace under `content`. Answers where the next
 * part begins, null when all is there.
 */
export function addPart(db: WriteDb, content: number, file: string, from: PartEnd | null): PartEnd | null {
  db.prepare('ATTACH ? AS listed').run(file)
  try {
    const after = from ?? { type: '', value: '' }
    const last = db
      .prepare<[string, string, number], PartEnd>(
        `SELECT type, value FROM (SELECT type, value FROM listed.indicators WHERE (type, value) > (?, ?) ORDER BY type, value LIMIT ?)
         ORDER BY type DESC, value DESC LIMIT 1`,
      )
      .get(after.type, after.value, PART)
    db.transaction(() => {
      if (from === null)
        db.prepare('INSERT INTO intel_rejects SELECT ?, n, line, reason, text FROM listed.rejects').run(content)
      if (last)
        db.prepare(
          `INSERT INTO intel_indicators (content, ${INDICATOR_COLUMNS})
           SELECT ?, ${INDICATOR_COLUMNS} FROM listed.indicators WHERE (type, value) > (?, ?) AND (type, value) <= (?, ?) ORDER BY type, value`,
        ).run(content, after.type, after.value, last.type, last.value)
    })()
    return last ?? null
  } finally {
    db.prepare('DETACH listed').run()
  }
}

export type NewList = {
  id: string
  name: string
  purpose: ListPurpose
  verdict: Verdict
  source: string | null
  confidence: number | null
  expiresAt: number | null
  subdomains: boolean
  file: string | null
  format: string
}

/** Makes `content` the indicators of a list: a new one, or one that is there already. AppError 'not-found' when that has gone. */
export function settle(
  db: WriteDb,
  list: NewList,
  replaces: boolean,
  content: number,
  summary: Omit<IndicatorFileSummary, 'firstRejected' | 'otherVerdicts'>,
  now: number,
): void {
  const values = {
    ...list,
    content,
    verdict: verdicts.indexOf(list.verdict),
    subdomains: list.subdomains ? 1 : 0,
    indicators: summary.indicators,
    duplicates: summary.duplicates,
    rejected: summary.rejected,
    counts: JSON.stringify(summary.counts),
    now,
  }
  const sql = replaces
    ? `UPDATE intel_lists SET content = :content, name = :name, verdict = :verdict, source = :source, confidence = :confidence,
         expires_at = :expiresAt, subdomains = :subdomains, file = :file, format = :format, indicators = :indicators,
         duplicates = :duplicates, rejected = :rejected, counts = :counts, updated_at = :now WHERE id = :id`
    : `INSERT INTO intel_lists (id, content, name, purpose, enabled, verdict, source, confidence, expires_at, subdomains, file,
         format, indicators, duplicates, rejected, counts, created_at, updated_at)
       VALUES (:id, :content, :name, :purpose, 1, :verdict, :source, :confidence, :expiresAt, :subdomains, :file,
         :format, :indicators, :duplicates, :rejected, :counts, :now, :now)`
  if (db.prepare(sql).run(values).changes === 0)
    throw new AppError('not-found', 'The list was deleted meanwhile.', { id: list.id })
}

export type ListChange = {
  name?: string | undefined
  enabled?: boolean | undefined
  verdict?: Verdict | undefined
  source?: string | null | undefined
  confidence?: number | null | undefined
  expiresAt?: number | null | undefined
  subdomains?: boolean | undefined
}

/** Changes what holds for a list. False when there is none of that id. */
export function update(db: WriteDb, id: string, change: ListChange, now: number): boolean {
  const sets: string[] = []
  const values: (string | number | null)[] = []
  const set = (column: string, value: string | number | null | undefined): void => {
    if (value === undefined) return
    sets.push(`${column} = ?`)
    values.push(value)
  }
  const flag = (value: boolean | undefined): number | undefined => (value === undefined ? undefined : value ? 1 : 0)
  set('name', change.name)
  set('enabled', flag(change.enabled))
  set('verdict', change.verdict === undefined ? undefined : verdicts.indexOf(change.verdict))
  set('source', change.source)
  set('confidence', change.confidence)
  set('expires_at', change.expiresAt)
  set('subdomains', flag(change.subdomains))
  set('updated_at', now)
  return db.prepare(`UPDATE intel_lists SET ${sets.join(', ')} WHERE id = ?`).run(...values, id).changes > 0
}

/** Removes a list; its indicators are gone for everyone, and `sweep` takes them away. False when there is none of that id. */
export const remove = (db: WriteDb, id: string): boolean =>
  db.prepare('DELETE FROM intel_lists WHERE id = ?').run(id).changes > 0

/**
 * Takes away indicators that no list names, a part at a time; `keeping`: contents that are just being written. Answers where
 * to go on, null when all are gone.
 */
export function sweep(db: WriteDb, from: PartEnd | null, keeping: readonly number[]): PartEnd | null {
  const after = from ?? { type: '', value: '' }
  const kept = `content NOT IN (SELECT content FROM intel_lists UNION SELECT value FROM json_each(?))`
  return db.transaction(() => {
    if (from === null) db.prepare(`DELETE FROM intel_rejects WHERE ${kept}`).run(JSON.stringify(keeping))
    const last = db
      .prepare<[string, string, number], PartEnd>(
        `SELECT type, value FROM intel_indicators WHERE (type, value) >= (?, ?) ORDER BY type, value LIMIT 1 OFFSET ?`,
      )
      .get(after.type, after.value, PART)
    const until = last ? 'AND (type, value) < (?, ?)' : ''
    db.prepare(`DELETE FROM intel_indicators WHERE (type, value) >= (?, ?) ${until} AND ${kept}`).run(
      ...[after.type, after.value, ...(last ? [last.type, last.value] : []), JSON.stringify(keeping)],
    )
    return last ?? null
  })()
}

/** Puts indicators on the allow list of this workspace, which is made when there is none. Answers how many were not on it. */
export function allow(
  db: WriteDb,
  fresh: { id: string; name: string },
  indicators: readonly FiledIndicator[],
  now: number,
): { listId: string; added: number } {
  return db.transaction(() => {
    let own = ownAllowList(db)
    if (!own) {
      own = { id: fresh.id, content: newContent(db, now) }
      db.prepare(
        `INSERT INTO intel_lists (id, content, name, purpose, own, enabled, verdict, subdomains, format, indicators, duplicates, rejected, counts, created_at, updated_at)
         VALUES (?, ?, ?, 'allow', 1, 1, ?, 0, 'Made in this workspace', 0, 0, 0, '[]', ?, ?)`,
      ).run(own.id, own.content, fresh.name, verdicts.indexOf('clean'), now, now)
    }
    const add = db.prepare(
      'INSERT OR IGNORE INTO intel_indicators (type, value, content, subdomains, line) VALUES (?, ?, ?, ?, 0)',
    )
    let added = 0
    for (const { type, value, subdomains } of indicators)
      added += add.run(type, value, own.content, subdomains ? 1 : 0).changes
    recount(db, own.content, now)
    return { listId: own.id, added }
  })()
}

/** Takes values off the allow list of this workspace; answers its id, null while there is none, and how many were on it. */
export function disallow(
  db: WriteDb,
  indicators: readonly { type: IndicatorType; value: string }[],
  now: number,
): { listId: string | null; removed: number } {
  return db.transaction(() => {
    const own = ownAllowList(db)
    if (!own) return { listId: null, removed: 0 }
    const drop = db.prepare('DELETE FROM intel_indicators WHERE type = ? AND value = ? AND content = ?')
    let removed = 0
    for (const { type, value } of indicators) removed += drop.run(type, value, own.content).changes
    recount(db, own.content, now)
    return { listId: own.id, removed }
  })()
}

function recount(db: WriteDb, content: number, now: number): void {
  const counts: IndicatorCounts = db
    .prepare<[number], { type: IndicatorType; count: number }>(
      'SELECT type, count(*) AS count FROM intel_indicators WHERE content = ? GROUP BY type',
    )
    .all(content)
    .map(({ type, count }) => ({ type, verdict: '', count }))
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  db.prepare('UPDATE intel_lists SET indicators = ?, counts = ?, updated_at = ? WHERE content = ?').run(
    ...[total, JSON.stringify(counts), now, content],
  )
}

export type KeptHits = KeptFindings & { removed: number }

/**
 * Keeps listed indicators that were found in one dataset as alerts, all or none (see alerts.write.ts). `listed` (null: not all
 * lists were asked): every listed indicator of the dataset by subject; untouched alerts of `analyzer` about others go. The file (null: nothing was
 * found) is removed however it ends. Null where the dataset was read anew meanwhile; AppError 'not-found'.
 */
export function keepHits(
  db: WriteDb,
  found: { huntId: string; datasetId: string; file: string | null; analyzer: string; listed: readonly string[] | null },
  now: number,
  reading: string | null,
): KeptHits | null {
  const { huntId, datasetId, file, analyzer, listed } = found
  try {
    return db.transaction(() => {
      const kept = keep(db, huntId, datasetId, file === null ? [] : readFindings(file), now, reading)
      if (kept === null || listed === null) return kept && { ...kept, removed: 0 }
      const known = new Set(listed)
      const stale = db
        .prepare<[string, string, string], { id: string; subject: string }>(
          `SELECT id, subject FROM alerts WHERE analyzer = ? AND hunt_id = ? AND dataset_id = ? AND ${UNTOUCHED}`,
        )
        .all(analyzer, huntId, datasetId)
        .filter(({ subject }) => !known.has(subject))
      const drop = db.prepare('DELETE FROM alerts WHERE id = ?')
      for (const { id } of stale) drop.run(id)
      return { ...kept, removed: stale.length }
    })()
  } finally {
    if (file !== null) rmSync(file, { force: true })
  }
}
