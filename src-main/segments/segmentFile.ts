/**
 * How the tables `segments` and `segment_values` of a dataset file are to be read. Numbers are little-endian.
 *
 * A segment holds one value per row of its stretch, behind a head of 16 bytes: a form, and at byte 8 a base (i64).
 *   kind codes      form 1 or 2: a code of 1 or 2 bytes; 0 is an empty cell, n the n-th of the distinct values
 *   kind numbers    form 3, 4, 5: whole numbers as distance from the base in 1, 2 or 4 bytes; all bits set: no number
 *                   form 6, 7: doubles, NaN for no number; 7 says that texts stand between them, kept as the number they mean
 *   kind instants   form 8: microseconds since 1970 UTC (i64); the smallest one: no time
 * Distinct values: how many (u32), their SQLite serial types (u32 each), in how many rows each stands (u32 each), their bytes
 * one behind the other as in an SQLite record.
 */
export const FORM = {
  codes8: 1,
  codes16: 2,
  ints8: 3,
  ints16: 4,
  ints32: 5,
  reals: 6,
  mixed: 7,
  instants: 8,
} as const

export const SEGMENT_HEAD = 16

export type SegmentKind = 'codes' | 'numbers' | 'instants'

/** The distinct values of a column; `value(0)` is the empty cell. */
export type ColumnValues = {
  count: number
  value(code: number): string | number | null
  /** Rows of the dataset with that value. */
  rows(code: number): number
}

/** Reads the data of a line of `segment_values`. */
export function columnValues(data: Buffer): ColumnValues {
  const count = data.readUInt32LE(0)
  const starts = new Uint32Array(count + 1)
  let at = 4 + count * 8
  for (let n = 0; n < count; n++) {
    starts[n] = at
    at += serialBytes(data.readUInt32LE(4 + n * 4))
  }
  starts[count] = at
  if (at > data.length) throw new RangeError('The values of a column end too soon.')
  return {
    count,
    value(code) {
      if (code < 1 || code > count) return null
      const type = data.readUInt32LE(4 + (code - 1) * 4)
      const [from = 0, to = 0] = [starts[code - 1], starts[code]]
      if (type >= 12) return data.toString('utf8', from, to)
      if (type === 7) return data.readDoubleBE(from)
      if (type >= 8) return type - 8
      return type === 6 ? Number(data.readBigInt64BE(from)) : data.readIntBE(from, to - from)
    },
    rows: (code) => (code < 1 || code > count ? 0 : data.readUInt32LE(4 + (count + code - 1) * 4)),
  }
}

const FIXED = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0]
const serialBytes = (type: number): number => (type < 12 ? (FIXED[type] ?? 0) : (type - 12) >> 1)
