import type { Beginning } from '../importer/beginning.ts'
import { columnNames } from '../importer/columnNames.ts'
import { derivedHeaders } from '../importer/packedColumns.ts'
import { isTimeFormat } from '../importer/times.ts'
import { isZone } from '../importer/zones.ts'
import type { DatasetShape } from '../sharing/datasetShape.ts'
import { altered } from '../sharing/refusals.ts'

/**
 * What a case file says of the columns of a dataset, as an import would have decided it. Names are made anew from the headers
 * and must be the same, places must exist, zones and formats must be known: nothing of it reaches SQL or a reader of times
 * unproved. AppError 'invalid-input'.
 */
export function sharedBeginning(shape: DatasetShape): Beginning {
  const { plan, dialect } = shape
  const { columns, sources, packed } = plan
  const fails = (what: string): never => {
    throw altered(`what it says of the columns of a dataset cannot be: ${what}`)
  }
  if (sources < 1 || sources > columns.length || plan.least > sources) fails('the number of columns')
  const headers = columns.slice(0, sources).map(({ header }) => header)
  if (packed.some(({ position, keys }) => position >= sources || new Set(keys).size !== keys.length))
    fails('packed columns')
  const derived = derivedHeaders(headers, packed)
  const names = columnNames([...headers, ...derived.map(({ header }) => header)])
  if (names.length !== columns.length) fails('derived columns')
  for (const [position, column] of columns.entries()) {
    const { name, type, timeFormat, timeZone } = column
    if (column.position !== position || name !== names[position]) fails(`the name of column ${position + 1}`)
    if (timeFormat !== null && !isTimeFormat(timeFormat)) fails(`the format of times in ${name}`)
    if (timeZone !== null && !isZone(timeZone)) fails(`the zone of ${name}`)
    if (type === 'time' && timeFormat === null) fails(`${name} has times of no format`)
  }
  if (!isZone(plan.timeZone)) fails('the zone')
  const places = [plan.timePosition, plan.timeWith, plan.timeZoneFrom, ...plan.hosts]
  if (places.some((place) => place !== null && place >= columns.length)) fails('a column that is not there')
  if (plan.timePosition !== null && columns[plan.timePosition]?.type !== 'time') fails('the time of its rows')
  return {
    encoding: shape.encoding,
    undecided: false,
    dialect: { ...dialect, newline: '\n', comments: false },
    offset: 0,
    line: 1,
    header: shape.header,
    headerLine: shape.headerLine,
    title: 0,
    headerRecords: 0,
    commented: false,
    json: null,
    plan: { ...plan, columns: columns.map((column) => ({ ...column, filled: 0 })) },
    warnings: shape.warnings,
  }
}
