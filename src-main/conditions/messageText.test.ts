import { expect, it } from 'vitest'
import { messageText } from './messageText.ts'

it('fills in values, says plainly where there is none, and leaves other braces', () => {
  const values = new Map([
    ['user', 'adele'],
    ['long', 'x'.repeat(500)],
    ['lines', ' a\n\tb '],
  ])
  const filled = (template: string): string => messageText(template, (field) => values.get(field) ?? '')
  expect(filled('{user} did { lines } and {}')).toBe('adele did a b and {}')
  expect(filled('{missing | other} {user')).toBe('(no missing) {user')
  expect(filled('{long}')).toHaveLength(201)
  expect(filled('{user}'.repeat(5_000)).length).toBeLessThanOrEqual(4_001)
})

it('a value is text: braces in it are not filled in again', () => {
  expect(messageText('{a}', (field) => (field === 'a' ? '{b}' : 'secret'))).toBe('{b}')
})
