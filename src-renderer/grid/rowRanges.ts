/** A set of row indexes as disjoint, ascending, non-adjacent stretches, both ends inclusive: 10 M selected rows are one pair. */
export type RowRanges = readonly (readonly [first: number, last: number])[]

export const NO_ROWS: RowRanges = []

const normal = (ranges: RowRanges): RowRanges => {
  const out: [number, number][] = []
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = out.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else out.push([first, last])
  }
  return out
}

export const rangeOf = (a: number, b: number): RowRanges => [[Math.min(a, b), Math.max(a, b)]]
export const withRows = (ranges: RowRanges, more: RowRanges): RowRanges => normal([...ranges, ...more])
export const rowCount = (ranges: RowRanges): number => ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)

export const hasRow = (ranges: RowRanges, row: number): boolean => {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined) return false
    if (row < range[0]) high = middle - 1
    else if (row > range[1]) low = middle + 1
    else return true
  }
  return false
}

export const withoutRow = (ranges: RowRanges, row: number): RowRanges =>
  ranges.flatMap(([first, last]): RowRanges => {
    if (row < first || row > last) return [[first, last]]
    const left: RowRanges = row > first ? [[first, row - 1]] : []
    const right: RowRanges = row < last ? [[row + 1, last]] : []
    return [...left, ...right]
  })

export const toggleRow = (ranges: RowRanges, row: number): RowRanges =>
  hasRow(ranges, row) ? withoutRow(ranges, row) : withRows(ranges, [[row, row]])

/** The first `limit` rows of the set, ascending. */
export const firstRows = (ranges: RowRanges, limit: number): number[] => {
  const rows: number[] = []
  for (const [first, last] of ranges) {
    for (let row = first; row <= last; row += 1) {
      if (rows.length === limit) return rows
      rows.push(row)
    }
  }
  return rows
}
