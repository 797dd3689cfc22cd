import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CELL_END, keywordMatcher, type MatchedKeyword } from './keywordMatcher.ts'

const word = (text: string): MatchedKeyword => ({ kind: 'word', text })
const holds = (keyword: MatchedKeyword, text: string): boolean => keywordMatcher([keyword]).inCell(text).length === 1

it('a word stands between what is no letter and no digit, in any case and any script', () => {
  for (const text of ['poker', 'POKER', 'online-poker.exe', 'online_poker', '/poker/', 'a poker b', 'poker\u00a0x'])
    expect([text, holds(word('poker'), text)]).toEqual([text, true])
  for (const text of ['pokers', 'spoker', 'poker1', 'épokeré', 'pok er', ''])
    expect([text, holds(word('poker'), text)]).toEqual([text, false])
  expect(holds(word('Ärger'), 'viel ÄRGER hier')).toBe(true)
  expect(holds(word('казино'), 'ОНЛАЙН КАЗИНО')).toBe(true)
  expect(holds(word('c++'), 'learn C++ now')).toBe(true)
  expect(holds(word('job offer'), 'your Job Offer.pdf')).toBe(true)
})

it('a domain is itself or what belongs to it, and no name that only looks so', () => {
  const domain: MatchedKeyword = { kind: 'domain', text: 'bet365.com' }
  for (const text of [
    'bet365.com',
    'www.BET365.com',
    'https://bet365.com/x',
    'a@bet365.com',
    'bet365.com.',
    'x bet365.com:443',
  ])
    expect([text, holds(domain, text)]).toEqual([text, true])
  for (const text of ['mybet365.com', 'my-bet365.com', 'bet365.com.evil.test', 'bet365.company', 'bet365.com-x.test'])
    expect([text, holds(domain, text)]).toEqual([text, false])
})

it('a pattern is asked in any case, of each cell by itself, anchors included', () => {
  const matcher = keywordMatcher([
    { kind: 'regex', text: '^torrent$' },
    { kind: 'contains', text: 'Gam' },
  ])
  expect(matcher.mayHold(['a', 'TORRENT', 'b'].join(CELL_END))).toBe(true)
  expect(matcher.mayHold(['a', 'torrents', 'b'].join(CELL_END))).toBe(false)
  expect(matcher.inCell('Torrent')).toEqual([0])
  expect(matcher.inCell('bigamy')).toEqual([1])
})

it('more phrases than 16 bits can number are all found', () => {
  const many = Array.from({ length: 9_000 }, (_, n) => word(`name-${n.toString(36)}-${(n * 7919) % 9973}-x${n}`))
  const matcher = keywordMatcher(many)
  for (const n of [0, 1, 4_567, 8_999]) expect(matcher.inCell(`see ${many[n]?.text ?? ''}!`)).toEqual([n])
})

it('a row that may hold nothing has no cell that holds something', () => {
  const letters = fc.constantFrom('a', 'b', 'A', '.', '-', ' ', 'é', '1', '\n')
  const texts = fc.string({ unit: letters, maxLength: 8 })
  const keyword = fc.oneof(
    fc.record({
      kind: fc.constantFrom('word' as const, 'domain' as const, 'contains' as const),
      text: fc.string({ unit: letters, minLength: 1, maxLength: 3 }),
    }),
    fc
      .constantFrom('^a', 'b$', 'a[^x]b', '\\Ab', '(?s)a.b', '\\ba\\b')
      .map((text) => ({ kind: 'regex' as const, text })),
  )
  fc.assert(
    fc.property(fc.array(keyword, { maxLength: 5 }), fc.array(texts, { maxLength: 4 }), (keywords, cells) => {
      const matcher = keywordMatcher(keywords)
      if (cells.some((cell) => matcher.inCell(cell).length > 0))
        expect(matcher.mayHold(cells.join(CELL_END))).toBe(true)
      // Together or alone, the same.
      for (const cell of cells)
        expect(matcher.inCell(cell)).toEqual(
          keywords.flatMap((one, n) => (keywordMatcher([one]).inCell(cell).length > 0 ? [n] : [])),
        )
    }),
    { numRuns: 300 },
  )
})
