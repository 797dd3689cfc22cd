import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { CaseTask, HuntCase } from '#contract/cases'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'

/** What tasks and notes need of their case. */
export type PartDeps = {
  store: Store
  actor(): Promise<{ by: string; now: number }>
  existing(caseId: string): Promise<HuntCase>
  announce(caseId: string): void
}
type TaskCalls = 'cases.tasks' | 'cases.createTask' | 'cases.updateTask' | 'cases.deleteTask' | 'cases.restoreTask'

/** The task board of a case. */
export function taskHandlers({ store, actor, existing, announce }: PartDeps): Pick<HandlersOf<'cases'>, TaskCalls> {
  async function existingTask(id: string): Promise<CaseTask> {
    const task = await store.read().cases.task(id)
    if (!task) throw new AppError('not-found', 'There is no such task. It may have been deleted.', { id })
    return task
  }
  return {
    'cases.tasks': async ({ id, state, limit, offset }) => {
      await existing(id)
      return store.read().cases.tasks(id, state, limit, offset)
    },
    'cases.createTask': async ({ caseId, ...fields }) => {
      const id = randomUUID()
      await store.write.cases.createTask(caseId, id, fields, await actor())
      announce(caseId)
      return existingTask(id)
    },
    'cases.updateTask': async ({ id, ...change }) => {
      announce((await store.write.cases.updateTask(id, change, await actor())).caseId)
      return existingTask(id)
    },
    'cases.deleteTask': async ({ id }) => {
      announce((await store.write.cases.settleTask(id, true, await actor())).caseId)
      return { ok: true }
    },
    'cases.restoreTask': async ({ id }) => {
      announce((await store.write.cases.settleTask(id, false, await actor())).caseId)
      return existingTask(id)
    },
  }
}
