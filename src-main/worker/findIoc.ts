import { AppError } from '#contract/appError'
import type { Listing } from '#contract/intel'
import { iocTypes, type IndicatorType, type IocType, type Verdict } from '#contract/values'
import { isoOfUsOrNull } from '../sqlite/conditions.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { sqliteFailure } from '../sqlite/db.ts'
import { foundCells } from '../sqlite/foundCells.ts'
import type { ReadContext } from './contexts.ts'
import { intelMatcher, verdictOf } from './intelMatcher.ts'
import { cellsWith, summaryOf, type WantedIoc } from './iocCells.ts'
import { meantBy } from './lookUp.ts'

export type FindRequest = { value: string; datasetIds: readonly string[]; limit: number; offset: number; now: number }
export type FindResult = {
  value: string
  type: IndicatorType | null
  verdict: Verdict | null
  listings: Listing[]
  occurrences: { datasetId: string; row: number; column: string; time: string | null }[]
  total: number
  datasets: {
    datasetId: string
    rows: number
    cells: number
    columns: string[]
    firstTime: string | null
    lastTime: string | null
  }[]
  skipped: { datasetId: string; reason: string }[]
}

/** Where it stands in one dataset; the n-th row and column belong together. Times in microseconds since 1970 UTC. */
type Places = { datasetId: string; rows: number[]; times: (number | null)[]; columns: number[]; names: string[] }
type Found = { value: string; type: IndicatorType | null; places: Places[]; skipped: FindResult['skipped'] }

/** The last answer of this thread: its other pages need no second scan. */
let last: { key: string; found: Found } | null = null

/**
 * Every cell of the datasets in which an indicator stands, in the order of the datasets, rows and columns. Summaries say
 * which datasets and columns to read; what is no indicator of any dataset is looked for as a whole cell. AppError 'cancelled'.
 */
export function findIoc(context: ReadContext, request: FindRequest): FindResult {
  const key = JSON.stringify([request.value, context.datasets.closings(), request.datasetIds])
  const found = last?.key === key ? last.found : search(context, request)
  last = { key, found }
  const { value, type, places, skipped } = found
  const listings = type === null ? [] : intelMatcher(context.db, request.now).listings(type, value)
  return {
    ...{ value, type, listings, skipped },
    verdict: verdictOf(listings),
    occurrences: page(places, request.offset, request.limit),
    total: places.reduce((sum, { rows }) => sum + rows.length, 0),
    datasets: places.map(({ datasetId, rows, times, columns, names }) => {
      const [first, end] = spanOf(times)
      return {
        ...{ datasetId, cells: rows.length },
        rows: new Set(rows).size,
        columns: [...new Set(columns)].sort((a, b) => a - b).map((position) => names[position] ?? ''),
        ...{ firstTime: isoOfUsOrNull(first), lastTime: isoOfUsOrNull(end) },
      }
    }),
  }
}

function search(context: ReadContext, { value, datasetIds }: FindRequest): Found {
  const skipped: FindResult['skipped'] = []
  const inEach = (look: (handle: DatasetHandle) => Places | null): Places[] =>
    datasetIds.flatMap((id) => {
      if (skipped.some(({ datasetId }) => datasetId === id)) return []
      try {
        const places = look(context.datasets.open(id))
        return places && places.rows.length > 0 ? [places] : []
      } catch (error) {
        const known = error instanceof AppError ? error : sqliteFailure(error, 'dataset')
        if (known?.code !== 'dataset-damaged') throw error
        skipped.push({ datasetId: id, reason: known.message })
        return []
      }
    })
  const meant = meantBy(value)
  const wanted = meant === null ? [] : writtenAs(meant)
  const places = wanted.length === 0 ? [] : inEach((handle) => placesOf(handle, wanted))
  // A word that no machine bears, and a fingerprint or network, are looked for as any other text.
  if (meant !== null && (places.length > 0 || iocTypes.some((type) => type === meant.type && type !== 'hostname')))
    return { value: meant.value, type: meant.type, places, skipped }
  return { value, type: null, places: inEach((handle) => wholeCells(handle, value)), skipped }
}

/** The types under which datasets may have it: a full name of a host is one of a domain, a JA3 is found as MD5. */
function writtenAs({ type, value }: { type: IndicatorType; value: string }): WantedIoc[] {
  const types: IocType[] =
    type === 'domain' || type === 'hostname'
      ? ['domain', 'hostname']
      : type === 'fingerprint'
        ? ['md5', 'ja4']
        : iocTypes.filter((one) => one === type)
  return types.map((one) => ({ type: one, value }))
}

function placesOf(handle: DatasetHandle, wanted: readonly WantedIoc[]): Places | null {
  const held = wanted.flatMap((one) => summaryOf(handle, one) ?? [])
  if (held.length === 0) return null
  return gathered(handle, cellsWith(handle, held))
}

function wholeCells(handle: DatasetHandle, value: string): Places {
  const test = { kind: 'equals' as const, text: value }
  const wanted = value.toLowerCase()
  function* same() {
    for (const cell of foundCells(handle, { op: 'match', field: null, test }, handle.columns))
      if (cell.text.toLowerCase() === wanted) yield cell
  }
  return gathered(handle, same())
}

function gathered(
  handle: DatasetHandle,
  cells: Iterable<{ row: number; time: number | null; column: { position: number } }>,
): Places {
  const all: { row: number; time: number | null; position: number }[] = []
  let sorted = true
  for (const { row, time, column } of cells) {
    const before = all.at(-1)
    if (before?.row === row && before.position === column.position) continue
    if (before && (row < before.row || (row === before.row && column.position < before.position))) sorted = false
    all.push({ row, time, position: column.position })
  }
  if (!sorted) all.sort((a, b) => a.row - b.row || a.position - b.position)
  return {
    datasetId: handle.id,
    rows: all.map(({ row }) => row),
    times: all.map(({ time }) => time),
    columns: all.map(({ position }) => position),
    names: handle.columns.map(({ name }) => name),
  }
}

function page(places: readonly Places[], offset: number, limit: number): FindResult['occurrences'] {
  const shown: FindResult['occurrences'] = []
  let skip = offset
  for (const { datasetId, rows, times, columns, names } of places) {
    for (let n = Math.min(skip, rows.length); n < rows.length && shown.length < limit; n++)
      shown.push({
        ...{ datasetId, row: rows[n] ?? 0 },
        column: names[columns[n] ?? 0] ?? '',
        time: isoOfUsOrNull(times[n] ?? null),
      })
    skip = Math.max(0, skip - rows.length)
  }
  return shown
}

function spanOf(times: readonly (number | null)[]): [number | null, number | null] {
  let first: number | null = null
  let end: number | null = null
  for (const time of times) {
    if (time === null) continue
    if (first === null || time < first) first = time
    if (end === null || time > end) end = time
  }
  return [first, end]
}
