import { expect, test } from 'vitest'
import { isTextKey, keyName, matchKeys } from './matchKeys.ts'

const press = (key: string, more: Partial<Parameters<typeof keyName>[0]> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

test('a key press has one name on every keyboard', () => {
  expect(press('K', { ctrlKey: true })).toBe('ctrl+k')
  expect(press('k', { metaKey: true })).toBe('ctrl+k')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('F6', { shiftKey: true })).toBe('shift+f6')
  expect(press('O', { ctrlKey: true, shiftKey: true })).toBe('ctrl+shift+o')
  expect(press(' ')).toBe('space')
})

test('letters one after the other begin and complete a command', () => {
  expect(matchKeys('g o', ['g'])).toBe('begun')
  expect(matchKeys('g o', ['g', 'o'])).toBe('full')
  expect(matchKeys('g o', ['g', 'a'])).toBeNull()
  expect(matchKeys('j or arrowdown', ['arrowdown'])).toBe('full')
  expect(matchKeys('z', ['g', 'z'])).toBeNull()
})

test('letters belong to text fields, combinations to the window', () => {
  expect(['g', '?', 'shift+g', 'enter'].map(isTextKey)).toEqual([true, true, true, true])
  expect(['ctrl+k', 'alt+arrowleft', 'f6', 'shift+f6'].map(isTextKey)).toEqual([false, false, false, false])
})
