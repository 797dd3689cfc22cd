import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairNumbers } from './pairNumbers.ts'
import { recentAnswers, remembered, rememberedNumber } from './remembered.ts'

test('a remembered answer is the answer', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30).map(String), { maxLength: 300 }), (texts) => {
      const length = remembered((text) => `${text}!`, 4, 1)
      for (const text of texts) expect(length(text)).toBe(`${text}!`)
    }),
  )
})

test('a number that a table refused is asked for again', () => {
  let asked = 0
  const number = rememberedNumber((text) => {
    asked += 1
    return text === 'known' ? 7 : -1
  })
  expect(['known', 'known', 'other', 'other'].map(number)).toEqual([7, 7, -1, -1])
  expect(asked).toBe(3)
})

test('answers are those for the very text and what stands beside it, through times of trial and of rest', () => {
  const answers = recentAnswers<string>(64, 10)
  let known = 0
  const ask = (text: string, beside: string): void => {
    const answer = answers.find(text, beside)
    if (answer === undefined) answers.keep(`${text} ${beside}`, text, beside)
    else {
      known += 1
      expect(answer).toBe(`${text} ${beside}`)
    }
  }
  // Hardly anything comes twice: remembering is given up.
  for (let n = 0; n < 10_000; n += 1) ask(String(n), '')
  expect(known).toBe(0)
  // Later much does: it is taken up again.
  for (let n = 0; n < 200_000; n += 1) ask(String(n % 50), n % 3 === 0 ? 'a' : 'b')
  expect(known).toBeGreaterThan(10_000)
  ask('long'.repeat(10), '')
  expect(answers.find('long'.repeat(10))).toBeUndefined()
})

test('the number of a pair is its own, or not known', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 500 }), (pairs) => {
      const numbers = pairNumbers()
      for (const [one, other] of pairs) {
        expect([-1, one * 100 + other]).toContain(numbers.find(one, other))
        numbers.keep(one, other, one * 100 + other)
        expect(numbers.find(one, other)).toBe(one * 100 + other)
      }
    }),
  )
})
