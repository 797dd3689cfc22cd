import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPageCache, REQUESTS_MAX } from './pageCache.ts'

type Ask = { key: string; signal: AbortSignal; answer(page: string): void; refuse(error: Error): void }

function desk(capacity = 6) {
  const asks: Ask[] = []
  let changes = 0
  const cache = createPageCache<string>({
    capacity,
    changed: () => (changes += 1),
    fetch: (key, signal) =>
      new Promise((answer, refuse) => {
        asks.push({ key, signal, answer, refuse })
      }),
  })
  return { asks, cache, changes: () => changes, open: () => asks.filter((ask) => !ask.signal.aborted) }
}
const tick = () => new Promise((done) => setTimeout(done))

describe('page cache', () => {
  it('asks for the most wanted pages first and for no more than two at once', async () => {
    const { asks, cache } = desk()
    cache.want(['3', '4', '5'])
    expect(asks.map((ask) => ask.key)).toEqual(['3', '4'])
    asks[0]!.answer('three')
    await tick()
    expect(cache.get('3')).toBe('three')
    expect(asks.map((ask) => ask.key)).toEqual(['3', '4', '5'])
  })

  it('aborts what nobody wants any more and starts what is wanted at once', () => {
    const { asks, cache } = desk()
    cache.want(['1', '2'])
    cache.want(['2', '9'])
    expect(asks.map((ask) => [ask.key, ask.signal.aborted])).toEqual([
      ['1', true],
      ['2', false],
      ['9', false],
    ])
  })

  it('takes no answer of an aborted request', async () => {
    const { asks, cache } = desk()
    cache.want(['1'])
    cache.want(['2'])
    asks[0]!.answer('late')
    await tick()
    expect(cache.get('1')).toBeUndefined()
  })

  it('says why a page failed, does not hammer, and asks again on retry', async () => {
    const { asks, cache, changes } = desk()
    cache.want(['1'])
    asks[0]!.refuse(new Error('disk'))
    await tick()
    expect(cache.failure()).toEqual(new Error('disk'))
    expect(changes()).toBe(1)
    cache.want(['1'])
    expect(asks).toHaveLength(1)
    cache.retry()
    expect(asks).toHaveLength(2)
    asks[1]!.answer('one')
    await tick()
    expect(cache.failure()).toBeUndefined()
    expect(cache.get('1')).toBe('one')
  })

  it('aborts everything when closed, stays silent, and starts anew when it is looked at again', async () => {
    const { asks, cache, changes } = desk()
    cache.want(['1', '2'])
    cache.close()
    expect(asks.every((ask) => ask.signal.aborted)).toBe(true)
    asks[0]!.answer('late')
    await tick()
    expect(changes()).toBe(0)
    expect(cache.get('1')).toBeUndefined()
    cache.want(['1'])
    asks[2]!.answer('one')
    await tick()
    expect(cache.get('1')).toBe('one')
  })

  it('whatever is wanted in whatever order: at most two run, all that is wanted comes, pages stay within capacity', async () => {
    const capacity = 6
    const wish = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { minLength: 1, maxLength: capacity })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(wish, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 12 }),
        async (steps) => {
          const { asks, cache, open } = desk(capacity)
          const answered = new Set<Ask>()
          const answerOne = async () => {
            const next = open().find((ask) => !answered.has(ask))
            if (!next) return false
            answered.add(next)
            next.answer(`page ${next.key}`)
            await tick()
            return true
          }
          for (const [keys, answers] of steps) {
            cache.want(keys)
            for (let n = 0; n < answers; n += 1) await answerOne()
            expect(open().filter((ask) => !answered.has(ask)).length).toBeLessThanOrEqual(REQUESTS_MAX)
          }
          while (await answerOne());
          const last = steps.at(-1)![0]
          for (const key of last) expect(cache.get(key)).toBe(`page ${key}`)
          expect(
            [...new Set(asks.map((ask) => ask.key))].filter((key) => cache.get(key) !== undefined).length,
          ).toBeLessThanOrEqual(capacity)
        },
      ),
      { numRuns: 60 },
    )
  })
})
