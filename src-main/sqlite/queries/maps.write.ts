import { AppError } from '#contract/appError'
import type { MapDocument, MapElement } from '#contract/maps'
import { isoOfMs } from '../conditions.ts'
import type { WriteDb } from '../db.ts'

/** Acts on a map that can be taken back; older ones are forgotten. */
const STEPS_MAX = 500
/** A deleted map can be brought back for so long, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1_000

/** Elements by id before and after an act; null: not there. */
type Change = { before: Record<string, MapElement | null>; after: Record<string, MapElement | null> }
type Stored = { hunt_id: string; document: string; step: number; updated_at: number }

/** Keeps a new map. AppError 'not-found' without its hunt. */
export function create(
  db: WriteDb,
  map: { id: string; huntId: string; name: string; description: string; elements: readonly MapElement[] },
  now: number,
): void {
  db.transaction(() => {
    if (!db.prepare<[string], object>('SELECT 1 FROM hunts WHERE id = ?').get(map.huntId))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: map.huntId,
      })
    const elements = new Map(map.elements.map((element) => [element.id, { ...element, updatedAt: isoOfMs(now) }]))
    const document = documentOf(elements, new Map())
    db.prepare(
      `INSERT INTO maps (id, hunt_id, name, description, document, nodes, links, notes, step, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    ).run(map.id, map.huntId, map.name, map.description, JSON.stringify(document), ...counts(document), now, now)
  })()
}

/** Renames or describes a map; answers its hunt, or null when there is none of that id. */
export function update(
  db: WriteDb,
  id: string,
  { name, description }: { name?: string | undefined; description?: string | undefined },
  now: number,
): { huntId: string } | null {
  return changed(
    db,
    'UPDATE maps SET name = coalesce(:name, name), description = coalesce(:description, description), updated_at = :now WHERE id = :id AND deleted_at IS NULL',
    { id, name: name ?? null, description: description ?? null, now },
  )
}

/** One act: elements come, change or go, all or none. Acts that were taken back are forgotten by it. AppError 'not-found', 'too-large'. */
export function edit(
  db: WriteDb,
  id: string,
  asked: { act: string; put: readonly MapElement[]; remove: readonly string[]; most: number },
  now: number,
): { huntId: string } {
  return db.transaction(() => {
    const map = existing(db, id)
    const { elements, removed } = opened(map)
    const change: Change = { before: {}, after: {} }
    const set = (key: string, element: MapElement | null): void => {
      change.before[key] ??= elements.get(key) ?? null
      change.after[key] = element
      apply(elements, removed, key, element, now)
    }
    for (const element of asked.put) set(element.id, element)
    const gone = new Set(asked.remove)
    for (const element of [...elements.values()]) {
      if (gone.has(element.id) || (element.kind === 'link' && (gone.has(element.from) || gone.has(element.to))))
        set(element.id, null)
      else if (element.kind === 'node' && element.groupId !== null && gone.has(element.groupId))
        set(element.id, { ...element, groupId: null })
    }
    if (elements.size > asked.most)
      throw new AppError(
        'too-large',
        `A map holds at most ${asked.most} elements; this would make ${elements.size}. Nothing was changed.`,
      )
    if (Object.keys(change.after).length === 0) return { huntId: map.hunt_id }
    const step = map.step + 1
    db.prepare('DELETE FROM map_steps WHERE map_id = ? AND (step >= ? OR step <= ?)').run(id, step, step - STEPS_MAX)
    db.prepare('INSERT INTO map_steps (map_id, step, act, change, at) VALUES (?, ?, ?, ?, ?)').run(
      id,
      step,
      asked.act,
      JSON.stringify(change),
      now,
    )
    put(db, id, documentOf(elements, removed), step, now)
    return { huntId: map.hunt_id }
  })()
}

/** Takes back the last act, or brings back the next one. AppError 'not-found', 'conflict' where there is none. */
export function turn(db: WriteDb, id: string, way: 'undo' | 'redo', now: number): { huntId: string } {
  return db.transaction(() => {
    const map = existing(db, id)
    const step = way === 'undo' ? map.step : map.step + 1
    const text = db
      .prepare<[string, number], string>('SELECT change FROM map_steps WHERE map_id = ? AND step = ?')
      .pluck()
      .get(id, step)
    if (text === undefined)
      throw new AppError(
        'conflict',
        way === 'undo' ? 'There is nothing on this map to undo.' : 'There is nothing on this map to redo.',
        { id },
      )
    const change: Change = JSON.parse(text)
    const { elements, removed } = opened(map)
    for (const [key, element] of Object.entries(way === 'undo' ? change.before : change.after))
      apply(elements, removed, key, element, now)
    put(db, id, documentOf(elements, removed), way === 'undo' ? step - 1 : step, now)
    return { huntId: map.hunt_id }
  })()
}

/** Deletes a map; `restore` brings it back for a day. Answers its hunt, or null when there is none of that id. */
export function remove(db: WriteDb, id: string, now: number): { huntId: string } | null {
  db.prepare('DELETE FROM maps WHERE deleted_at < ?').run(now - KEPT_MS)
  return changed(db, 'UPDATE maps SET deleted_at = :now WHERE id = :id AND deleted_at IS NULL', { id, now })
}

export const restore = (db: WriteDb, id: string): { huntId: string } | null =>
  changed(db, 'UPDATE maps SET deleted_at = NULL WHERE id = :id AND deleted_at IS NOT NULL', { id })

function changed(db: WriteDb, sql: string, values: Record<string, unknown>): { huntId: string } | null {
  return (
    db.prepare<[Record<string, unknown>], { huntId: string }>(`${sql} RETURNING hunt_id AS huntId`).get(values) ?? null
  )
}

function existing(db: WriteDb, id: string): Stored {
  const map = db
    .prepare<[string], Stored>(
      'SELECT hunt_id, document, step, updated_at FROM maps WHERE id = ? AND deleted_at IS NULL',
    )
    .get(id)
  if (!map) throw new AppError('not-found', 'There is no such map. It may have been deleted.', { id })
  return map
}

type Opened = { elements: Map<string, MapElement>; removed: Map<string, string> }

function opened({ document }: Stored): Opened {
  // Written by this program only, as the contract parsed it.
  const { elements, removed }: MapDocument = JSON.parse(document)
  return {
    elements: new Map(elements.map((element) => [element.id, element])),
    removed: new Map(removed.map(({ id, updatedAt }) => [id, updatedAt])),
  }
}

/** Every change is a new one, also where it takes back another: of two versions of a map the newer counts. */
function apply(
  elements: Opened['elements'],
  removed: Opened['removed'],
  id: string,
  element: MapElement | null,
  now: number,
): void {
  if (element === null) {
    elements.delete(id)
    removed.set(id, isoOfMs(now))
    return
  }
  removed.delete(id)
  elements.set(id, { ...element, updatedAt: isoOfMs(now) })
}

const documentOf = (elements: Opened['elements'], removed: Opened['removed']): MapDocument => ({
  version: 1,
  elements: [...elements.values()],
  removed: [...removed].map(([id, updatedAt]) => ({ id, updatedAt })),
})

const counts = ({ elements }: MapDocument): [number, number, number] => [
  elements.filter(({ kind }) => kind === 'node').length,
  elements.filter(({ kind }) => kind === 'link').length,
  elements.filter(({ kind }) => kind === 'note').length,
]

function put(db: WriteDb, id: string, document: MapDocument, step: number, now: number): void {
  db.prepare(
    'UPDATE maps SET document = ?, nodes = ?, links = ?, notes = ?, step = ?, updated_at = ? WHERE id = ?',
  ).run(JSON.stringify(document), ...counts(document), ...[step, now, id])
}
