import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { Connection, ConnectionDraft } from '#contract/connections'
import { roundTrip } from '../clickhouse/roundTrip.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { addressOf, missingConnection, type KeptConnection, type OpenServers } from './openServers.ts'
import type { Passwords } from './passwords.ts'
import { testConnection, type Inspect } from './testConnection.ts'

type Deps = {
  store: Store
  ports: Ports
  events: Events
  passwords: Passwords
  servers: OpenServers
  inspect: Inspect
}

export function connectionHandlers({
  store,
  ports,
  events,
  passwords,
  servers,
  inspect,
}: Deps): HandlersOf<'connections'> {
  const now = (): number => ports.clock().getTime()

  async function existing(id: string): Promise<KeptConnection> {
    const connection = await store.read().connections.get(id)
    if (!connection) throw missingConnection(id)
    return connection
  }
  const told = ({ sealed, hasPassword, ...connection }: KeptConnection): Connection => ({
    ...connection,
    password: passwords.state({ id: connection.id, hasPassword, sealed }),
  })
  function changed(id: string): void {
    servers.drop(id)
    events.emit('connections.changed', { id })
  }

  return {
    'connections.list': async () => {
      const connections = (await store.read().connections.list()).map(told)
      return { connections, total: connections.length, keyRing: passwords.keyRing }
    },
    'connections.get': async ({ id }) => told(await existing(id)),
    'connections.create': async ({ connection: { password = '', ...draft } }) => {
      const id = randomUUID()
      await store.write.connections.create(id, { ...draft, ...passwords.keep(id, password) }, now())
      changed(id)
      return told(await existing(id))
    },
    'connections.update': async ({ id, connection: { password, ...change } }) => {
      const old = await existing(id)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const next = { ...old, ...given }
      if (password === undefined) mustBeSame(old, next)
      else Object.assign(next, passwords.keep(id, password))
      if (!(await store.write.connections.update(id, next, now()))) throw missingConnection(id)
      changed(id)
      return told(await existing(id))
    },
    'connections.delete': async ({ id }) => {
      if (!(await store.write.connections.remove(id))) throw missingConnection(id)
      passwords.forget(id)
      changed(id)
      return { ok: true }
    },
    'connections.latency': async ({ id }, { signal }) => {
      // Opening it is no part of the way.
      const { clickhouse } = await servers.of(id)
      return { ms: await roundTrip(clickhouse, signal), version: clickhouse.version }
    },
    'connections.test': async ({ id, connection }, { signal }) => {
      const saved = id === undefined ? null : await existing(id)
      const asked: ConnectionDraft | KeptConnection | null = connection ?? saved
      if (asked === null) throw missingConnection(id ?? '')
      if (saved && connection && connection.password === undefined) mustBeSame(saved, connection)
      const password = connection?.password ?? (saved === null ? '' : passwords.open(saved))
      if (password === null)
        throw new AppError('invalid-input', 'The password is not known any more. Enter it.', {
          path: 'connection.password',
        })
      const databases = { processing: asked.processingDatabase, logs: asked.logsDatabase }
      return testConnection(
        addressOf(asked, password),
        (clickhouse) => inspect(clickhouse, databases, signal),
        (message, detail) => ports.log('warn', message, detail),
        signal,
      )
    },
  }
}

/** A password that is kept goes to the server and user it was given for, and nowhere else. */
function mustBeSame(old: KeptConnection, next: Pick<KeptConnection, 'url' | 'user'>): void {
  if (!old.hasPassword || (originOf(old.url) === originOf(next.url) && old.user === next.user)) return
  throw new AppError('invalid-input', 'Enter the password again: address or user changed.', {
    path: 'connection.password',
  })
}

const originOf = (url: string): string => new URL(url).origin
