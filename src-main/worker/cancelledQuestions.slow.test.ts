import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { coinLetters, testStore } from '../testing/testStore.ts'

// Each question here takes minutes where nothing stops it: a test that ends says that it was stopped.

const test = testStore(() => {
  const long = coinLetters(2_000_000)
  const rows = Array.from({ length: 300_000 }, (_, n) => `${n},${long.slice(n, n + 60)}`)
  return `n,text\n0,${long}\n${rows.join('\n')}\n`
})

it.each([
  ['one long cell', 'text:/(a.{1,30}b.{1,30}){1,30}#/'],
  ['one long cell by another way', 'text:/a[ab]{900}c/'],
  ['many cells', Array.from({ length: 60 }, (_, n) => `NOT /(a.{1,9}b){1,20}${n}#/`).join(' ')],
])(
  'a hostile expression over %s stops when it is cancelled',
  async (_, q) => {
    const abort = new AbortController()
    const question = test.store.read({ signal: abort.signal, key: 'd' }).rows.count('d', { q })
    question.catch(() => undefined)
    await sleep(400)
    abort.abort()
    await expect(question).rejects.toMatchObject({ code: 'cancelled' })
    expect(await test.store.read({ key: 'd' }).rows.count('d', {})).toBe(300_001)
  },
  20_000,
)
