type Values = Uint8Array | Uint16Array | Int32Array | Uint32Array | Float64Array

/** A number per position, 0 where none was set; one array without objects, which grows by doubling. */
export type Numbers = { at(position: number): number; set(position: number, value: number): void }

export function numbers(make: (length: number) => Values): Numbers {
  let values = make(16)
  return {
    at: (position) => values[position] ?? 0,
    set(position, value) {
      if (position >= values.length) {
        const wider = make(Math.max(position + 1, values.length * 2))
        wider.set(values)
        values = wider
      }
      values[position] = value
    },
  }
}

export const bytes = (): Numbers => numbers((length) => new Uint8Array(length))
/** Up to 65,535. */
export const shorts = (): Numbers => numbers((length) => new Uint16Array(length))
export const counts = (): Numbers => numbers((length) => new Uint32Array(length))
export const reals = (): Numbers => numbers((length) => new Float64Array(length))
export const signed = (): Numbers => numbers((length) => new Int32Array(length))
