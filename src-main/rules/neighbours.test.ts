import fc from 'fast-check'
import { expect, it } from 'vitest'
import { neighboursOf, TOGETHER_MAX } from './neighbours.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const spans = fc.array(fc.tuple(fc.nat(1_000), fc.nat(60)), { minLength: 1, maxLength: TOGETHER_MAX })

it('datasets go together exactly where a chain of gaps within the reach joins them', () => {
  fc.assert(
    fc.property(spans, fc.nat(40), (all, reach) => {
      const hunt = all.map(([from, length], n) => ({
        id: String(n),
        firstTime: iso(from),
        lastTime: iso(from + length),
      }))
      const near = (a: number, b: number): boolean => {
        const [[one, oneLength], [other, otherLength]] = [all[a] ?? [0, 0], all[b] ?? [0, 0]]
        return other - (one + oneLength) <= reach + 1 && one - (other + otherLength) <= reach + 1
      }
      const reached = new Set([0])
      for (const at of reached) for (const [n] of all.entries()) if (near(at, n)) reached.add(n)
      const [target] = hunt
      if (!target) return
      const { together, cut } = neighboursOf(target, hunt, reach)
      expect(cut).toBe(false)
      expect(together.map(({ id }) => Number(id)).toSorted((a, b) => a - b)).toEqual(
        [...reached].toSorted((a, b) => a - b),
      )
    }),
  )
})

it('a dataset without times, and a rule with an alert a row, are asked alone; more than can be open are cut and told', () => {
  const hunt = Array.from({ length: 40 }, (_, n) => ({ id: String(n), firstTime: iso(n), lastTime: iso(n + 1) }))
  const timeless = { id: 'x', firstTime: null, lastTime: null }
  const [target] = hunt
  if (!target) throw new Error('unreachable')
  expect(neighboursOf<typeof timeless | typeof target>(timeless, [...hunt, timeless], 10)).toEqual({
    together: [timeless],
    cut: false,
  })
  expect(neighboursOf(target, hunt, null).together).toEqual([target])
  const seen = hunt.flatMap((one) => neighboursOf(one, hunt, 10).together.map(({ id }) => `${one.id} ${id}`))
  expect(seen).toHaveLength(TOGETHER_MAX * TOGETHER_MAX * 2 + 8 * 8)
  expect(neighboursOf(target, hunt, 10).cut).toBe(true)
})
