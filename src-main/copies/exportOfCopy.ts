import { AppError } from '#contract/appError'
import type { Parsed } from '#contract/contract'
import type { RemoteTasks } from '../worker/procedures.ts'
import { marksBarred, type AskedCopies } from './askedCopies.ts'
import { exportQuestion } from './copyExport.ts'
import type { CopyDeps } from './copyHandlers.ts'

type Target = { path: string; replace: boolean }
type Written = Awaited<ReturnType<RemoteTasks['copies']['export']>>
type Progress = { total(rows: number): void; done(rows: number): void }

/** Rows of a copy as a file: the server sends them in their order, a thread writes them. */
export function exportOf({ store, ports }: Pick<CopyDeps, 'store' | 'ports'>, asked: AskedCopies) {
  return {
    /** Of which dataset, as it was when it was sent. AppError as for any question. */
    async named(id: string, datasetId: string): Promise<{ id: string; name: string; huntId: string; rows: number }> {
      const { datasetName: name, huntId, rows } = await asked.known(id, datasetId)
      return { id: datasetId, name, huntId, rows }
    },

    async write(
      id: string,
      { datasetId, format, guard, marks, ...choice }: Omit<Parsed<'rows.export'>, 'copy'>,
      target: Target,
      signal: AbortSignal,
      progress: Progress,
    ): Promise<Written> {
      const { known, copy } = await asked.one(id, datasetId, signal)
      const barred = marks ? marksBarred(known) : null
      if (barred !== null) throw new AppError('conflict', `${barred} Export without them.`, { path: 'marks' })
      const source = copy.layout.columns.filter(
        ({ name }) => known.columns.find((column) => column.name === name)?.derivedFrom === null,
      )
      const { question, columns, total } = await exportQuestion(copy, source, choice)
      progress.total(total)
      const { clickhouse, address } = copy.server
      // The thread waits for rows and hears of nothing meanwhile.
      const stop = (): void => {
        clickhouse
          .run({ sql: 'KILL QUERY WHERE query_id = {id:String}', params: { id: question.queryId } })
          .catch((error: unknown) =>
            ports.log('warn', 'An export could not be stopped on the ClickHouse server', String(error)),
          )
      }
      signal.addEventListener('abort', stop, { once: true })
      try {
        const onProgress = (state: unknown): void =>
          progress.done(typeof state === 'object' && state !== null && 'rows' in state ? Number(state.rows) : 0)
        return await store.task({ signal, onProgress }).copies.export({
          ...{ address, question, format, guard, target, timeColumn: known.timeColumn },
          headers: columns.map(({ name }) => name),
          marks: marks ? { datasetId, notes: await store.read({ signal }).annotations.texts(datasetId) } : null,
        })
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}
