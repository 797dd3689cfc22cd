import type { Severity } from '#contract/values'
import type { DatasetHandle } from '../datasetFiles.ts'
import type { ReadDb } from '../db.ts'
import { pairsBySqlite, valuesBySqlite, type PairQuestion } from '../pairsBySqlite.ts'
import { narrowedCondition, type RowFilter } from '../rowView.ts'
import type { ChosenCodes } from '../segments/chosenCodes.ts'
import { countPairsOfEnds, countValuesOfEnd, type CountedPairs } from '../segments/countPairsOfEnds.ts'
import { BETWEEN, endReaderOf, type EndColumns } from '../segments/endReader.ts'

export { BETWEEN, type CountedPairs, type EndColumns, type PairQuestion }
export type PairRow = CountedPairs['pairs'][number]
type CountedValue = { value: string; rows: number; first: number | null; last: number | null }

/** What the rows of a dataset that match say about ends and pairs of them. */
export type Ends = {
  /** Every pair once with its rows, bytes and times: those of most rows by themselves, the others together. */
  pairs(question: PairQuestion): CountedPairs
  /** Values of an end with their rows and times, those of most rows first, at most `most`. */
  values(end: EndColumns, most: number): CountedValue[]
}

/**
 * Counts by codes in memory (about 50 bytes a matching row, at most 8 M of them), else SQLite counts on the disk. What was read for
 * one question serves the next. All of it throws AppError 'cancelled', 'too-large', 'invalid-input', 'dataset-damaged'.
 */
export function endsOf(handle: DatasetHandle, filter: RowFilter): Ends {
  const reader = endReaderOf(handle, filter)

  function only({ only: wanted }: PairQuestion, from: ChosenCodes): ChosenCodes | null {
    if (!wanted || !reader) return from
    const cells = reader.end([wanted.columns])
    if (!cells) return null
    const words = new Set(wanted.words.map((word) => word.toLowerCase()))
    const meant = Uint8Array.from({ length: cells.count + 1 }, (_, code) =>
      code > 0 && words.has(cells.text(code).toLowerCase()) ? 1 : 0,
    )
    return { ...from, codes: from.codes.map((code, row) => (meant[cells.codes[row] ?? 0] === 1 ? code : 0)) }
  }

  return {
    pairs(question) {
      const [named, to] = [reader?.end(question.from), reader?.end(question.to)]
      const from = named && only(question, named)
      if (!reader || !from || !to) return pairsBySqlite(handle, filter, question)
      const bytes = reader.bytes(question.bytes)
      return countPairsOfEnds(reader, [from, to], { bytes, axis: question.axis, most: question.most })
    },
    values(end, most) {
      const coded = reader?.end(end)
      return reader && coded ? countValuesOfEnd(reader, coded, most) : valuesBySqlite(handle, filter, end, most)
    },
  }
}

/** A cell that the evidence of an alert names. */
export type AlertValue = {
  alertId: string
  severity: Severity
  title: string
  datasetId: string
  row: number
  value: string
}

/** What the evidence of alerts of a hunt names, worst alerts first, at most `limit`. False positives are left out. */
export function alertValues(db: ReadDb, huntId: string, limit: number): AlertValue[] {
  return db
    .prepare<[string, number], AlertValue>(
      `SELECT a.id AS alertId, a.severity, a.title, e.dataset_id AS datasetId, e.row, e.value
       FROM alerts a JOIN alert_evidence e ON e.alert_id = a.id
       WHERE a.hunt_id = ? AND a.status <> 'false-positive' AND length(e.value) < 500
       ORDER BY a.score DESC, a.created_at DESC, a.rowid, e.n LIMIT ?`,
    )
    .all(huntId, limit)
}

/** Times of the rows that match, in order, in microseconds; null where there are more than `most`. */
export function timesIn(handle: DatasetHandle, filter: RowFilter, most: number): number[] | null {
  const { text, values } = narrowedCondition(handle, filter)
  const times = handle.db
    .prepare<[typeof values], number>(
      `SELECT _time FROM rows WHERE keep_going() AND ${text} AND _time IS NOT NULL ORDER BY _time LIMIT ${Math.floor(most) + 1}`,
    )
    .pluck()
    .all(values)
  return times.length > most ? null : times
}
