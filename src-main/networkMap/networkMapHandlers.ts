import { AppError } from '#contract/appError'
import type { Output } from '#contract/contract'
import type { Ports } from '../ports.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

type Progress = NonNullable<Output<'networkMap.progress'>['progress']>

/** The network of a hunt: one reader keeps it, so that a path or a table does not build it again. */
export function networkMapHandlers({ store, ports }: { store: Store; ports: Ports }): HandlersOf<'networkMap'> {
  const now = (): number => ports.clock().getTime()
  /** Of hunts whose map is being counted. */
  const counting = new Map<string, Progress>()

  async function asked<T>(huntId: string, signal: AbortSignal, ask: (reads: RemoteReads) => Promise<T>): Promise<T> {
    if (!(await store.read({ signal }).hunts.get(huntId)))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    const onProgress = (state: unknown): void => {
      if (isProgress(state)) counting.set(huntId, state)
    }
    try {
      return await ask(store.read({ signal, key: huntId, onProgress }))
    } finally {
      counting.delete(huntId)
    }
  }

  return {
    'networkMap.build': (input, { signal }) =>
      asked(input.huntId, signal, (reads) => reads.networkMap.build(input, now())),
    'networkMap.progress': ({ huntId }) => Promise.resolve({ progress: counting.get(huntId) ?? null }),
    'networkMap.hosts': (input, { signal }) => asked(input.huntId, signal, (reads) => reads.hosts.list(input)),
    'networkMap.neighbours': (input, { signal }) =>
      asked(input.huntId, signal, (reads) => reads.networkMap.neighbours(input, now())),
    'networkMap.path': (input, { signal }) => asked(input.huntId, signal, (reads) => reads.networkMap.path(input)),
    'networkMap.edges': (input, { signal }) => asked(input.huntId, signal, (reads) => reads.networkMap.edges(input)),
    'networkMap.nodes': (input, { signal }) => asked(input.huntId, signal, (reads) => reads.networkMap.nodes(input)),
    'networkMap.facts': (input, { signal }) => asked(input.huntId, signal, (reads) => reads.networkMap.facts(input)),
  }
}

const isProgress = (state: unknown): state is Progress =>
  typeof state === 'object' && state !== null && 'done' in state && 'total' in state
