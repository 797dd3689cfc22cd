import { AppError } from '#contract/appError'
import type { Connection } from '#contract/connections'
import type { AskedCopy } from './askCopy.ts'
import { facets, histogram } from './copyCounts.ts'
import { copyHandlers, type CopyDeps } from './copyHandlers.ts'
import { copyLayout } from './copyLayout.ts'
import type { CopyServer } from './copyServer.ts'
import { count, page, position } from './copyRows.ts'
import { quotedPlace } from './ourTable.ts'

/** Opens a connection when it is not yet; answers what is kept of it as well. */
type Opens = (id: string) => Promise<Pick<CopyServer, 'clickhouse' | 'address'> & { connection: Kept }>
type Kept = Pick<Connection, 'name' | 'allowWrite' | 'maxSeconds' | 'maxRowsRead' | 'maxBytesRead'>

function serverOf({ clickhouse, address, connection }: Awaited<ReturnType<Opens>>): CopyServer {
  const { name, allowWrite, maxSeconds: seconds, maxRowsRead: readRows, maxBytesRead: readBytes } = connection
  return { ...{ clickhouse, address, name, allowWrite }, limits: { seconds, readRows, readBytes } }
}

/** Copies of datasets on ClickHouse servers: sending them, and questions about rows that a copy answers instead of the file. */
export function createCopies({ connection, ...rest }: Omit<CopyDeps, 'server'> & { connection: Opens }) {
  const deps: CopyDeps = { ...rest, server: async (id) => serverOf(await connection(id)) }

  /** AppError 'not-found', 'conflict' where it is another dataset's or not whole, and those of the connection. */
  async function asked(id: string, datasetId: string, signal: AbortSignal): Promise<AskedCopy> {
    const copy = await deps.store.read().copies.get(id)
    if (!copy) throw new AppError('not-found', 'There is no such copy. It may have been deleted.', { id })
    if (copy.datasetId !== datasetId) throw new AppError('conflict', 'This copy is of another dataset.', { id })
    if (copy.state !== 'complete') throw new AppError('conflict', 'This copy is not complete.', { id })
    return {
      server: await deps.server(copy.connection),
      table: quotedPlace({ database: copy.database, table: copy.table }),
      layout: copyLayout(copy.columns, copy.timeColumn),
      signal,
    }
  }
  const of =
    <Q, A>(run: (copy: AskedCopy, question: Q) => Promise<A>) =>
    async (id: string, datasetId: string, question: Q, signal: AbortSignal): Promise<A> =>
      run(await asked(id, datasetId, signal), question)
  return {
    handlers: copyHandlers(deps),
    /** Questions about the rows of a copy, as the calls of rows ask them of a dataset. */
    rows: {
      page: of(page),
      count: of(count),
      position: of(position),
      facets: of(facets),
      histogram: of(histogram),
    },
  }
}
export type CopyRows = ReturnType<typeof createCopies>['rows']
