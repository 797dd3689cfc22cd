import type { RowRecord } from '#contract/rows'
import type { AskedCopies } from './askedCopies.ts'
import type { CopyDeps } from './copyHandlers.ts'
import { record } from './copyRecord.ts'

/** One row of a copy. Where it stands in the source is known where its dataset is here as it was sent. */
export function recordOf({ store }: Pick<CopyDeps, 'store'>, asked: AskedCopies) {
  return async (
    id: string,
    datasetId: string,
    { row }: { row: number },
    signal: AbortSignal,
  ): Promise<Omit<RowRecord, 'sourceRow'>> => {
    const { known, copy } = await asked.one(id, datasetId, signal)
    const reader = store.read({ signal, key: datasetId }).rows
    const found = await record(copy, row, known.columns, (texts) => reader.iocsIn(texts))
    if (known.stale) return { ...found, line: null, offset: null, length: null }
    const { line, offset, length } = await reader.record(datasetId, row)
    return { ...found, line, offset, length }
  }
}
