import type { DatasetWriter, Stored, TableWriter } from '../sqlite/datasetWriter.ts'
import type { ColumnPlan } from './columnPlan.ts'
import { partTable, rowTables, SIDE_TABLES } from './datasetFile.ts'
import type { HostEntry } from './hostCollector.ts'
import type { IocEntry } from './iocCollector.ts'
import { iocScope } from './iocs.ts'
import type { BadRecord } from './recordReader.ts'

const EARLIER = (table: string, column: string): string =>
  `${column} = min(coalesce(${table}.${column}, excluded.${column}), coalesce(excluded.${column}, ${table}.${column}))`
const LATER = (table: string, column: string): string => EARLIER(table, column).replace('min(', 'max(')

const ADD_IOC = `ON CONFLICT DO UPDATE SET count = iocs.count + excluded.count, ${EARLIER('iocs', 'first_us')}, ${LATER('iocs', 'last_us')},
  columns = (SELECT json_group_array(value) FROM (SELECT value FROM json_each(iocs.columns) UNION SELECT value FROM json_each(excluded.columns)))`
const ADD_HOST = `ON CONFLICT DO UPDATE SET rows = hosts.rows + excluded.rows, ${EARLIER('hosts', 'first_us')}, ${LATER('hosts', 'last_us')}`

/** Creates the tables of a dataset file, empty. */
export function createDatasetTables(writer: DatasetWriter, plan: ColumnPlan): void {
  const timeColumn = plan.timePosition === null ? null : (plan.columns[plan.timePosition]?.name ?? null)
  for (const sql of [...rowTables(plan.columns, timeColumn), ...SIDE_TABLES]) writer.execute(sql)
}

/** The tables of a dataset file (datasetFile.ts) as they are filled; without `lines` the rows are written elsewhere. */
export function datasetTables(writer: DatasetWriter, lines: readonly (readonly Stored[])[]) {
  const parts = lines.map((line, part) => writer.table(partTable(part), line.length))
  const bad = writer.table('quarantine', 6)
  const meta = writer.table('meta', 2)
  const timeline = writer.table('timeline', 2)
  const iocs = writer.table('iocs', 7, ADD_IOC)
  const hosts = writer.table('hosts', 4, ADD_HOST)
  const all: TableWriter[] = [...parts, bad, meta, timeline, iocs, hosts]
  return {
    /** Writes what `lines` hold now. */
    row(): void {
      for (let part = 0; part < parts.length; part++) parts[part]?.add(lines[part] ?? [])
    },
    /** `id`: the one it had; records of an import are numbered as they come. */
    bad: ({ id, line, offset, length, reason, raw }: BadRecord & { id?: number }): void =>
      bad.add([id ?? null, line, offset, length, reason, raw]),
    meta: (key: string, value: unknown): void => meta.add([key, JSON.stringify(value)]),
    timeline: (start: number, rows: number): void => timeline.add([start, rows]),
    ioc(entry: IocEntry): void {
      iocs.add([
        entry.type,
        entry.value,
        iocScope(entry.type, entry.value),
        entry.count,
        entry.first,
        entry.last,
        JSON.stringify(entry.columns.toSorted((a, b) => a - b)),
      ])
    },
    host: (entry: HostEntry): void => hosts.add([entry.value, entry.rows, entry.first, entry.last]),
    flush(): void {
      for (const table of all) table.flush()
    },
  }
}
export type DatasetTables = ReturnType<typeof datasetTables>
