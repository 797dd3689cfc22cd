import { AppError } from '#contract/appError'
import {
  openClickhouse,
  type Clickhouse,
  type ClickhouseAddress,
  type ClickhouseQuestion,
} from '../clickhouse/openClickhouse.ts'
import type { Ports } from '../ports.ts'
import type { Store } from '../worker/pool.ts'
import type { Passwords } from './passwords.ts'

export type KeptConnection = NonNullable<Awaited<ReturnType<ReturnType<Store['read']>['connections']['get']>>>
export type OpenServer = {
  clickhouse: Clickhouse
  connection: KeptConnection
  /** With its password, for a thread that writes rows. */
  address: ClickhouseAddress
}

/** Servers that are open, by connection. One that fails, or whose connection changed, is opened anew when it is next asked. */
export type OpenServers = {
  /** AppError 'not-found', and those of openClickhouse. */
  of(id: string): Promise<OpenServer>
  /** Closes what is open of it. */
  drop(id: string): void
  close(): Promise<void>
}

/** What an answer must fail with for the connection to be made anew. */
const STALE = new Set(['unavailable', 'unauthorised'])

/** How the driver reaches a connection. */
export const addressOf = (
  { url, user, ca, verifyTls }: Pick<KeptConnection, 'url' | 'user' | 'ca' | 'verifyTls'>,
  password: string,
) => ({ url, user, password, tls: { ca, verify: verifyTls } })

export const missingConnection = (id: string): AppError =>
  new AppError('not-found', 'There is no such connection. It may have been deleted.', { id })

export function createOpenServers(deps: { store: Store; ports: Ports; passwords: Passwords }): OpenServers {
  const { store, ports, passwords } = deps
  const open = new Map<string, Promise<OpenServer>>()
  const closing = new Set<Promise<void>>()

  async function begin(id: string): Promise<OpenServer> {
    const connection = await store.read().connections.get(id)
    if (!connection) throw missingConnection(id)
    const password = passwords.open(connection)
    if (password === null)
      throw new AppError(
        'unauthorised',
        'The password of this connection is not known any more. Enter it in the settings.',
        {
          password: 'missing',
        },
      )
    const address = addressOf(connection, password)
    const clickhouse = await openClickhouse(address, (message, detail) => ports.log('warn', message, detail))
    return { connection, address, clickhouse: watched(clickhouse, (error) => leave(id, error)) }
  }

  function leave(id: string, error: unknown): void {
    if (error instanceof AppError && STALE.has(error.code)) drop(id)
  }

  function drop(id: string): void {
    const was = open.get(id)
    if (!was) return
    open.delete(id)
    const closed = was
      .then(({ clickhouse }) => clickhouse.close())
      .catch(() => undefined)
      .finally(() => closing.delete(closed))
    closing.add(closed)
  }

  return {
    async of(id) {
      let server = open.get(id)
      if (!server) {
        server = begin(id)
        open.set(id, server)
        server.catch(() => {
          if (open.get(id) === server) open.delete(id)
        })
      }
      return server
    },
    drop,
    async close() {
      for (const id of [...open.keys()]) drop(id)
      await Promise.all(closing)
    },
  }
}

/** The same connection, which tells how questions fail. */
function watched(clickhouse: Clickhouse, failed: (error: unknown) => void): Clickhouse {
  const watching = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      failed(error)
      throw error
    }
  }
  return {
    ...clickhouse,
    ask: (question: ClickhouseQuestion) => watching(clickhouse.ask(question)),
    run: (statement) => watching(clickhouse.run(statement)),
  }
}
