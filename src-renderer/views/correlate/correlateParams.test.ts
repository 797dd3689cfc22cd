import { expect, test } from 'vitest'
import { correlateParams, hideParam, scopeParams } from './correlateParams.ts'
import { heatOf } from './heat.ts'

const read = (text: string) => correlateParams(new URLSearchParams(text))

test('an address without choices means all hunts, and only what never matters is hidden', () => {
  expect(read('')).toMatchObject({ hunts: null, hide: ['well-known', 'allow-list'], kind: null, as: 'matrix' })
})

test('what is chosen stands in the address and comes back from it', () => {
  const id = '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001'
  const params = read(`hunts=${id}&hide=private&rows=10&kind=hash&without=url,ja4`)
  expect(params).toMatchObject({ hunts: [id], hide: ['private'], maxRows: 10, kind: 'hash', without: ['url', 'ja4'] })
  expect(scopeParams(params)).toEqual({ hunts: id, hide: 'private' })
  expect([hideParam([]), hideParam(['allow-list', 'well-known'])]).toEqual(['none', null])
  expect(read('hide=none&hunts=none')).toMatchObject({ hide: [], hunts: [] })
})

test('what an address says that is not understood is left out', () => {
  expect(read('hunts=x,<b>&hide=all&rows=-1&kind=users&as=cake')).toMatchObject({
    ...{ hunts: [], hide: [], maxRows: null, kind: null, as: 'matrix' },
  })
})

test('shades go by order of magnitude', () => {
  expect([0, 1, 9, 10, 999, 1_000, 9_999, 10_000, 5_000_000].map(heatOf)).toEqual([0, 1, 1, 2, 3, 4, 4, 5, 5])
})
