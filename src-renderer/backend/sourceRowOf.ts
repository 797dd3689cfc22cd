import type { Output } from '#contract/contract'

type Runs = Output<'datasets.sourceRows'>['runs']

/** The number that a row of a dataset has in its source; its own where that is the same, or not known. */
export function sourceRowOf(runs: Runs, row: number): number {
  let [low, high] = [0, runs.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runs[middle]
    if (!run) return row
    if (row < run.row) high = middle - 1
    else if (row >= run.row + run.rows) low = middle + 1
    else return run.sourceRow + row - run.row
  }
  return row
}
