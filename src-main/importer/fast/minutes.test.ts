import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTimelineCollector } from '../timelineCollector.ts'
import { createMinutes, joinStretches } from './minutes.ts'

const MINUTE_US = 60_000_000

test('the timeline of rows that several threads counted is that of one thread, however many minutes there are', () => {
  const minute = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 60_000_000 }))
  // Rows of one thread: some minutes, and so many more in a row that hours or days have to be counted instead.
  const thread = fc.record({
    minutes: fc.array(minute, { maxLength: 40 }),
    more: fc.constantFrom(0, 0, 0, 60_000, 110_000),
    every: fc.constantFrom(1, 61, 1_441),
  })
  fc.assert(
    fc.property(fc.array(thread, { minLength: 1, maxLength: 3 }), (threads) => {
      const whole = createTimelineCollector()
      const parts = threads.map(({ minutes, more, every }) => {
        const part = createMinutes()
        const rows = (number: number): void => {
          part.add(number, 1)
          whole.add(number * MINUTE_US)
        }
        for (const number of minutes) rows(number)
        for (let n = 0; n < more; n++) rows(n * every)
        return part.stretches()
      })
      expect(joinStretches(parts)).toEqual(whole.result())
    }),
    { numRuns: 6 },
  )
})
