import type { WriteDb } from '../db.ts'
import { updateByIds } from './alertChanges.write.ts'
import { keep, type NewLink } from './caseAlerts.write.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { existingCase, touch } from './caseRecords.write.ts'
import { stamped } from '../changedFields.ts'
import { placeOf } from './casePlaces.read.ts'

export type { NewLink }

export type NewTo = Pick<NewLink, 'kind' | 'target'>

/**
 * Makes things belong to a case, all or none, and their hunts with them; what does already takes the note and the verdict that
 * are given. Alerts then name the case. AppError 'not-found' for a case or alert that is not there.
 */
export function link(
  db: WriteDb,
  caseId: string,
  links: readonly NewLink[],
  actor: CaseActor,
): { added: number; known: number; links: NewTo[]; huntIds: string[] } {
  return db.transaction(() => {
    existingCase(db, caseId)
    const hunts = huntsOf(db, caseId)
    const alerts = links.filter(({ kind }) => kind === 'alert').map(({ target }) => target)
    const fresh: NewTo[] = []
    for (const one of links)
      if (one.kind !== 'alert' && keep(db, caseId, one, actor)) fresh.push({ kind: one.kind, target: one.target })
    keepHunts(db, caseId, fresh, actor)
    const inCase = db.prepare<[string, string], object>('SELECT 1 FROM alerts WHERE id = ? AND case_id = ?')
    const came = alerts.filter((id) => !inCase.get(id, caseId))
    const act = { by: actor.by, now: actor.now, undo: false }
    const huntIds = came.length === 0 ? [] : updateByIds(db, came, { caseId }, act).huntIds
    fresh.push(...came.map((target) => ({ kind: 'alert' as const, target })))
    touch(db, caseId, actor.now)
    const added = fresh.length
    const known = new Set([...hunts, ...fresh.flatMap(({ kind, target }) => (kind === 'hunt' ? [target] : []))])
    const along = huntsOf(db, caseId).filter((target) => !known.has(target))
    fresh.push(...along.map((target) => ({ kind: 'hunt' as const, target })))
    return { added, known: links.length - added, links: fresh, huntIds }
  })()
}

const huntsOf = (db: WriteDb, caseId: string): string[] =>
  db
    .prepare<[string], string>(
      `SELECT target FROM case_links WHERE case_id = ? AND kind = 'hunt' AND removed_at IS NULL ORDER BY added_at, target`,
    )
    .pluck()
    .all(caseId)

/** What lies in a hunt brings it along: a case file carries the rows of the hunts of a case. */
function keepHunts(db: WriteDb, caseId: string, fresh: readonly NewTo[], actor: CaseActor): void {
  const hunts = new Set<string>()
  for (const { kind, target } of fresh)
    if (kind === 'row' || kind === 'hypothesis' || kind === 'map') {
      const { huntId } = placeOf(db, kind, target, true)
      if (huntId !== null) hunts.add(huntId)
    }
  for (const target of hunts)
    keep(db, caseId, { kind: 'hunt', target, label: placeOf(db, 'hunt', target).label }, actor)
}

/** Takes things out of a case; alerts then name no case. */
export function unlink(
  db: WriteDb,
  caseId: string,
  links: readonly Pick<NewLink, 'kind' | 'target' | 'label'>[],
  actor: CaseActor,
): { removed: number; huntIds: string[] } {
  const { by, now } = actor
  return db.transaction(() => {
    existingCase(db, caseId)
    const inCase = db.prepare<[string, string], object>('SELECT 1 FROM alerts WHERE id = ? AND case_id = ?')
    const alerts = links
      .filter(({ kind, target }) => kind === 'alert' && inCase.get(target, caseId))
      .map(({ target }) => target)
    let removed = alerts.length
    for (const { kind, target, label } of links) {
      if (kind === 'alert') continue
      const known = db
        .prepare<[string, string, string], { changed: string }>(
          'SELECT changed FROM case_links WHERE case_id = ? AND kind = ? AND target = ? AND removed_at IS NULL',
        )
        .get(caseId, kind, target)
      if (!known) continue
      db.prepare(
        'UPDATE case_links SET removed_at = ?, updated_at = ?, changed = ? WHERE case_id = ? AND kind = ? AND target = ?',
      ).run(now, now, stamped(known.changed, ['removed'], now), caseId, kind, target)
      tell(db, caseId, { act: 'unlinked', about: `${kind}:${target}`, text: label }, actor)
      removed++
    }
    const huntIds =
      alerts.length === 0 ? [] : updateByIds(db, alerts, { caseId: null }, { by, now, undo: false }).huntIds
    if (removed > 0) touch(db, caseId, now)
    return { removed, huntIds }
  })()
}
