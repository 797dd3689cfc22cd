import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from './wordsOf.ts'

const part = fc.constantFrom(
  'abc',
  'XYZ123',
  '=',
  '==',
  ' ',
  '\t',
  '/',
  '.',
  '-',
  'é',
  '\u00a0',
  '\u2003',
  '\ufeff',
  '"',
)
const text = fc.array(fc.oneof(part, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 })

test('words are what a pattern for them finds', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 80 }), (parts, minimum, most) => {
      const all = parts.join('')
      const pattern = new RegExp(`[^\\s"'\`\\\\/,;:=&?|<>()\\[\\]{}@._-]{${minimum},}={0,2}`, 'g')
      const expected = [...all.slice(0, most).matchAll(pattern)].map((match) => ({
        from: match.index,
        length: match[0].length,
      }))
      expect(wordsOf(all, minimum, most)).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('a long text is looked at to the end that is asked for', () => {
  const word = 'Q2hhbmdlTWVBZ2Fpbg=='
  expect(wordsOf(`${'x '.repeat(50_000)}${word}`, 12, 200_000)).toEqual([{ from: 100_000, length: 20 }])
  expect(wordsOf(`${'x '.repeat(50_000)}${word}`, 12, 100_004)).toEqual([])
})
