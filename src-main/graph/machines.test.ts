import { describe, expect, it } from 'vitest'
import { machinesOf, type HandChange, type Sighting, type Tie, type Token } from './machines.ts'

const seen = (token: Token, rows = 10): Sighting => ({
  dataset: 0,
  token,
  text: token.slice(token.indexOf(':') + 1),
  rows,
  first: 1,
  last: 2,
})
const tie = (a: Token, b: Token, rows = 10): Tie => ({ dataset: 0, a, b, rows })
const called = (changes: HandChange[], sightings: Sighting[], ties: Tie[]) =>
  machinesOf(sightings, ties, [], changes).all.map(({ names, addresses, macs }) =>
    [...names, ...addresses, ...macs].join(' '),
  )
const by = (kind: HandChange['kind'], ...tokens: Token[]): HandChange => ({
  kind,
  tokens: tokens.map((token) => ({ token, text: token.slice(token.indexOf(':') + 1) })),
})

const TOKENS = [seen('name:WS1', 30), seen('name:WS2', 20), seen('address:10.0.0.1'), seen('address:10.0.0.2', 5)]
const TIES = [tie('name:WS1', 'address:10.0.0.1'), tie('name:WS2', 'address:10.0.0.2')]

describe('machines', () => {
  it('are one under name and address where a tie speaks of one machine alone', () => {
    expect(called([], TOKENS, TIES)).toEqual(['WS1 10.0.0.1', 'WS2 10.0.0.2'])
  })

  it('are not those that a sensor reports, nor who connected to them now and then', () => {
    const many = Array.from({ length: 9 }, (_, n) => tie('name:SENSOR', `address:10.0.1.${n}`))
    expect(called([], [seen('name:SENSOR'), seen('address:10.0.1.3', 2)], many)).toEqual(['SENSOR', '10.0.1.3'])
    expect(
      called([], TOKENS.slice(0, 3), [
        tie('name:WS1', 'address:10.0.0.1', 90),
        tie('name:WS1', 'address:10.0.0.2', 5),
      ])[0],
    ).toBe('WS1 10.0.0.1')
    expect(called([], TOKENS, [...TIES, tie('name:WS2', 'address:10.0.0.1')])).toContain('WS1')
  })

  it('follow what a person decided, in its order, also for a name that no row has', () => {
    const merged = by('merge', 'name:WS1', 'name:WS2')
    expect(called([merged], TOKENS, TIES)).toEqual(['WS1 WS2 10.0.0.1 10.0.0.2'])
    expect(called([merged, by('split', 'address:10.0.0.2')], TOKENS, TIES)).toEqual(['WS1 WS2 10.0.0.1', '10.0.0.2'])
    expect(called([by('split', 'address:10.0.0.2'), merged], TOKENS, TIES)).toEqual(['WS1 WS2 10.0.0.1', '10.0.0.2'])
    expect(called([by('merge', 'address:10.0.0.2', 'name:SCRANTON')], TOKENS, [])).toContain('SCRANTON 10.0.0.2')
    expect(called([by('split', 'name:NOBODY'), by('merge', 'name:A', 'name:B')], TOKENS, TIES)).toHaveLength(2)
  })
})
