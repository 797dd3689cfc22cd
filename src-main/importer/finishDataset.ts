import type { Column } from '#contract/datasets'
import type { IocType } from '#contract/values'
import type { Beginning } from './beginning.ts'
import { DATASET_FORMAT } from './datasetFile.ts'
import { unreadDates } from './dayMonth.ts'
import type { DatasetTables } from './datasetTables.ts'
import type { ImportResult } from './importRequest.ts'
import type { Timeline } from './timelineCollector.ts'

/** What a column turned out to hold; `ioc` answers for so many filled cells. */
export type ColumnFinding = { position: number; iocsInText: IocType[]; ioc(filled: number): IocType | null }

/** What was found while the rows were read. Times in microseconds since 1970 UTC. */
export type ReadThrough = Pick<
  ImportResult,
  'size' | 'sha256' | 'encoding' | 'rows' | 'quarantined' | 'firstTime' | 'lastTime' | 'rowsWithoutTime' | 'warnings'
> & { filled: readonly number[]; findings: readonly ColumnFinding[]; timeline: Timeline }

/** Writes timeline and meta, when everything else is in the dataset file; answers the result but for what is counted in it. */
export function finishDataset(
  tables: Pick<DatasetTables, 'timeline' | 'meta' | 'flush'>,
  beginning: Beginning,
  read: ReadThrough,
): Omit<ImportResult, 'iocs' | 'iocsByType' | 'hosts'> {
  const { plan } = beginning
  const columns = finalColumns(plan.columns, read.filled, read.findings)
  const timeColumn = plan.timePosition === null ? undefined : columns[plan.timePosition]
  const unread = timeColumn ? unreadDates(timeColumn, read.rows - read.rowsWithoutTime) : null
  for (const { start, rows } of read.timeline.stretches) tables.timeline(start, rows)
  const result = {
    size: read.size,
    sha256: read.sha256,
    encoding: read.encoding,
    delimiter: beginning.dialect.delimiter,
    quote: beginning.dialect.quote,
    header: beginning.header,
    headerLine: beginning.headerLine,
    profile: plan.profile?.id ?? null,
    profileName: plan.profile?.name ?? null,
    columns,
    timeColumn: timeColumn?.name ?? null,
    timeZone: plan.timeZone,
    rows: read.rows,
    quarantined: read.quarantined,
    firstTime: read.firstTime,
    lastTime: read.lastTime,
    rowsWithoutTime: read.rowsWithoutTime,
    warnings: unread === null ? read.warnings : [...read.warnings, unread],
  }
  const meta = {
    format: DATASET_FORMAT,
    timelineSeconds: read.timeline.seconds,
    unsetMarks: plan.unset,
    saidTypes: plan.types,
    least: plan.least,
    escape: beginning.dialect.escape,
    ...result,
  }
  for (const [key, value] of Object.entries(meta)) tables.meta(key, value)
  tables.flush()
  return result
}

function finalColumns(
  planned: readonly Column[],
  filled: readonly number[],
  found: readonly ColumnFinding[],
): Column[] {
  const byPosition = new Map(found.map((column) => [column.position, column]))
  return planned.map((column) => {
    const own = byPosition.get(column.position)
    const cells = filled[column.position] ?? 0
    return { ...column, filled: cells, ioc: own?.ioc(cells) ?? null, iocsInText: own?.iocsInText ?? [] }
  })
}
