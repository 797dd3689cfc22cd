import { expect, test } from 'vitest'
import { failureCodes } from '#contract/values'
import { failureReference, failureText } from './failureText.ts'

test.each(failureCodes)('%s says what happened, what is not affected and what to do, calmly', (code) => {
  const { title, unaffected, next } = failureText(code)
  for (const sentence of [unaffected, next]) expect(sentence).toMatch(/^[A-Z].*\.$/)
  expect(title).toMatch(/^[A-Z].*[a-z]$/)
  expect(`${title} ${unaffected} ${next}`).not.toMatch(/!|please|oops|sorry/i)
})

test('an empty file is not to be read by another delimiter', () => {
  for (const message of ['The file is empty.', 'The archive is empty.', 'The file holds no text.'])
    expect(failureText('not-a-table', message).next).toBe('Export or copy it again from where it came from.')
  expect(failureText('not-a-table', 'The file is binary, not text.').next).toContain('delimiter')
})

test('the reference of the log is found where a failure carries one', () => {
  expect(failureReference({ detail: { reference: 'E-7F3A' } })).toBe('E-7F3A')
  expect(failureReference({ detail: { path: ['id'] } })).toBeNull()
  expect(failureReference({ detail: undefined })).toBeNull()
})
