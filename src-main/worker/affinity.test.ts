import { expect, test } from 'vitest'
import { createAffinity } from './affinity.ts'

test('a key keeps its place, whatever would be best now', () => {
  let best = 'a'
  const placeOf = createAffinity(['a', 'b'], () => best)
  expect(placeOf('one')).toBe('a')
  best = 'b'
  expect(placeOf('two')).toBe('b')
  expect([placeOf('one'), placeOf('two')]).toEqual(['a', 'b'])
})

test('of very many keys those not used for long are forgotten', () => {
  let best = 'a'
  const placeOf = createAffinity(['a', 'b'], () => best)
  placeOf('kept')
  placeOf('left')
  best = 'b'
  for (let n = 0; n < 999; n++) {
    placeOf(`key ${n}`)
    expect(placeOf('kept')).toBe('a')
  }
  expect(placeOf('left')).toBe('b')
})
