import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beaconScore } from './beaconScore.ts'

/** A small generator of its own, so that the tests do not depend on luck. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}
function beacon(count: number, sleep: number, jitter: number, seed = 7): { times: number[]; sizes: number[] } {
  const next = numbers(seed)
  let time = 1_700_000_000
  const times = Array.from({ length: count }, () => (time += sleep * (1 - jitter + 2 * jitter * next())))
  return { times, sizes: times.map(() => (next() < 0.9 ? 312 : 300 + Math.round(9_000 * next()))) }
}
/** Visits of a person: bursts of connections, then pauses of all lengths. */
function browsing(pages: number, seed = 3): { times: number[]; sizes: number[] } {
  const next = numbers(seed)
  let time = 1_700_000_000
  const times: number[] = []
  for (let page = 0; page < pages; page += 1) {
    time += -Math.log(1 - next()) * 180 * (next() < 0.2 ? 10 : 1)
    for (let part = 0; part < 4; part += 1) times.push(time + part * next() * 3)
  }
  return { times, sizes: times.map(() => 200 + Math.round(next() ** 3 * 40_000)) }
}

test.each([
  ['every minute', beacon(60, 60, 0)],
  ['every minute with 20 % jitter', beacon(60, 60, 0.2)],
  ['every five minutes with 50 % jitter', beacon(100, 300, 0.5)],
  ['every hour', beacon(48, 3_600, 0.1)],
  ['every two seconds', beacon(200, 2, 0.3)],
])('check-ins %s score high', (_, { times, sizes }) => {
  expect(beaconScore(times, sizes).score).toBeGreaterThan(0.75)
  expect(beaconScore(times, []).score).toBeGreaterThan(0.72)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a person who browses scores low (%i)', (seed) => {
  const { times, sizes } = browsing(40, seed)
  expect(beaconScore(times, sizes).score).toBeLessThan(0.65)
})

test('contacts all at once and a few contacts score nothing', () => {
  expect(beaconScore([1, 1.1, 1.2, 1.3, 1.4], [1, 1, 1, 1, 1]).score).toBe(0)
  expect(beaconScore([], []).score).toBe(0)
})

test('the order of contacts does not matter and every part lies between 0 and 1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.nat(100_000)), { maxLength: 60 }),
      (contacts) => {
        const score = (list: readonly (readonly [number, number])[]) =>
          beaconScore(
            list.map(([time]) => time),
            list.map(([, size]) => size),
          )
        const forward = score(contacts)
        expect(score(contacts.toReversed())).toEqual(forward)
        for (const part of [forward.score, forward.timing, forward.steady, forward.size ?? 0, forward.commonShare]) {
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(1)
        }
      },
    ),
  )
})
