import type { Column } from '#contract/datasets'
import { STRETCH } from '../../segments/engine.ts'
import { FORM } from '../../segments/segmentFile.ts'
import type { DatasetSegments, Ready } from './datasetSegments.ts'
import type { Matches } from './matches.ts'

/** The number of every matching row (null: of all), in the order of the rows: NaN where it has none. From `kind` of a column. */
export function rowNumbers(
  segments: DatasetSegments,
  { column, kind }: { column: Column; kind: 'numbers' | 'instants' | 'codes' },
  matches: Matches | null,
  goOn: () => void,
): { rows: Uint32Array; numbers: Float64Array } {
  matches?.until(Infinity)
  const rows = matches?.all() ?? everyRow(segments.rows)
  const numbers = new Float64Array(rows.length)
  for (let at = 0; at < rows.length;) {
    goOn()
    const n = Math.floor(((rows[at] ?? 1) - 1) / STRETCH)
    const [ready] = segments.ready(n, [{ column, kind }])
    if (!ready) break
    const first = n * STRETCH + 1
    const read = readerOf(segments, ready)
    for (; at < rows.length && (rows[at] ?? 0) < first + STRETCH; at++) numbers[at] = read((rows[at] ?? 0) - first)
  }
  return { rows, numbers }
}

function everyRow(count: number): Uint32Array {
  const rows = new Uint32Array(count)
  for (let n = 0; n < count; n++) rows[n] = n + 1
  return rows
}

function readerOf({ engine }: DatasetSegments, { at, form, base }: Ready): (place: number) => number {
  const { buffer } = engine.bytes
  const whole = (cells: Uint8Array | Uint16Array | Uint32Array, none: number) => (place: number) => {
    const code = cells[place] ?? none
    return code === none ? NaN : base + code
  }
  switch (form) {
    case FORM.codes8: {
      const cells = new Uint8Array(buffer, at, STRETCH)
      return (place) => cells[place] ?? 0
    }
    case FORM.codes16: {
      const cells = new Uint16Array(buffer, at, STRETCH)
      return (place) => cells[place] ?? 0
    }
    case FORM.ints8:
      return whole(new Uint8Array(buffer, at, STRETCH), 255)
    case FORM.ints16:
      return whole(new Uint16Array(buffer, at, STRETCH), 65_535)
    case FORM.ints32:
      return whole(new Uint32Array(buffer, at, STRETCH), 0xffffffff)
    case FORM.instants: {
      // In two halves: whole numbers of 64 bits are slow to take. The smallest one stands for no time.
      const halves = new Int32Array(buffer, at, STRETCH * 2)
      return (place) => {
        const high = halves[place * 2 + 1] ?? 0
        return high === -2_147_483_648 ? NaN : high * 4_294_967_296 + ((halves[place * 2] ?? 0) >>> 0)
      }
    }
    default: {
      const cells = new Float64Array(buffer, at, STRETCH)
      return (place) => cells[place] ?? NaN
    }
  }
}
