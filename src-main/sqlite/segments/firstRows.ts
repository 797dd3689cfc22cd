import type { Column } from '#contract/datasets'
import { COUNTS_MAX, STRETCH, WORDS } from '../../segments/engine.ts'
import { leavesBetween, runsOf } from '../../segments/rowPages.ts'
import { anyBit } from './anyBit.ts'
import { damaged, type DatasetSegments } from './datasetSegments.ts'
import type { Matches } from './matches.ts'

/** Rows that are kept in order; a page behind them needs the whole view. */
export const FIRST_ROWS_MAX = 1_000

const ANSWERS = ['damaged', 'taken', 'other'] as const

/**
 * The matching rows (null: all) that come first by the text of a column, in one reading of its pages. Null where a cell is no
 * text or longer than is compared here. AppError 'cancelled', 'dataset-damaged'.
 */
export function firstRowsByText(
  id: string,
  segments: DatasetSegments,
  { column, descending, most }: { column: Column; descending: boolean; most: number },
  matches: Matches | null,
  goOn: () => void,
): number[] | null {
  matches?.until(Infinity)
  const { engine, pages } = segments
  const place = segments.places[column.position]
  if (!place || engine.call('top_bytes', most) > COUNTS_MAX * 4) return null
  engine.hooks.overflow = (page, to, bytes) => (pages.overflow(page, engine.bytes, to, bytes) ? 1 : 0)
  // Where counts are made: nobody counts meanwhile.
  const top = engine.call(
    ...(['top_new', engine.at.counts, pages.size, engine.at.scratch, engine.rowBytesMax, place.field, most] as const),
    descending ? 1 : 0,
  )
  const leaves = segments.leaves(place.part)
  const words = engine.words.subarray(engine.at.sets >> 2, (engine.at.sets >> 2) + WORDS)
  for (let n = 0; n < segments.stretches; n++) {
    const [first, rows] = [n * STRETCH + 1, Math.min(STRETCH, segments.rows - n * STRETCH)]
    if (matches === null) engine.call('bits_all', engine.at.sets, rows)
    else if (matches.put(n, engine.at.sets) === 0) continue
    engine.call('top_stretch', top, first, rows, engine.at.sets)
    const asked = (leaf: number): boolean =>
      anyBit(
        words,
        (leaves.lasts[leaf - 1] ?? 0) + 1 - first,
        Math.min(leaves.lasts[leaf] ?? 0, first + rows - 1) - first,
      )
    const among = leavesBetween(leaves, first, first + rows - 1)
    for (const run of runsOf(leaves, among, Math.floor(engine.runBytes / pages.size), asked)) {
      goOn()
      pages.read(run.first, run.count, engine.bytes, engine.at.pages)
      const answer = ANSWERS[engine.call('top_pages', top, engine.at.pages, run.count)]
      if (answer === 'damaged') throw damaged(id)
      if (answer !== 'taken') return null
    }
  }
  const count = engine.call('top_rows', top, engine.at.texts)
  return Array.from(engine.words.subarray(engine.at.texts >> 2, (engine.at.texts >> 2) + count))
}
