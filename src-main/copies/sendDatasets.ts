import { randomUUID } from 'node:crypto'
import { AppError } from '#contract/appError'
import type { CopyReport } from '#contract/copies'
import type { Column, Dataset } from '#contract/datasets'
import type { JobContext } from '../jobs/jobRunner.ts'
import type { Ports } from '../ports.ts'
import { quoteIdentifier } from '../predicate/clickhouseCell.ts'
import type { Events } from '../rpc/events.ts'
import { toFailure } from '../rpc/failures.ts'
import type { RemoteReads } from '../worker/procedures.ts'
import type { Store } from '../worker/pool.ts'
import { copyLayout, tableStatement } from './copyLayout.ts'
import type { CopyServer } from './copyServer.ts'
import { dropOurs, makeTable, markOf, quotedPlace, type Place } from './ourTable.ts'

type Facts = Awaited<ReturnType<RemoteReads['rows']['timelineFacts']>>
export type Sending = { dataset: Dataset; columns: Column[]; facts: Facts; place: Place }
export type SendDeps = { store: Store; events: Events; ports: Ports }

/** A table name of the name of a dataset: `evtx_4624_9b0a3b0c` of "EVTX 4624.csv". */
export const tableOf = ({ id, name }: Pick<Dataset, 'id' | 'name'>): string => {
  const words = name
    .replace(/\.(csv|tsv|txt|log|jsonl?|gz|zip)$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60)
  return `${/^[a-z]/.test(words) ? words : `d_${words}`}_${id.slice(0, 8)}`
}

/** Sends datasets one after another; what was sent whole stays when a later one fails. */
export async function sendDatasets(
  deps: SendDeps,
  sendings: readonly Sending[],
  connection: string,
  server: CopyServer,
  context: JobContext,
): Promise<CopyReport> {
  const copies: CopyReport['copies'] = []
  const total = sendings.reduce((sum, { dataset }) => sum + dataset.rows, 0)
  let done = 0
  for (const [n, sending] of sendings.entries()) {
    const note = sendings.length === 1 ? null : `Dataset ${n + 1} of ${sendings.length}: ${sending.dataset.name}`
    context.progress({ done, total, rows: done, note })
    const id = await sendOne(deps, sending, connection, server, context, (rows) =>
      context.progress({ done: done + rows, rows: done + rows }),
    )
    done += sending.dataset.rows
    const { database, table } = sending.place
    copies.push({ id, datasetId: sending.dataset.id, table: `${database}.${table}`, rows: sending.dataset.rows })
  }
  context.progress({ done, rows: done })
  return { copies, rows: done }
}

async function sendOne(
  { store, events, ports }: SendDeps,
  { dataset, columns, facts, place }: Sending,
  connection: string,
  server: CopyServer,
  context: JobContext,
  onRows: (rows: number) => void,
): Promise<string> {
  const { signal } = context
  const { clickhouse, address } = server
  const id = randomUUID()
  const layout = copyLayout(columns, dataset.timeColumn)
  const changed = (): void => events.emit('copies.changed', { id, datasetId: dataset.id })
  await store.write.copies.begin({
    ...{ id, datasetId: dataset.id, huntId: dataset.huntId, datasetName: dataset.name, ...place },
    ...{ connection, connectionName: server.name, rows: dataset.rows, columns, timeColumn: dataset.timeColumn, facts },
    now: ports.clock().getTime(),
  })
  changed()
  try {
    const table = quotedPlace(place)
    await makeTable(clickhouse, place, tableStatement(table, layout, dataset, markOf(id, 'incomplete')), signal)
    const onProgress = (state: unknown): void => {
      if (typeof state === 'object' && state !== null && 'rows' in state) onRows(Number(state.rows))
    }
    await store.task({ signal, onProgress }).copies.send({
      ...{ datasetId: dataset.id, address, table },
      columns: layout.stored.map(({ name, source }) => ({ name: quoteIdentifier(name), source })),
    })
    await checkCounts(server, table, dataset, signal)
    const mark = markOf(id, `${dataset.name}, ${dataset.rows} rows, SHA-256 of the source ${dataset.sha256 ?? ''}`)
    await clickhouse.run({ sql: `ALTER TABLE ${table} MODIFY COMMENT ${mark}`, signal })
    await store.write.copies.settle(id, null)
    return id
  } catch (error) {
    const failure = toFailure(error, signal, ports.log)
    // Not by the signal of the job: what was cancelled has to be dropped all the same.
    const gone = await dropOurs(clickhouse, id, place).then(
      () => true,
      () => false,
    )
    if (gone) await store.write.copies.remove(id)
    else await store.write.copies.settle(id, failure)
    if (failure.code !== 'cancelled') {
      if (gone || !(error instanceof AppError)) throw error
      throw new AppError(
        error.code,
        `${error.message} ${place.database}.${place.table} could not be dropped: if it is there, it is incomplete. Delete the copy when the server answers again.`,
        error.detail,
        { cause: error },
      )
    }
    throw new AppError(
      'cancelled',
      gone
        ? `Cancelled. ${place.database}.${place.table} was dropped.`
        : `Cancelled. ${place.database}.${place.table} could not be dropped and is incomplete.`,
    )
  } finally {
    changed()
  }
}

/** Rows, and those with a time, must be on the server as often as here. */
async function checkCounts(
  { clickhouse, limits }: CopyServer,
  table: string,
  { rows, rowsWithoutTime }: Dataset,
  signal: AbortSignal,
): Promise<void> {
  const sql = `SELECT count(), countIf(isNull(_us)), groupBitmap(_row) FROM ${table}`
  const answer = await clickhouse.ask({ sql, limits: { ...limits, rows: 1 }, signal })
  const [there, without, numbers] = (answer.rows[0] ?? []).map(Number)
  if (there === rows && numbers === rows && without === rowsWithoutTime) return
  throw new AppError(
    'conflict',
    `The server counts ${there} rows, ${without} of them without a time; the dataset has ${rows} and ${rowsWithoutTime}. Send it again.`,
  )
}
