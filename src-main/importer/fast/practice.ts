import type { Beginning } from '../beginning.ts'
import { cellFindings, looksForIocs } from '../cellFindings.ts'
import { iocScope } from '../iocs.ts'

/** Cells to practise on at most; more are more of the same. */
const CELLS_MAX = 600
/** So long at a time, in milliseconds: then whoever has work for the thread is heard. */
const SLICE_MS = 4
/** Enough for the engine to compile what it can, in milliseconds of work. */
const ENOUGH_MS = 80

/** Distinct cells of the beginning of a file in which indicators are looked for. */
export function practiceCells({ plan, records }: Pick<Beginning, 'plan'> & { records: readonly string[][] }): string[] {
  const positions = plan.columns.filter(looksForIocs).map(({ position }) => position)
  const cells = new Set<string>()
  for (const record of records) {
    for (const position of positions) cells.add(record[position] ?? '')
    if (cells.size >= CELLS_MAX) break
  }
  return [...cells]
}

/**
 * Indicators are looked for once, at the end of a file, in its distinct cells: that would run as code that the engine sees for
 * the first time, and compiles beside it. A thread that waits for its file practises on the first cells of it instead.
 * Answers a function that practises a little and tells whether to go on.
 */
export function createPractice(cells: readonly string[]): () => boolean {
  let spent = 0
  let at = 0
  return () => {
    if (cells.length === 0) return false
    const began = performance.now()
    let now = began
    for (; now - began < SLICE_MS; now = performance.now())
      for (let n = 0; n < 16; n++)
        for (const { type, value } of cellFindings(cells[at++ % cells.length] ?? '', null).found) iocScope(type, value)
    spent += now - began
    return spent < ENOUGH_MS
  }
}
