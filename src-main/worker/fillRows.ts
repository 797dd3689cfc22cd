import type { Beginning } from '../importer/beginning.ts'
import type { Declined } from '../importer/fast/importFast.ts'
import { canImportPlaced, importPlaced } from '../importer/fast/importPlaced.ts'
import { createPlacedText } from '../importer/fast/placedText.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import type { QuarantineEntry, RowPlace } from '../sqlite/datasetCells.ts'
import { openDatasetWriter } from '../sqlite/datasetWriter.ts'
import type { TaskContext } from './contexts.ts'
import { createDatasetFiller } from './fillDataset.ts'

/** Rows of so many bytes, as they stood in their source or stand in a case file, are worth the threads of the fast way. */
export const FAST_FROM = 1024 * 1024

/** Makes a dataset file of rows that are given one after another. */
export type RowFilling = {
  row(cells: readonly string[], place: RowPlace): void
  /** `rejects`: records that were not kept. */
  end(rejects: AsyncIterable<QuarantineEntry> | Iterable<QuarantineEntry>): Promise<ImportResult | Declined>
  /** Removes all that was made. */
  discard(): Promise<void>
}

type Target = {
  target: string
  beginning: Beginning
  source: { size: number; sha256: string }
  more: Record<string, unknown>
}

/** The way of `wanted`, where rows that are read so can go it. HUNTBENCH_IMPORT=careful forces the other, to compare. */
export function fillRows(context: TaskContext, to: Target, fast: boolean, goOn: () => void): RowFilling {
  const may = fast && process.env['HUNTBENCH_IMPORT'] !== 'careful' && canImportPlaced(to.beginning)
  return may ? fastFilling(context, to) : carefulFilling(to, goOn)
}

/** Rows become a file beside the target, which the threads of the fast import turn into pages. */
function fastFilling(context: TaskContext, to: Target): RowFilling {
  // Swept after a crash as everything that lies beside a dataset file.
  const path = `${to.target}-rows`
  const text = createPlacedText(path)
  return {
    row: text.row,
    async end(rejects) {
      text.end()
      const addRejects = async (add: (entry: QuarantineEntry) => void): Promise<number> => {
        let added = 0
        for await (const entry of rejects) {
          add(entry)
          added++
        }
        return added
      }
      try {
        return await importPlaced(
          { path, ...to, addRejects },
          { cancelled: context.cancelled, progress: () => undefined },
        )
      } finally {
        text.discard()
      }
    },
    async discard() {
      text.discard()
      return Promise.resolve()
    },
  }
}

function carefulFilling({ target, beginning, source, more }: Target, goOn: () => void): RowFilling {
  const writer = openDatasetWriter(target)
  const filler = createDatasetFiller(writer, beginning, goOn)
  return {
    row: (cells, place) => void filler.row(cells, place),
    async end(rejects) {
      for await (const entry of rejects) filler.reject(entry)
      const result = filler.end(source, more)
      writer.finish()
      return result
    },
    discard: () => writer.discard(),
  }
}
