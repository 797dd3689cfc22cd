/** A number per position, 0 where none was set; one array without objects, which grows by doubling. */
export type Numbers = { at(position: number): number; set(position: number, value: number): void }

// Written out for each kind of array: code that has seen several kinds takes several times as long for each number, and
// analyzers look at a dozen for every row.

const FIRST = 16
const widened = (length: number, position: number): number => Math.max(position + 1, length * 2)

export function bytes(): Numbers {
  let values = new Uint8Array(FIRST)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const before = values
        values = new Uint8Array(widened(values.length, position))
        values.set(before)
      }
      values[position] = value
    },
  }
}

/** Up to 65,535. */
export function shorts(): Numbers {
  let values = new Uint16Array(FIRST)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const before = values
        values = new Uint16Array(widened(values.length, position))
        values.set(before)
      }
      values[position] = value
    },
  }
}

export function counts(): Numbers {
  let values = new Uint32Array(FIRST)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const before = values
        values = new Uint32Array(widened(values.length, position))
        values.set(before)
      }
      values[position] = value
    },
  }
}

export function signed(): Numbers {
  let values = new Int32Array(FIRST)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const before = values
        values = new Int32Array(widened(values.length, position))
        values.set(before)
      }
      values[position] = value
    },
  }
}

export function reals(): Numbers {
  let values = new Float64Array(FIRST)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const before = values
        values = new Float64Array(widened(values.length, position))
        values.set(before)
      }
      values[position] = value
    },
  }
}
