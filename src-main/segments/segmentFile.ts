/**
 * The file `<id>.segments` beside a dataset file: columns a second time, for counting and filtering without reading rows. It is
 * made of the dataset file after that is published, may be deleted at any time, and is made again. Numbers are little-endian.
 *
 *   0   8 bytes   MAGIC
 *   8   32 bytes  the stamp of the dataset file it was made of (stamp.ts)
 *   40  f64, u32  where the directory begins, how many entries it has; u32 its CRC-32
 *   56  u32       CRC-32 of the 56 bytes before
 *   64  ...       pieces, each at a multiple of 16, and behind them the directory, which ends the file
 * An entry of the directory has ENTRY bytes: column (u32), stretch of 65,536 rows (u32, from 0), kind (u32), bytes (u32), place
 * (f64), CRC-32 of the piece (u32). What is wrong, cut short or of another dataset file is never believed.
 *
 * Kinds: a piece per column and stretch of `codes`, `numbers`, `instants` and `many`; one per column of the others.
 * The first four hold one value per row of the stretch, behind a head of 16 bytes: a form, and at byte 8 a base (i64).
 *   codes      form 1 or 2: a code of 1 or 2 bytes; 0 is an empty cell, n the n-th of the distinct values
 *   numbers    form 3, 4, 5: whole numbers as distance from the base in 1, 2 or 4 bytes; all bits set: no number
 *              form 6, 7: doubles, NaN for no number; 7 says that texts stand between them, kept as the number they mean
 *   instants   form 8: microseconds since 1970 UTC (i64); the smallest one: no time
 *   many       form 2 or 9: codes of 2 or 4 bytes of a column with more values than `codes` are made for, numbered as they first stand
 *   values     of `codes`: how many (u32), their SQLite serial types (u32 each), in how many rows each stands (u32 each), their
 *              bytes one behind the other as in an SQLite record
 *   firsts     of `many`: per value the row where it stands first (u32)
 *   counts     of `many`: per value in how many rows it stands (u32)
 *   ranks      of `many` where all values are texts: per value about where it lies among all (u16); what sorts behind another one, as SQLite's
 *              NOCASE compares, never has the smaller rank
 */
export const MAGIC = Buffer.from('HBSEGM01', 'latin1')
export const FILE_HEAD = 64
export const STAMP_BYTES = 32
export const ENTRY = 28

export const KINDS = ['codes', 'numbers', 'instants', 'values', 'many', 'firsts', 'counts', 'ranks'] as const
export type PieceKind = (typeof KINDS)[number]
/** Those with a piece per stretch that compiled code is asked about. */
export type SegmentKind = 'codes' | 'numbers' | 'instants'

export const FORM = {
  codes8: 1,
  codes16: 2,
  ints8: 3,
  ints16: 4,
  ints32: 5,
  reals: 6,
  mixed: 7,
  instants: 8,
  codes32: 9,
} as const

export const SEGMENT_HEAD = 16

/** The file of segments that belongs to a dataset file. */
export const segmentsPath = (datasetFile: string): string => datasetFile.replace(/\.db$/, '') + '.segments'

/** The distinct values of a column; `value(0)` is the empty cell. */
export type ColumnValues = {
  count: number
  value(code: number): string | number | null
  /** Rows of the dataset with that value. */
  rows(code: number): number
}

/** Reads a piece of kind `values`. */
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
