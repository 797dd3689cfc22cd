import type { Connection } from '#contract/connections'
import { askedCopies } from './askedCopies.ts'
import { facets, histogram, tagFacets } from './copyCounts.ts'
import { copyHandlers, type CopyDeps } from './copyHandlers.ts'
import type { CopyServer } from './copyServer.ts'
import { count, page, position } from './copyRows.ts'
import { fieldStats } from './copyStats.ts'
import { exportOf } from './exportOfCopy.ts'
import { recordOf } from './recordOfCopy.ts'
import { timelinesOf } from './timelinesOfCopies.ts'
import type { AskedCopy } from './askCopy.ts'

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
  const asked = askedCopies(deps)
  const of =
    <Q, A>(run: (copy: AskedCopy, question: Q) => Promise<A>) =>
    async (id: string, datasetId: string, question: Q, signal: AbortSignal): Promise<A> =>
      run((await asked.one(id, datasetId, signal)).copy, question)
  return {
    handlers: copyHandlers(deps),
    /** Questions about the rows of a copy, as the calls of rows ask them of a dataset. */
    rows: {
      page: of(page),
      count: of(count),
      position: of(position),
      facets: of(facets),
      tagFacets: of(tagFacets),
      histogram: of(histogram),
      fieldStats: of(fieldStats),
      record: recordOf(deps, asked),
      export: exportOf(deps, asked),
      timeline: timelinesOf(deps, asked),
    },
  }
}
export type CopyRows = ReturnType<typeof createCopies>['rows']
