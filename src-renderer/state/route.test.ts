import fc from 'fast-check'
import { expect, test } from 'vitest'
import { huntOf, placeOf, tabOf } from './places.ts'
import { linkTo, parseRoute } from './route.ts'

test('an address names hunt, place, tab and what is shared', () => {
  const route = parseRoute('#/h/42/evidence/rows?ds=7&q=a%20b&zone=local')
  expect([huntOf(route), placeOf(route), tabOf(route)]).toEqual(['42', 'evidence', 'rows'])
  expect(Object.fromEntries(route.params)).toEqual({ ds: '7', q: 'a b', zone: 'local' })
})

test('places of the workspace have no hunt', () => {
  const route = parseRoute('#/settings/storage')
  expect([huntOf(route), placeOf(route), tabOf(route)]).toEqual([null, 'settings', 'storage'])
  expect(placeOf(parseRoute(''))).toBe('start')
})

test('a broken address is taken as it stands', () => {
  expect(parseRoute('#/h/%E0%A4%A/alerts').path).toEqual(['h', '%E0%A4%A', 'alerts'])
})

test('params that are empty stay out of the address', () => {
  expect(linkTo(['h', '1', 'alerts'], { q: '', id: null, group: undefined, n: 0 })).toBe('/h/1/alerts?n=0')
})

test('what is put into an address comes out of it', () => {
  const part = fc.string({ minLength: 1, unit: 'grapheme' })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), fc.dictionary(part, part), (path, params) => {
      const route = parseRoute(`#${linkTo(path, params)}`)
      expect(route.path).toEqual(path)
      expect(Object.fromEntries(route.params)).toEqual({ ...params })
    }),
  )
})
