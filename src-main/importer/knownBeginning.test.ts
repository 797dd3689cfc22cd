import { expect, test } from 'vitest'
import { beginningOnce, beginningToKeep } from './knownBeginning.ts'

const bytes = Buffer.from('time,host\n2024-01-01T00:00:00Z,a\n')

test('an import takes over what a preview decided about the very same bytes and wishes, once, and decides anew for others', () => {
  const kept = beginningToKeep(bytes, true, { delimiter: ',' })
  expect(beginningOnce(Buffer.from(bytes), true, { delimiter: ',' })).toBe(kept)
  expect(beginningOnce(bytes, true, { delimiter: ',' })).not.toBe(kept)

  for (const [other, complete, wanted] of [
    [Buffer.from('time,user\n2024-01-01T00:00:00Z,a\n'), true, {}],
    [bytes, false, {}],
    [bytes, true, { delimiter: ';' }],
  ] as const) {
    const before = beginningToKeep(bytes, true, {})
    expect(beginningOnce(other, complete, wanted)).not.toBe(before)
  }
  expect(beginningOnce(bytes, true, {})).toMatchObject({ header: true, headerLine: 1 })
})
