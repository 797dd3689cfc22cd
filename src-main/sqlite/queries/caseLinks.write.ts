import type { WriteDb } from '../db.ts'
import { updateByIds } from './alertChanges.write.ts'
import { keep, type NewLink } from './caseAlerts.write.ts'
import { type CaseActor, tell } from './caseActivity.write.ts'
import { existingCase, touch } from './caseRecords.write.ts'
import { stamped } from '../changedFields.ts'

export type { NewLink }

/**
 * Makes things belong to a case, all or none; what does already takes the note and the verdict that are given. Alerts then
 * name the case. AppError 'not-found' for a case or alert that is not there.
 */
export function link(
  db: WriteDb,
  caseId: string,
  links: readonly NewLink[],
  actor: CaseActor,
): { added: number; known: number; huntIds: string[] } {
  return db.transaction(() => {
    existingCase(db, caseId)
    const alerts = links.filter(({ kind }) => kind === 'alert').map(({ target }) => target)
    let added = 0
    for (const one of links) if (one.kind !== 'alert' && keep(db, caseId, one, actor)) added++
    const inCase = db.prepare<[string, string], object>('SELECT 1 FROM alerts WHERE id = ? AND case_id = ?')
    const fresh = alerts.filter((id) => !inCase.get(id, caseId))
    const act = { by: actor.by, now: actor.now, undo: false }
    const huntIds = fresh.length === 0 ? [] : updateByIds(db, fresh, { caseId }, act).huntIds
    added += fresh.length
    touch(db, caseId, actor.now)
    return { added, known: links.length - added, huntIds }
  })()
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
