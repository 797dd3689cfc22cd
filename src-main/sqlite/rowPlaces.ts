import type { DatasetHandle } from './datasetFiles.ts'
import { firstOfView, matchesOf, viewOf, type RowQuestion } from './rowView.ts'

/** With `soon`, a page in the order of the source waits so many milliseconds for the rows behind it to be counted. */
const SOON_MS = 30
/** And so many for its own rows, where they are rare and slow to find; what is there by then is the page. */
const SOON_MOST_MS = 60

/** The rows of a page. `soon`: it may come before all rows are looked at; `counted` then says whether `total` is all of them. */
export function placesOf(
  handle: DatasetHandle,
  question: RowQuestion & { limit: number; offset: number; soon?: boolean | undefined },
): { numbers: number[]; total: number; counted: boolean } {
  const { offset, limit } = question
  const matches = question.sort ? null : matchesOf(handle, question)
  if (matches) {
    const started = performance.now()
    matches.until(
      question.soon ? offset + limit : Infinity,
      question.soon ? () => performance.now() - started < SOON_MOST_MS : undefined,
    )
    if (question.soon) matches.until(Infinity, () => performance.now() - started < SOON_MS)
    return { numbers: matches.rows(offset, limit), total: matches.count(), counted: matches.complete() }
  }
  const first = firstOfView(handle, question, offset + limit, question.soon)
  if (first) return { numbers: first.rows.slice(offset), total: first.total, counted: first.counted }
  const view = viewOf(handle, question)
  if (view !== null) return { numbers: [...view.subarray(offset, offset + limit)], total: view.length, counted: true }
  // Row numbers of a dataset are dense, so the order of the source needs no question at all.
  const count = Math.max(0, Math.min(limit, handle.rows - offset))
  return { numbers: Array.from({ length: count }, (_, index) => offset + index + 1), total: handle.rows, counted: true }
}

/** How many rows match. */
export function countMatching(handle: DatasetHandle, filter: Omit<RowQuestion, 'sort'>): number {
  return placesOf(handle, { ...filter, offset: 0, limit: 0 }).total
}

/** Position of a row in a view, from 0; null when the view leaves it out. */
export function positionOf(handle: DatasetHandle, question: RowQuestion & { row: number }): number | null {
  const matches = question.sort ? null : matchesOf(handle, question)
  if (matches) return matches.position(question.row)
  const view = viewOf(handle, question)
  if (view === null) return question.row <= handle.rows ? question.row - 1 : null
  const at = view.indexOf(question.row)
  return at < 0 ? null : at
}
