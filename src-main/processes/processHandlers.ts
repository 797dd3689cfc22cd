import { AppError } from '#contract/appError'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

export function processHandlers(deps: {
  store: Store
  /** Tactics of an ATT&CK technique. */
  tacticsOf(technique: string): string[]
}): HandlersOf<'processes'> {
  const { store, tacticsOf } = deps

  /** The reader that keeps the processes of this hunt. */
  async function processesOf(huntId: string, signal: AbortSignal): Promise<RemoteReads['processes']> {
    const hunt = await store.read({ signal }).hunts.get(huntId)
    if (!hunt) throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', { id: huntId })
    return store.read({ signal, key: huntId }).processes
  }

  return {
    'processes.hosts': async (asked, { signal }) => (await processesOf(asked.huntId, signal)).hosts(asked),
    'processes.tree': async (asked, { signal }) => (await processesOf(asked.huntId, signal)).tree(asked),
    'processes.find': async (asked, { signal }) => (await processesOf(asked.huntId, signal)).find(asked),
    'processes.storyline': async (asked, { signal }) => (await processesOf(asked.huntId, signal)).storyline(asked),
    'processes.marks': async (asked, { signal }) => {
      const { marks, ...rest } = await (await processesOf(asked.huntId, signal)).marks(asked)
      const tacticOf = (technique: string | null): string | null =>
        technique === null ? null : (tacticsOf(technique)[0] ?? null)
      return { marks: marks.map((mark) => ({ ...mark, tactic: tacticOf(mark.technique) })), ...rest }
    },
  }
}
