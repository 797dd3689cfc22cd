import { startSegments } from '../../segments/startSegments.ts'
import type { DatasetWriter } from '../../sqlite/datasetWriter.ts'
import type { ColumnPlan } from '../columnPlan.ts'
import { writeSegments } from '../writeSegments.ts'

/** Segments that are made while the fast import goes on. */
export type FastSegments = { add(writer: DatasetWriter, goOn: () => void): Promise<void>; stop(): void }

/** Begins to make them once the table of rows is whole. */
export function segmentsOf(path: string, root: number, rows: number, plan: ColumnPlan): FastSegments {
  const timeColumn = plan.timePosition === null ? null : (plan.columns[plan.timePosition]?.name ?? null)
  const run = startSegments({ path, root, rows, columns: plan.columns, timeColumn })
  return { add: (writer, goOn) => writeSegments(writer, run, goOn), stop: run.stop }
}
