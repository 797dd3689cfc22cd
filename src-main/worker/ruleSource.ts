import type { RuleSource } from '../conditions/ruleRows.ts'
import { fieldOrder } from '../importer/fields.ts'
import { profileById } from '../importer/profiles.ts'
import type { DatasetHandle } from '../sqlite/datasetFiles.ts'
import { countMatched, matchedRows, singleRows } from '../sqlite/matchedRows.ts'
import { watchedText } from '../sqlite/watchedText.ts'

/** A long pattern takes up to 60 microseconds a character: from this many on, the match asks whether to go on. */
const WATCHED_FROM = 1_000

/** A dataset as rules see it. */
export function ruleSource(handle: DatasetHandle): RuleSource {
  const profile = handle.meta.profile === null ? null : profileById(handle.meta.profile)
  const headers = handle.columns.map(({ header }) => header)
  const single = singleRows(handle)
  return {
    datasetId: handle.id,
    layout: { columns: handle.columns, order: fieldOrder(headers, profile) },
    matching: (predicate, columns) => matchedRows(handle, predicate, columns),
    count: (predicate) => countMatched(handle, predicate),
    watch: (text) => (text.length < WATCHED_FROM ? text : watchedText(text, handle.goOn)),
    at: (row, columns) => single(row, columns).cell,
  }
}
