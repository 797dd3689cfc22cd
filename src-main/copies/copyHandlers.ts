import { AppError } from '#contract/appError'
import type { Dataset } from '#contract/datasets'
import type { JobRunner } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import type { Events } from '../rpc/events.ts'
import type { HandlersOf } from '../rpc/handlers.ts'
import type { Store } from '../worker/pool.ts'
import type { CopyServer } from './copyServer.ts'
import { dropOurs } from './ourTable.ts'
import { sendDatasets, tableOf, type Sending } from './sendDatasets.ts'

export type CopyDeps = {
  store: Store
  jobs: JobRunner
  events: Events
  ports: Ports
  /** The server of a connection, opened when it is not yet. AppError as those of a connection. */
  server(connection: string): Promise<CopyServer>
  /** Why nothing of a hunt may leave this computer; null when it may. */
  mayLeave(huntId: string): Promise<string | null>
}

/** Datasets of a hunt that are sent at once. */
const DATASETS_MAX = 500

export function copyHandlers(deps: CopyDeps): HandlersOf<'copies'> {
  const { store, jobs, events } = deps

  async function chosen(datasetId: string | undefined, huntId: string | undefined): Promise<Dataset[]> {
    if (datasetId !== undefined) {
      const dataset = await store.read().datasets.get(datasetId)
      if (!dataset)
        throw new AppError('not-found', 'There is no such dataset. It may have been deleted.', { id: datasetId })
      if (dataset.state !== 'ready') throw new AppError('unavailable', `${dataset.name} cannot be read.`)
      return [dataset]
    }
    const { datasets, total } = await store
      .read()
      .datasets.list({ huntId, state: 'ready', limit: DATASETS_MAX, offset: 0 })
    if (datasets.length === 0) throw new AppError('conflict', 'This hunt has no dataset to send.')
    if (total > DATASETS_MAX)
      throw new AppError('too-large', `At most ${DATASETS_MAX} datasets are sent at once; this hunt has ${total}.`)
    return datasets
  }

  return {
    'copies.list': (query) => store.read().copies.list(query),
    'copies.get': async ({ id }) => {
      const copy = await store.read().copies.get(id)
      if (!copy) throw new AppError('not-found', 'There is no such copy. It may have been deleted.', { id })
      const { columns: columnList, facts: _facts, ...rest } = copy
      return { ...rest, columnList }
    },
    'copies.send': async ({ connection, datasetId, huntId, database, table }) => {
      const datasets = await chosen(datasetId, huntId)
      const [first] = datasets
      if (!first) throw new AppError('conflict', 'There is nothing to send.')
      const forbidden = await deps.mayLeave(first.huntId)
      if (forbidden !== null) throw new AppError('conflict', forbidden)
      const server = await deps.server(connection)
      if (!server.allowWrite || server.clickhouse.readonly !== 0)
        throw new AppError(
          'conflict',
          server.allowWrite
            ? `The user of ${server.name} may only read on that server.`
            : `Huntbench may not write to ${server.name}. Allow it in the settings of the connection.`,
        )
      const sendings = await Promise.all(
        datasets.map(async (dataset): Promise<Sending> => {
          const columns = (await store.read().datasets.columns(dataset.id)) ?? []
          const facts = await store.read({ key: dataset.id }).rows.timelineFacts(dataset.id)
          return { dataset, columns, facts, place: { database, table: table ?? tableOf(dataset) } }
        }),
      )
      return jobs.start({
        kind: 'copy',
        title: sendings.length === 1 ? `Sending ${first.name}` : `Sending ${sendings.length} datasets`,
        huntId: first.huntId,
        ...(sendings.length === 1 ? { datasetId: first.id } : {}),
        unit: 'rows',
        run: (context) => sendDatasets(deps, sendings, connection, server, context),
      })
    },
    'copies.delete': async ({ id, keepTable }) => {
      const copy = await store.read().copies.get(id)
      if (!copy) throw new AppError('not-found', 'There is no such copy. It may have been deleted.', { id })
      if (copy.state === 'sending')
        throw new AppError('conflict', 'This copy is being sent. Cancel that instead.', { id })
      const dropped = keepTable
        ? false
        : await dropOurs((await deps.server(copy.connection)).clickhouse, id, {
            database: copy.database,
            table: copy.table,
          })
      await store.write.copies.remove(id)
      events.emit('copies.changed', { id, datasetId: copy.datasetId })
      return { dropped }
    },
  }
}
