import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide, isContested, mergeField, untouched, valueOf, type Field } from './fields.ts'

/** What people do: each has a copy, changes it, and takes over the state of another. */
type Act = { who: number; act: 'write'; value: string } | { who: number; act: 'take'; from: number }

const PEOPLE = ['a', 'b', 'c']
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ who: fc.nat(2), act: fc.constant('write' as const), value: fc.constantFrom('x', 'y', 'xy', '', 'z') }),
  fc.record({ who: fc.nat(2), act: fc.constant('take' as const), from: fc.nat(2) }),
)

/** The copies of three people after what they did. Their clocks may be wrong. */
function copies(acts: readonly Act[], clocks: readonly number[]): Field[] {
  const fields = PEOPLE.map(() => untouched('first', 1_000))
  acts.forEach((one, n) => {
    const own = fields[one.who] ?? untouched('', 0)
    const by = PEOPLE[one.who] ?? ''
    if (one.act === 'take') fields[one.who] = mergeField(own, fields[one.from] ?? own)
    else fields[one.who] = decide(own, one.value, { by, at: 1_000 + n + (clocks[one.who] ?? 0) })
  })
  return fields
}
const situation = fc
  .tuple(fc.array(act, { maxLength: 14 }), fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(9), fc.nat(9)))
  .map(([acts, clocks]) => copies(acts, clocks))

const three = (fields: readonly Field[]): [Field, Field, Field] => {
  const [a, b, c] = fields
  if (!a || !b || !c) throw new Error('three copies')
  return [a, b, c]
}

describe('merging a field', () => {
  test('does not depend on who merges first, in which groups, or how often', () => {
    fc.assert(
      fc.property(situation, (fields) => {
        const [a, b, c] = three(fields)
        expect(mergeField(a, b)).toEqual(mergeField(b, a))
        expect(mergeField(mergeField(a, b), c)).toEqual(mergeField(a, mergeField(b, c)))
        expect(mergeField(mergeField(a, b), b)).toEqual(mergeField(a, b))
        expect(mergeField(a, a)).toEqual(a)
        for (const rule of ['newer', 'both'] as const)
          expect(valueOf(mergeField(a, b), rule)).toEqual(valueOf(mergeField(b, a), rule))
      }),
      { numRuns: 2_000 },
    )
  })

  test('loses nothing that nobody knowingly replaced, and brings back nothing that somebody did', () => {
    fc.assert(
      fc.property(situation, (fields) => {
        const [a, b] = three(fields)
        const merged = mergeField(a, b)
        for (const sibling of merged.siblings) expect([...a.siblings, ...b.siblings]).toContainEqual(sibling)
        // A decision about everything there is holds against both.
        const decided = decide(merged, 'decided', { by: 'a', at: 0 })
        for (const before of [a, b, merged]) {
          expect(valueOf(mergeField(decided, before), 'newer')).toBe('decided')
          expect(isContested(mergeField(decided, before))).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('two people', () => {
  const begun = untouched('new', 1_000)
  const mine = decide(begun, 'resolved', { by: 'a', at: 2_000 })
  const theirs = decide(begun, 'false-positive', { by: 'b', at: 3_000 })

  test('where one changed a field, the change holds without a question', () => {
    expect(mergeField(begun, theirs)).toEqual(theirs)
    expect(isContested(mergeField(begun, theirs))).toBe(false)
  })

  test('where both did, the newer value holds and the other is not forgotten', () => {
    const merged = mergeField(mine, theirs)
    expect(valueOf(merged, 'newer')).toBe('false-positive')
    expect(isContested(merged)).toBe(true)
    expect(merged.siblings.map(({ value }) => value)).toEqual(['false-positive', 'resolved'])
  })

  test('who has seen the change of the other and changes it again is not asked', () => {
    const after = decide(mergeField(begun, theirs), 'new', { by: 'a', at: 2_500 })
    expect(valueOf(mergeField(after, theirs), 'newer')).toBe('new')
    expect(isContested(mergeField(after, theirs))).toBe(false)
  })

  test('who came to the same conclusion is not asked either', () => {
    const same = decide(begun, 'false-positive', { by: 'a', at: 2_000 })
    expect(isContested(mergeField(same, theirs))).toBe(false)
  })

  test('both notes are kept, in the order in which they were written, and none twice', () => {
    const note = untouched('', 1_000)
    const left = decide(note, 'The service account is old.', { by: 'a', at: 5_000 })
    const right = decide(note, 'Password set in 2019.', { by: 'b', at: 4_000 })
    expect(valueOf(mergeField(left, right), 'both')).toBe('Password set in 2019.\n\nThe service account is old.')
    const longer = decide(note, 'Password set in 2019. The service account is old.', { by: 'a', at: 5_000 })
    expect(valueOf(mergeField(longer, right), 'both')).toBe('Password set in 2019. The service account is old.')
  })
})
