import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import { connectionHandlers } from './connectionHandlers.ts'
import { createOpenServers, type OpenServers } from './openServers.ts'
import { createPasswords } from './passwords.ts'
import type { Inspect } from './testConnection.ts'

export type Connections = {
  handlers: HandlersOf<'connections'>
  /** The open server of a connection. */
  server: OpenServers['of']
  close(): Promise<void>
}

/** Connections to ClickHouse: what is kept of them, their passwords, and the servers that are open. */
export function createConnections(deps: {
  store: Store
  ports: Ports
  events: Events
  /** Looks which databases are there and what panels lack. */
  inspect: Inspect
}): Connections {
  const passwords = createPasswords(deps.ports)
  const servers = createOpenServers({ ...deps, passwords })
  return {
    handlers: connectionHandlers({ ...deps, passwords, servers }),
    server: servers.of,
    close: servers.close,
  }
}
