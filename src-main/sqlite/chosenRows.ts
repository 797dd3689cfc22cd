import { AppError } from '#contract/appError'
import type { RowChoice } from '#contract/rowFilter'
import type { DatasetHandle } from './datasetFiles.ts'
import { countRows, rowSetOf, stretchOf, type RowSet } from './rowSet.ts'
import { viewOf, type RowQuestion } from './rowView.ts'

/** Which rows of a dataset; the dataset is known. */
export type Choice = Omit<RowChoice, 'datasetId'>

export type ChosenRows = { count: number; rows: RowSet; first: number; last: number }

/**
 * The rows of a choice, by number. AppError 'not-found' for a row or stretch that the dataset or view does not have,
 * 'conflict' when no row is left, 'invalid-input' for a query that cannot be read.
 */
export function chosenRows(handle: DatasetHandle, choice: Choice): ChosenRows {
  const order = chosenOrder(handle, choice, undefined)
  if (order === null) return { count: handle.rows, rows: stretchOf(1, handle.rows), first: 1, last: handle.rows }
  const rows = rowSetOf(order)
  let [first, last] = [Infinity, 0]
  for (const row of order) {
    if (row < first) first = row
    if (row > last) last = row
  }
  return { count: countRows(rows), rows, first, last }
}

/** The same in their order, a row named twice once; null: every row in the order of the source. `sort` orders named and matching rows. */
export function chosenOrder(
  handle: DatasetHandle,
  { rows, filter, view }: Choice,
  sort: RowQuestion['sort'],
): Uint32Array | null {
  if (rows) return nonEmpty(named(handle, rows, sort))
  if (view) return nonEmpty(stretches(handle, view))
  const found = viewOf(handle, { ...filter, sort })
  return found === null && handle.rows > 0 ? null : nonEmpty(found ?? new Uint32Array())
}

function named(handle: DatasetHandle, rows: readonly number[], sort: RowQuestion['sort']): Uint32Array {
  const unknown = rows.find((row) => row > handle.rows)
  if (unknown !== undefined)
    throw new AppError('not-found', `This dataset has no row ${unknown}; it has ${handle.rows}. Nothing was changed.`, {
      row: unknown,
    })
  const wanted = new Set(rows)
  const sorted = sort === undefined ? null : viewOf(handle, { sort })
  return sorted ? sorted.filter((row) => wanted.has(row)) : Uint32Array.from(wanted)
}

function stretches(handle: DatasetHandle, question: NonNullable<Choice['view']>): Uint32Array {
  const view = viewOf(handle, question)
  const total = view?.length ?? handle.rows
  const beyond = question.stretches.find(([, last]) => last >= total)
  if (beyond)
    throw new AppError('not-found', `The view has ${total} rows; there is none at ${beyond[1]}. Nothing was changed.`, {
      position: beyond[1],
    })
  const taken = new Set<number>()
  for (const [first, last] of question.stretches)
    for (let at = first; at <= last; at++) taken.add(view === null ? at + 1 : (view[at] ?? 0))
  return Uint32Array.from(taken)
}

function nonEmpty(rows: Uint32Array): Uint32Array {
  if (rows.length === 0) throw new AppError('conflict', 'No row matches, so there is nothing to do.')
  return rows
}
