import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digitOrder, inOrder } from './digitOrder.ts'

const number = fc.oneof(
  fc.double(),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 2 ** 53),
)

it.each([false, true])('numbers stand in order, equal ones as they came, NaN last (descending: %s)', (descending) => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), (numbers) => {
      const expected = [...numbers.keys()].sort((a, b) => {
        const [one = 0, other = 0] = [numbers[a], numbers[b]]
        if (Number.isNaN(one) || Number.isNaN(other))
          return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b
        return (one === other ? 0 : one < other === descending ? 1 : -1) || a - b
      })
      expect([...digitOrder(Float64Array.from(numbers), descending)]).toEqual(expected)
    }),
  )
})

it('what is in order already is told', () => {
  expect(inOrder(Float64Array.from([-1, 0, 0, 7]))).toBe(true)
  expect(inOrder(Float64Array.from([0, -1]))).toBe(false)
  expect(inOrder(Float64Array.from([0, NaN]))).toBe(false)
})
