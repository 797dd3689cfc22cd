import { describe, expect, it } from 'vitest'
import { layOut, type LayoutInput } from './layout.ts'

function ring(
  n: number,
  placed: (at: number) => { x: number; y: number; fixed: boolean } | null = () => null,
): LayoutInput {
  const at = Array.from({ length: n }, (_, one) => placed(one))
  return {
    x: Float64Array.from(at, (one) => one?.x ?? NaN),
    y: Float64Array.from(at, (one) => one?.y ?? NaN),
    fixed: Uint8Array.from(at, (one) => (one?.fixed ? 1 : 0)),
    room: new Float64Array(n).fill(40),
    ends: Uint32Array.from(Array.from({ length: n }, (_, one) => [one, (one + 1) % n]).flat()),
    pull: new Float64Array(n).fill(0.6),
  }
}

describe('a layout', () => {
  it('places every node somewhere, none over another, and the same graph the same way', () => {
    const layout = layOut(ring(60))
    for (let a = 0; a < 60; a++)
      for (let b = a + 1; b < 60; b++)
        expect(
          Math.hypot((layout.x[a] ?? NaN) - (layout.x[b] ?? NaN), (layout.y[a] ?? NaN) - (layout.y[b] ?? NaN)),
        ).toBeGreaterThan(20)
    expect(layOut(ring(60))).toEqual(layout)
  })

  it('never moves what is fixed, and puts what is new beside what it is tied to', () => {
    const layout = layOut(ring(12, (n) => (n < 11 ? { x: n * 300, y: n * 10, fixed: true } : null)))
    for (let n = 0; n < 11; n++) expect([layout.x[n], layout.y[n]]).toEqual([n * 300, n * 10])
    expect(Number.isFinite(layout.x[11])).toBe(true)
  })

  it('takes one node, none, and many at one place', () => {
    expect(layOut(ring(0)).x.length).toBe(0)
    expect(layOut({ ...ring(1), ends: new Uint32Array(), pull: new Float64Array() }).x[0]).toBeTypeOf('number')
    const heap = layOut(ring(200, () => ({ x: 5, y: 5, fixed: false })))
    expect(heap.x.every((x) => Number.isFinite(x))).toBe(true)
  })
})
