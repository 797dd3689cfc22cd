import { expect, it } from 'vitest'
import { createViewCache } from './viewCache.ts'

const rows = (n: number): Uint32Array => new Uint32Array(n)

it('keeps no more bytes than it may, over all datasets together, and forgets what was not asked for longest', () => {
  const cache = createViewCache(400)
  const [a, b] = [cache.of('a'), cache.of('b')]
  a.keep('1', rows(40))
  b.keep('1', rows(40))
  expect(a.get('1')).toHaveLength(40)
  b.keep('2', rows(30))
  expect([a.get('1')?.length, b.get('1')?.length, b.get('2')?.length]).toEqual([40, undefined, 30])
})

it('keeps the newest view however large it is, for its next page', () => {
  const cache = createViewCache(400)
  const a = cache.of('a')
  a.keep('small', rows(10))
  expect(a.keep('large', rows(1_000))).toHaveLength(1_000)
  expect([a.get('small'), a.get('large')?.length]).toEqual([undefined, 1_000])
})

it('forgets the views of a dataset whose file was closed, and those of no other', () => {
  const cache = createViewCache(400)
  cache.of('a').keep('1', rows(10))
  cache.of('ab').keep('1', rows(10))
  cache.forget('a')
  expect([cache.of('a').get('1'), cache.of('ab').get('1')?.length]).toEqual([undefined, 10])
  cache.of('a').keep('1', rows(90))
  expect(cache.of('ab').get('1')).toHaveLength(10)
})
