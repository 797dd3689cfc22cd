import { expect, it } from 'vitest'
import { asciiLower, casesOf, foldsAsAscii, inAnyCase } from './fold.ts'

it.each([
  ['a', 'aA'],
  ['k', 'kK'],
  ['\u212a', '\u212a'],
  ['ſ', 'ſ'],
  ['ü', 'üÜ'],
  ['м', 'мМ'],
  ['ς', 'ςΣσ'],
  ['ß', 'ßẞ'],
  ['å', 'åÅ\u212b'],
  ['é', 'éÉ'],
  ['𐐀', '𐐀𐐨'],
  ['1', '1'],
  ['李', '李'],
  ['.', '.'],
])('%s has the cases %s', (letter, cases) => {
  expect(casesOf(letter).toSorted()).toEqual([...cases].toSorted())
})

it('every letter finds what Unicode folds it to, and the other way round', () => {
  const letters = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code > 0x7f && (code < 0xd800 || code > 0xdfff))
    .map((code) => String.fromCodePoint(code))
    .filter((letter) => /\p{Cased}|\p{CWCF}|\p{CWCM}/u.test(letter))
  const all = letters.join('')
  expect(letters.length).toBeGreaterThan(2_500)
  const wrong = letters.filter((letter) => {
    const same = all.match(new RegExp(letter, 'giu')) ?? []
    return casesOf(letter).toSorted().join('') !== same.toSorted().join('')
  })
  expect(wrong).toEqual([])
})

it('a text is spelt out so that it finds itself in every case and nothing else', () => {
  const found = (wanted: string, text: string): boolean => new RegExp(`^${inAnyCase(wanted)}$`, 'u').test(text)
  expect(found('Müller (50%)', 'MÜLLER (50%)')).toBe(true)
  expect(found('a.c', 'abc')).toBe(false)
  expect(found('a/c\\d', 'A/C\\D')).toBe(true)
})

it('tells where the folding of an engine would do', () => {
  expect(foldsAsAscii('C:\\Windows 李')).toBe(true)
  expect(foldsAsAscii('müller')).toBe(false)
  expect(asciiLower('ÀBC')).toBe('Àbc')
})
