import { AppError } from '#contract/appError'
import type { Ports } from '../ports.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

/** The network of a hunt: one reader keeps it, so that a path or a table does not build it again. */
export function networkMapHandlers({ store, ports }: { store: Store; ports: Ports }): HandlersOf<'networkMap'> {
  const now = (): number => ports.clock().getTime()

  async function readerOf(huntId: string, signal: AbortSignal): Promise<RemoteReads> {
    if (!(await store.read({ signal }).hunts.get(huntId)))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    return store.read({ signal, key: huntId })
  }

  return {
    'networkMap.build': async (asked, { signal }) =>
      (await readerOf(asked.huntId, signal)).networkMap.build(asked, now()),
    'networkMap.hosts': async (asked, { signal }) => (await readerOf(asked.huntId, signal)).hosts.list(asked),
    'networkMap.neighbours': async (asked, { signal }) =>
      (await readerOf(asked.huntId, signal)).networkMap.neighbours(asked, now()),
    'networkMap.path': async (asked, { signal }) => (await readerOf(asked.huntId, signal)).networkMap.path(asked),
    'networkMap.edges': async (asked, { signal }) => (await readerOf(asked.huntId, signal)).networkMap.edges(asked),
    'networkMap.nodes': async (asked, { signal }) => (await readerOf(asked.huntId, signal)).networkMap.nodes(asked),
    'networkMap.facts': async (asked, { signal }) => (await readerOf(asked.huntId, signal)).networkMap.facts(asked),
  }
}
