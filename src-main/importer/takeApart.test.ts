import { expect, test } from 'vitest'
import { takeApart } from './takeApart.ts'

const keys = (cells: string[], ...how: [Parameters<typeof takeApart>[1]?, string?]) => {
  const found = takeApart(cells, how[0], how[1])
  return found && [found.how, found.between, found.parts.map(({ key }) => key).join()]
}

test.each([
  [
    ['MD5=aa,SHA256=bb', 'MD5=cc,SHA256=dd,IMPHASH=ee'],
    ['key=value', ',', 'MD5,SHA256,IMPHASH'],
  ],
  [
    ['a=1; b=2', 'a=3; b=x,y'],
    ['key=value', '; ', 'a,b'],
  ],
  [
    ['q=1&user=bob&x=', 'q=2'],
    ['key=value', '&', 'q,user'],
  ],
  [
    ['Cmd: cmd /c a: b ¦ Proc: C:\\x.exe', 'Proc: C:\\y.exe'],
    ['key: value', ' ¦ ', 'Cmd,Proc'],
  ],
  [['CommandLine: a\r\nUser: b\r\n'], ['key: value', '\r\n', 'CommandLine,User']],
  [
    ['level=info msg=started', 'level=warn msg=stopped'],
    ['key=value', ' ', 'level,msg'],
  ],
  [
    ['{"a":{"b":1}}', '', '{"c":"x"}'],
    ['json', '', 'a.b,c'],
  ],
  [['[{"id":"1"}]'], ['json', '', '0.id']],
])('%j is packed as %j', (cells, expected) => {
  expect(keys(cells)).toEqual(expected)
})

test.each([
  [['plain text', 'more of it']],
  [['C:\\Windows\\x.exe', 'D:\\y']],
  [['']],
  [[]],
  [['{not json', '[1,2]']],
  [['http://x.org/?a=1']],
])('%j is not packed', (cells) => {
  expect(takeApart(cells, undefined, undefined)).toBeNull()
})

test('what is said holds, also where it finds nothing; what is left out is found', () => {
  expect(keys(['a=1,b=2'], 'key=value', ';')).toEqual(['key=value', ';', 'a'])
  expect(keys(['a=1,b=2'], 'key=value')).toEqual(['key=value', ',', 'a,b'])
  expect(keys(['a=1,b=2'], 'json')).toEqual(['json', '', ''])
  expect(keys(['nothing'], 'key: value')).toEqual(['key: value', ',', ''])
})

test('tells of each key in how many cells it is, and of cells without any', () => {
  expect(takeApart(['a=1,b=2', 'a=3', 'none', ''], 'key=value', ',')).toEqual({
    how: 'key=value',
    between: ',',
    parts: [
      { key: 'a', cells: 2, example: '1' },
      { key: 'b', cells: 1, example: '2' },
    ],
    taken: 2,
    total: 2,
  })
})

test('hostile cells take no time and no memory', () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `k${n}=v`).join(',')
  const cells = [many, '='.repeat(100_000), ': '.repeat(100_000), '{"a":'.repeat(20_000), '__proto__=1,constructor=2']
  const found = takeApart(cells, 'key=value', ',')
  expect(found).toMatchObject({ total: 20_002, taken: 2 })
  expect(found?.parts).toHaveLength(500)
  expect(takeApart(cells, undefined, undefined)).not.toBeUndefined()
})
