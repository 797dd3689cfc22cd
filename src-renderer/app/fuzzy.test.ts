import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzy } from './fuzzy.ts'

const best = (query: string, titles: string[]) =>
  titles
    .flatMap((title) => fuzzy(query, title) ?? [])
    .map((match, index) => [match.score, index])
    .sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0))
    .map(([, index]) => titles.filter((title) => fuzzy(query, title))[index ?? 0])

test('the start of a word comes before its middle', () => {
  expect(best('view', ['Review of logons', 'Overview', 'View settings'])[0]).toBe('View settings')
})

test('first letters of words find a command', () => {
  expect(fuzzy('ra', 'Run all analyzers')?.places).toEqual([0, 4])
  expect(fuzzy('ra', 'Zebra')?.places).toEqual([3, 4])
  expect(fuzzy('zx', 'Zebra')).toBeNull()
})

test('words may be typed in any order', () => {
  expect(fuzzy('hunt new', 'New hunt')).not.toBeNull()
})

test('every marked letter is one that was typed', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (query, text) => {
      const typed = new Set(query.toLowerCase())
      for (const place of fuzzy(query, text)?.places ?? []) expect(typed).toContain(text.toLowerCase()[place])
    }),
  )
})

test('everything is found by its own name and by nothing typed', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(fuzzy(text, text)).not.toBeNull()
      expect(fuzzy('', text)).not.toBeNull()
    }),
  )
})
