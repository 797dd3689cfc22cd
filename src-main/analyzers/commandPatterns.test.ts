import { expect, test } from 'vitest'
import { plainCommand } from './commandText.ts'
import { commandPatterns } from './commandPatterns.ts'
import { PARENT } from './patterns/commandPattern.ts'
import { compilePhraseRules } from './phraseRules.ts'

const match = compilePhraseRules(commandPatterns)
const matched = (text: string): string[] =>
  match(plainCommand(text)).map((position) => commandPatterns[position]?.id ?? '')

test('there are at least 45 patterns, each under its own name', () => {
  expect(commandPatterns.length).toBeGreaterThanOrEqual(45)
  expect(new Set(commandPatterns.map((pattern) => pattern.id)).size).toBe(commandPatterns.length)
})

test.each(commandPatterns.map((pattern) => [pattern.id, pattern] as const))(
  '%s matches what it should and nothing close by',
  (id, pattern) => {
    expect(pattern.examples.yes.length).toBeGreaterThan(0)
    expect(pattern.examples.no.length).toBeGreaterThan(0)
    for (const text of pattern.examples.yes) expect(matched(text), text).toContain(id)
    for (const text of pattern.examples.no) expect(matched(text), text).not.toContain(id)
  },
)

test('a pattern is complete and its severity fits its score', () => {
  const floors = { critical: 85, high: 69, medium: 40, low: 15, info: 0 }
  for (const pattern of commandPatterns) {
    expect(pattern.technique).toMatch(/^T\d{4}(\.\d{3})?$/)
    expect(pattern.falsePositives.length, pattern.id).toBeGreaterThan(5)
    expect(pattern.title).not.toContain(PARENT)
    expect(pattern.score, pattern.id).toBeGreaterThanOrEqual(floors[pattern.severity])
    expect(pattern.score, pattern.id).toBeLessThanOrEqual(100)
    expect(
      pattern.all.every((group) => group.every((phrase) => phrase === phrase.toLowerCase() && phrase !== '')),
      pattern.id,
    ).toBe(true)
  }
})
