import type { Beginning } from '../importer/beginning.ts'
import { createDatasetTables, datasetTables } from '../importer/datasetTables.ts'
import { finishDataset } from '../importer/finishDataset.ts'
import { createHostCollector } from '../importer/hostCollector.ts'
import type { ImportResult } from '../importer/importRequest.ts'
import { createIocCollector } from '../importer/iocCollector.ts'
import { createUnpacker } from '../importer/packedColumns.ts'
import { rowLines } from '../importer/rowLines.ts'
import { createTimelineCollector } from '../importer/timelineCollector.ts'
import type { QuarantineEntry, RowPlace } from '../sqlite/datasetCells.ts'
import type { DatasetWriter } from '../sqlite/datasetWriter.ts'

/** Lines of side tables between two looks at whether it was cancelled. */
const LINES_PER_STEP = 2_000

/** Makes a dataset file of records whose cells are known: types, times, indicators, hosts and timeline are found again. */
export type DatasetFiller = {
  /** The cells of the source; answers the number of the row. */
  row(cells: readonly string[], place: RowPlace): number
  reject(entry: QuarantineEntry): void
  /** `more`: further lines of meta. */
  end(source: { size: number; sha256: string }, more: Record<string, unknown>): ImportResult
}

/** `goOn` throws when it was cancelled; the tables are written into an empty file. */
export function createDatasetFiller(writer: DatasetWriter, beginning: Beginning, goOn: () => void): DatasetFiller {
  const { plan } = beginning
  const made = rowLines(plan)
  createDatasetTables(writer, plan)
  const tables = datasetTables(writer, made.lines)
  const iocs = createIocCollector(plan, (found) => addAll(found, tables.ioc, goOn))
  const hosts = createHostCollector(plan.hosts, new Set(plan.unset), (found) => addAll(found, tables.host, goOn))
  const timeline = createTimelineCollector()
  const unpack = createUnpacker(plan.packed, plan.sources)
  let rows = 0
  let quarantined = 0
  let firstTime: number | null = null
  let lastTime: number | null = null
  let rowsWithoutTime = 0

  return {
    row(record, place) {
      const cells = unpack(record)
      const time = made.fill(++rows, cells, place)
      tables.row()
      if (time === null) rowsWithoutTime++
      else {
        timeline.add(time)
        firstTime = firstTime === null ? time : Math.min(firstTime, time)
        lastTime = lastTime === null ? time : Math.max(lastTime, time)
      }
      iocs.row(cells, time)
      hosts.row(cells, time)
      return rows
    },
    reject(entry) {
      quarantined++
      tables.bad(entry)
    },
    end(source, more) {
      const findings = iocs.end()
      hosts.end()
      const result = finishDataset(tables, beginning, {
        ...source,
        encoding: beginning.encoding,
        rows,
        quarantined,
        firstTime,
        lastTime,
        rowsWithoutTime,
        filled: made.filled,
        findings,
        timeline: timeline.result(),
        warnings: beginning.warnings,
      })
      for (const [key, value] of Object.entries(more)) tables.meta(key, value)
      tables.flush()
      const iocsByType = writer.iocsByType()
      return {
        ...result,
        iocs: iocsByType.reduce((sum, { count }) => sum + count, 0),
        iocsByType,
        hosts: writer.count('hosts'),
      }
    },
  }
}

function addAll<T>(entries: readonly T[], add: (entry: T) => void, goOn: () => void): void {
  for (const [index, entry] of entries.entries()) {
    if (index % LINES_PER_STEP === 0) goOn()
    add(entry)
  }
}
