import type { DatasetWriter } from '../sqlite/datasetWriter.ts'
import { reopenDatasetWriter } from '../sqlite/datasetWriter.ts'
import { startSegments, type SegmentRun } from '../segments/startSegments.ts'
import type { ImportResult } from './importRequest.ts'

/**
 * Adds the column segments (segments/segmentFile.ts) to a dataset file whose rows are written. The writer is closed for it, so
 * that the pages of the rows stand in the file; answers the one to go on with. Throws what `goOn` throws.
 */
export async function addSegments(
  writer: DatasetWriter,
  target: string,
  { rows, columns, timeColumn }: Pick<ImportResult, 'rows' | 'columns' | 'timeColumn'>,
  goOn: () => void,
): Promise<DatasetWriter> {
  const root = writer.rootPage('rows')
  writer.close()
  const run = startSegments({ path: target, root, rows, columns, timeColumn })
  const again = reopenDatasetWriter(target)
  try {
    await writeSegments(again, run, goOn)
    return again
  } catch (error) {
    again.close()
    throw error
  }
}

/** Writes the segments as they are made. */
export async function writeSegments(writer: DatasetWriter, run: SegmentRun, goOn: () => void): Promise<void> {
  const segments = writer.table('segments', 4)
  const values = writer.table('segment_values', 2)
  await run.finish(
    {
      segment(column, n, kind, data) {
        segments.add([BigInt(column), BigInt(n), kind, data])
        // They are large: a statement with many would hold them all.
        segments.flush()
      },
      values: (column, data) => values.add([BigInt(column), data]),
      drop: (column) => writer.dropCodes(column),
    },
    goOn,
  )
  values.flush()
}
