import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, it } from 'vitest'
import { watchedText } from './watchedText.ts'

const sources = [
  'a+b',
  '(?i)KELVIN',
  '^x.*y$',
  'needle',
  'a|b|c',
  '(.{1,20}a){3}',
  '\\bé',
  '',
  '[^a]\\z',
  '(?s).{300}',
  'ab|cd|ef',
  '(a[ab]{30}){2}c',
]

it('regular expressions find the same in it as in the text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', 'x', 'é', '😀', '\n', 'needle', '\0'),
    maxLength: 3_000,
    size: 'max',
  })
  fc.assert(
    fc.property(fc.constantFrom(...sources), text, (source, one) => {
      const regex = RE2JS.compile(source)
      expect(regex.test(watchedText(one, () => undefined))).toBe(regex.test(one))
    }),
  )
})

it('a match that takes long is asked whether to go on, and stops', () => {
  const text = 'ab'.repeat(5_000)
  for (const source of ['a[ab]{300}[cd]', '(?:a?){50}[xy]', '[^ab]', '(?:ab){3}[^a]']) {
    let asked = 0
    const regex = RE2JS.compile(source)
    const stopped = (): boolean =>
      regex.test(
        watchedText(text, () => {
          if (++asked === 3) throw new Error('stopped')
        }),
      )
    expect(stopped).toThrow('stopped')
    // What was stopped is fit for the next text.
    expect(regex.test(watchedText(text, () => undefined))).toBe(false)
  }
})
