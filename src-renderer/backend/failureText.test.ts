import { expect, test } from 'vitest'
import { failureCodes } from '#contract/values'
import { failureReference, failureText } from './failureText.ts'

test.each(failureCodes)('%s says what happened, what is not affected and what to do, calmly', (code) => {
  const { title, unaffected, next } = failureText(code)
  for (const sentence of [unaffected, next]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(title).toMatch(/^[A-Z].*[a-z]$/)
  expect(`${title} ${unaffected} ${next}`).not.toMatch(/!|please|oops|sorry/i)
})

test('the reference of the log is found where a failure carries one', () => {
  expect(failureReference({ detail: { reference: 'E-7F3A' } })).toBe('E-7F3A')
  expect(failureReference({ detail: { path: ['id'] } })).toBeNull()
  expect(failureReference({ detail: undefined })).toBeNull()
})
