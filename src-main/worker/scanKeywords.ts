import type { CanonicalField } from '#contract/values'
import { AppError } from '#contract/appError'
import { keywordMatcher, type MatchedKeyword } from '../analyzers/keywordMatcher.ts'
import { fieldOrder } from '../importer/fields.ts'
import { profileById } from '../importer/profiles.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { joinedCells } from '../sqlite/joinedCells.ts'
import { watchedText } from '../sqlite/watchedText.ts'
import { aroundHit } from './aroundHit.ts'
import type { TaskContext } from './contexts.ts'

/** Progress is told every so many rows. */
const ROWS_PER_STEP = 20_000
/** Hits of one dataset that are kept, and of one keyword in it: a noisy keyword must not push out the others. */
const KEPT_MAX = 50_000
const KEPT_OF_KEYWORD_MAX = 2_000
/** Characters of host and user that are kept. */
const NAME_MAX = 200
/** From so many characters on a text asks whether to go on while a pattern reads it. */
const WATCHED_FROM = 1_000

export type ScanRequest = {
  datasetId: string
  keywords: readonly (MatchedKeyword & { id: string })[]
  /** Names of columns; null: all. */
  columns: readonly string[] | null
}
/** A hit on its way: place of the keyword in the request, row, time, column, value, host, user. */
export type ScannedHit = [number, number, number | null, string, string, string | null, string | null]
export type ScanResult = {
  rows: number
  /** Names of the columns that were looked at; null: all. */
  columns: string[] | null
  /** By keyword, those with hits only. */
  counts: { id: string; hits: number; rows: number; kept: number }[]
  /** Those that are kept, as JSON of ScannedHit[]: one text crosses threads quicker than many objects. */
  hits: string
}

/** Looks for keywords in every row of a dataset, in one pass. AppError 'cancelled', 'dataset-damaged', 'invalid-input'. */
export function scanKeywords(context: TaskContext, request: ScanRequest): ScanResult {
  try {
    return scan(context, context.datasets.open(request.datasetId), request)
  } finally {
    // The file may be replaced or deleted before this thread is asked again.
    context.datasets.close(request.datasetId)
  }
}

function scan(context: TaskContext, handle: DatasetHandle, { keywords, columns: named }: ScanRequest): ScanResult {
  const watch = (text: string): string => (text.length < WATCHED_FROM ? text : watchedText(text, handle.goOn))
  const matcher = keywordMatcher(keywords, watch)
  const chosen = handle.columns.filter(({ name }) => named === null || named.includes(name))
  if (chosen.length === 0) throw new AppError('invalid-input', 'The dataset has none of these columns.')
  // Logs of a network know a machine by its address alone.
  const host = [...columnsOf(handle, 'hostname'), ...columnsOf(handle, 'src_ip')]
  const user = [...columnsOf(handle, 'username'), ...columnsOf(handle, 'user_id')]
  const about = [...new Set([...host, ...user])].filter((column) => !chosen.includes(column))
  const hits: ScannedHit[] = []
  const counts = keywords.map(({ id }) => ({ id, hits: 0, rows: 0, kept: 0 }))
  const lastRow = new Uint32Array(keywords.length)
  const unset = new Set(['-', ...handle.unsetMarks])

  for (const { row, time, joined, cells } of joinedCells(handle, chosen, about, matcher.numbers)) {
    if (row % ROWS_PER_STEP === 0) context.progress({ rows: row, total: handle.rows })
    if (!matcher.mayHold(joined)) continue
    const texts = cells()
    const first = (feeding: typeof host): string | null => {
      for (const column of feeding) {
        const text = texts.get(column) ?? ''
        if (text !== '' && !unset.has(text)) return text.slice(0, NAME_MAX)
      }
      return null
    }
    for (const column of chosen) {
      const text = texts.get(column) ?? ''
      if (text === '') continue
      for (const place of matcher.inCell(text)) {
        const count = counts[place]
        const keyword = keywords[place]
        if (!count || !keyword) continue
        count.hits += 1
        if (lastRow[place] !== row) count.rows += 1
        lastRow[place] = row
        if (count.kept >= KEPT_OF_KEYWORD_MAX || hits.length >= KEPT_MAX) continue
        count.kept += 1
        hits.push([place, row, time, column.name, aroundHit(text, keyword), first(host), first(user)])
      }
    }
  }
  return {
    rows: handle.rows,
    columns: named === null ? null : chosen.map(({ name }) => name),
    counts: counts.filter((count) => count.hits > 0),
    hits: JSON.stringify(hits),
  }
}

/** The columns that feed a field, best first. */
function columnsOf(handle: DatasetHandle, field: CanonicalField): DatasetHandle['columns'][number][] {
  const profile = handle.meta.profile === null ? null : profileById(handle.meta.profile)
  const headers = handle.columns.map(({ header }) => header)
  const best = fieldOrder(headers, profile).get(field) ?? []
  const rank = (position: number): number => (best.includes(position) ? best.indexOf(position) : best.length + position)
  return handle.columns
    .filter(({ fields }) => fields.includes(field))
    .toSorted((a, b) => rank(a.position) - rank(b.position))
}
