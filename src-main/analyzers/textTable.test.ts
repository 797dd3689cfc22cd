import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newRoom } from './room.ts'
import { TEXT_MAX, textTable } from './textTable.ts'

const text = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'aé', 'a界', 'x'.repeat(TEXT_MAX), 'x'.repeat(TEXT_MAX - 1)),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.nat(300).map(String),
)

test('a text has the number it came with, and is had back exactly', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
      const table = textTable(newRoom(1_000_000), 0, 1_000)
      const known = new Map<string, number>()
      for (const each of texts) {
        expect(table.find(each)).toBe(known.get(each) ?? -1)
        if (!known.has(each)) known.set(each, known.size)
        expect(table.add(each)).toBe(known.get(each))
      }
      expect(table.size()).toBe(known.size)
      for (const [each, number] of known) expect(table.text(number)).toBe(each)
    }),
  )
})

test('the empty text is a text, also as the first one', () => {
  const table = textTable(newRoom(1_000), 0, 10)
  expect([table.add(''), table.find(''), table.add(''), table.size(), table.text(0)]).toEqual([0, 0, 0, 1, ''])
})

test('thousands of texts stay apart, longer ones than a block of them together', () => {
  const table = textTable(newRoom(10_000_000), 0, 20_000)
  const name = (n: number): string => `${'subject '.repeat(n % 40)}${n}`
  for (let n = 0; n < 10_000; n += 1) expect(table.add(name(n))).toBe(n)
  for (let n = 0; n < 10_000; n += 7) expect([table.find(name(n)), table.text(n)]).toEqual([n, name(n)])
})

test('what comes when there is no room is refused, what is known stays known', () => {
  const few = textTable(newRoom(1_000_000), 0, 2)
  expect(['a', 'b', 'c', 'a'].map((each) => few.add(each))).toEqual([0, 1, -1, 0])
  const whole = newRoom(500)
  const [one, other] = [textTable(newRoom(10_000, whole), 200, 100), textTable(newRoom(10_000, whole), 200, 100)]
  expect(['a', 'b', 'c', 'd'].map((each) => one.add(each))).toEqual([0, 1, 2, -1])
  // They share one room: what the first took is missing to the second.
  expect(other.add('a')).toBe(-1)
  expect(one.add('b')).toBe(1)
})
