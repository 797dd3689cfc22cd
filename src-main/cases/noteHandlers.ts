import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { CaseNote } from '#contract/cases'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { PartDeps } from './taskHandlers.ts'

type NoteCalls = 'cases.notes' | 'cases.createNote' | 'cases.updateNote' | 'cases.deleteNote' | 'cases.restoreNote'

/** The notes of a case. */
export function noteHandlers({ store, actor, existing, announce }: PartDeps): Pick<HandlersOf<'cases'>, NoteCalls> {
  async function existingNote(id: string): Promise<CaseNote> {
    const note = await store.read().cases.note(id)
    if (!note) throw new AppError('not-found', 'There is no such note. It may have been deleted.', { id })
    return note
  }
  return {
    'cases.notes': async ({ id, limit, offset }) => {
      await existing(id)
      return store.read().cases.notes(id, limit, offset)
    },
    'cases.createNote': async ({ caseId, ...fields }) => {
      const id = randomUUID()
      await store.write.cases.createNote(caseId, id, fields, await actor())
      announce(caseId)
      return existingNote(id)
    },
    'cases.updateNote': async ({ id, ...change }) => {
      announce((await store.write.cases.updateNote(id, change, await actor())).caseId)
      return existingNote(id)
    },
    'cases.deleteNote': async ({ id }) => {
      announce((await store.write.cases.settleNote(id, true, await actor())).caseId)
      return { ok: true }
    },
    'cases.restoreNote': async ({ id }) => {
      announce((await store.write.cases.settleNote(id, false, await actor())).caseId)
      return existingNote(id)
    },
  }
}
