import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { HostChange } from '#contract/hosts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'

/** The machines of a hunt, and what people decide about them. */
export function hostHandlers(deps: {
  store: Store
  events: Events
  ports: Ports
  /** Name of the analyst, for the changes. */
  analyst(): Promise<string>
}): HandlersOf<'hosts'> {
  const { store, events, ports } = deps

  /** The reader that keeps the machines of this hunt. */
  async function hostsOf(huntId: string, signal: AbortSignal): Promise<RemoteReads['hosts']> {
    if (!(await store.read({ signal }).hunts.get(huntId)))
      throw new AppError('not-found', 'There is no such hunt. It may have been deleted.', {
        path: 'huntId',
        id: huntId,
      })
    return store.read({ signal, key: huntId }).hosts
  }

  async function keep(change: HostChange, fresh: boolean): Promise<HostChange> {
    await store.write.hosts.add(change, fresh)
    events.emit('hosts.changed', { huntId: change.huntId })
    return (await store.read().hosts.change(change.id)) ?? change
  }
  const made = async (huntId: string, kind: HostChange['kind'], names: string[]): Promise<HostChange> =>
    keep({ id: randomUUID(), huntId, kind, names, by: await deps.analyst(), at: ports.clock().toISOString() }, true)

  return {
    'hosts.list': async (asked, { signal }) => (await hostsOf(asked.huntId, signal)).list(asked),
    'hosts.get': async ({ huntId, name }, { signal }) => ({
      host: await (await hostsOf(huntId, signal)).get(huntId, name),
    }),
    'hosts.merge': ({ huntId, names }) => made(huntId, 'merge', names),
    'hosts.split': ({ huntId, names }) => made(huntId, 'split', names),
    'hosts.changes': (asked) => store.read().hosts.changes(asked),
    'hosts.undo': async ({ id }) => {
      const change = await store.read().hosts.change(id)
      if (!change || !(await store.write.hosts.remove(id)))
        throw new AppError('not-found', 'There is no such change of the hosts. It may have been taken back.', { id })
      events.emit('hosts.changed', { huntId: change.huntId })
      return change
    },
    'hosts.redo': ({ change }) => keep(change, false),
  }
}
