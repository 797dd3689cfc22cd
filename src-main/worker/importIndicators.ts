import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIndicatorList } from '../importer/indicators/readIndicatorList.ts'
import { createIndicatorFile, type IndicatorFileSummary } from '../sqlite/indicatorFile.ts'
import type { TaskContext } from './contexts.ts'

/** Rejected lines told with the report; intel.rejects has more. */
const FIRST_REJECTED = 20

export type ReadList = IndicatorFileSummary & {
  /** The indicators, sorted, for intel.addPart; to be removed by the caller. */
  file: string
  format: string
}

/**
 * Reads a list of indicators into a file of its own. `decided`: somebody said what all of them are. AppError as importFile;
 * nothing is left behind then.
 */
export async function importIndicators(context: TaskContext, path: string, decided: boolean): Promise<ReadList> {
  // Named as what a crash leaves behind is (workspace/workspaceFolders.ts).
  const file = join(context.folder, `.${randomUUID()}.${randomUUID()}.db`)
  const writer = createIndicatorFile(file, FIRST_REJECTED)
  try {
    const format = await readIndicatorList(path, decided, writer, context)
    return { ...writer.finish(), file, format }
  } catch (error) {
    writer.discard()
    rmSync(file, { force: true })
    throw error
  }
}
