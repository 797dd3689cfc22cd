import type { PartAnswer } from '#contract/soc'
import { USERS, type ClickhouseUser } from '../../clickhouse/localServer.ts'
import { openClickhouse, type Clickhouse } from '../../clickhouse/openClickhouse.ts'
import type { Panel, Window } from '../panel.ts'
import { runPart } from '../runPart.ts'
import type { SocServer as Asked } from '../server.ts'
import type { SocServer } from './socServer.ts'

export type Console = {
  clickhouse: Clickhouse
  server: Asked
  /** The answers of a panel by part; the test fails when a part does. */
  ask(panel: Panel, params?: object, window?: Window): Promise<Record<string, PartAnswer>>
  close(): Promise<void>
}

/** For tests: asks panels of a server as one of its users; `analyst` may only read. */
export async function openConsole(
  { url, databases }: Pick<SocServer, 'url' | 'databases'>,
  { name, password }: ClickhouseUser = USERS.analyst,
): Promise<Console> {
  const clickhouse = await openClickhouse({ url, user: name, password }, () => undefined)
  const server: Asked = {
    ...{ clickhouse, databases, askAboveRows: 1e12, allowWrite: false },
    connection: { id: 'test', name: 'test', url },
    limits: { seconds: 30, readRows: 1e12, readBytes: 1e15 },
  }
  return {
    clickhouse,
    server,
    async ask(panel, params = {}, window = {}) {
      const context = { server, signal: new AbortController().signal, totals: true, now: () => new Date() }
      const parts = await Promise.all(panel.statements(params, databases, window).map((one) => runPart(one, context)))
      for (const { name: part, failure, sql } of parts)
        if (failure)
          throw new Error(`${panel.shape.id}.${part}: ${failure.message} ${JSON.stringify(failure.detail)}\n${sql}`)
      return Object.fromEntries(parts.map((part) => [part.name, part]))
    },
    close: () => clickhouse.close(),
  }
}
