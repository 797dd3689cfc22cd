import { partTable } from '../importer/datasetFile.ts'
import { makeSegments } from '../segments/makeSegments.ts'
import { segmentsPath } from '../segments/segmentFile.ts'
import { openSegmentFile } from '../segments/segmentFileReader.ts'
import type { DatasetHandle } from './datasetFiles.ts'
import { rootOf } from './segments/datasetSegments.ts'

/**
 * Makes the file of segments of a dataset where there is none that belongs to it; false where one was there. AppError 'cancelled',
 * 'dataset-damaged', and what the disk says. `letGo` gives memory back in between.
 */
export function prepareSegments(handle: DatasetHandle, letGo: () => void = () => undefined): boolean {
  const stamp = handle.stamp()
  const known = openSegmentFile(segmentsPath(handle.path), stamp, handle.id)
  known?.close()
  if (known) return false
  const { path, rows, columns, timeColumn } = handle
  makeSegments(
    { path, root: rootOf(handle.db, partTable(0), handle.id), rows, columns, timeColumn, stamp },
    { goOn: handle.goOn, letGo },
  )
  return true
}
