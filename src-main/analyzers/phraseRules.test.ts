import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePhraseRules, type PhraseRule } from './phraseRules.ts'

const letters = fc.constantFrom('a', 'b', 'ab', 'c', '.', ' ', '-')
const phrase = fc
  .tuple(fc.boolean(), fc.array(letters, { minLength: 1, maxLength: 5 }), fc.boolean())
  .map(([left, parts, right]) => `${left ? '|' : ''}${parts.join('')}${right ? '|' : ''}`)
const rule: fc.Arbitrary<PhraseRule> = fc.record({
  all: fc.array(fc.array(phrase, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  none: fc.array(phrase, { maxLength: 2 }),
})
const text = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: letters }, { weight: 1, arbitrary: fc.constantFrom('é', '界', '\u0002', 'z') }),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''))

/** The same said plainly: one phrase, one search. */
function stands(written: string, within: string): boolean {
  const left = written.startsWith('|')
  const right = written.length > 1 && written.endsWith('|')
  const bare = written.slice(Number(left), written.length - Number(right))
  const word = /[a-z0-9_.\-\u0002\u0080-\uffff]/
  for (let at = within.indexOf(bare); at >= 0; at = within.indexOf(bare, at + 1)) {
    if (left && at > 0 && word.test(within[at - 1] ?? '')) continue
    if (right && word.test(within[at + bare.length] ?? ' ')) continue
    return true
  }
  return false
}

test('rules hold where each group has a phrase in the text and none of the refused is there', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 8 }), fc.array(text, { maxLength: 5 }), (rules, texts) => {
      const match = compilePhraseRules(rules)
      for (const each of texts) {
        const expected = rules.flatMap(({ all, none = [] }, position) =>
          all.every((group) => group.some((one) => stands(one, each))) && !none.some((one) => stands(one, each))
            ? [position]
            : [],
        )
        expect(match(each)).toEqual(expected)
      }
    }),
    { numRuns: 3_000 },
  )
})

test('a text of megabytes is read to its end', () => {
  const match = compilePhraseRules([{ all: [['|needle|'], ['hay']] }])
  expect(match(`${'hay é '.repeat(300_000)}needle`)).toEqual([0])
  expect(match(`${'hay é '.repeat(300_000)}needles`)).toEqual([])
})
