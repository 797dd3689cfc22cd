import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import type { Predicate } from './predicate.ts'
import { parseQuery } from './parseQuery.ts'

const match = (test: object, field: string | null = null) => ({
  op: 'match',
  field: field === null ? null : expect.objectContaining({ name: field }),
  test,
})
const at = (text: string) => ({ text, inclusive: true })
const word = (text: string, field: string | null = null) => match({ kind: 'contains', text }, field)

it.each<[string, object]>([
  ['', { op: 'all' }],
  ['   ', { op: 'all' }],
  ['certutil', word('certutil')],
  ['net  user', { op: 'and', parts: [word('net'), word('user')] }],
  ['"net user"', word('net user')],
  ['user:admin', word('admin', 'user')],
  ['user:"CORP\\\\admin"', match({ kind: 'equals', text: 'CORP\\admin' }, 'user')],
  ['user:*', match({ kind: 'exists' }, 'user')],
  ['user:adm*', match({ kind: 'wildcard', pattern: 'adm*' }, 'user')],
  ['pow*shell', match({ kind: 'wildcard', pattern: 'pow*shell' })],
  ['-word', { op: 'not', part: word('word') }],
  ['NOT user:bob AND x', { op: 'and', parts: [{ op: 'not', part: word('bob', 'user') }, word('x')] }],
  ['a OR b c', { op: 'or', parts: [word('a'), { op: 'and', parts: [word('b'), word('c')] }] }],
  ['(a OR b) c', { op: 'and', parts: [{ op: 'or', parts: [word('a'), word('b')] }, word('c')] }],
  ['user:(a OR b)', { op: 'or', parts: [word('a', 'user'), word('b', 'user')] }],
  ['"Source IP":10.0', word('10.0', 'Source IP')],
  ['src_ip:10.0.0.0/8', match({ kind: 'cidr', network: '10.0.0.0/8' }, 'src_ip')],
  ['10.0.0.0/8', { op: 'or', parts: [match({ kind: 'cidr', network: '10.0.0.0/8' }), word('10.0.0.0/8')] }],
  ['"10.0.0.0/8"', word('10.0.0.0/8')],
  [
    'pid:[1000 TO 2000}',
    match({ kind: 'range', from: { text: '1000', inclusive: true }, to: { text: '2000', inclusive: false } }, 'pid'),
  ],
  ['pid:>=1000', match({ kind: 'range', from: { text: '1000', inclusive: true }, to: null }, 'pid')],
  ['pid:<5', match({ kind: 'range', from: null, to: { text: '5', inclusive: false } }, 'pid')],
  ['pid:[* TO 5]', match({ kind: 'range', from: null, to: { text: '5', inclusive: true } }, 'pid')],
  ['cmd:/net1? user/', match({ kind: 'regex', source: 'net1? user' }, 'cmd')],
  ['/a\\/b/', match({ kind: 'regex', source: 'a/b' })],
  ['/etc/passwd', word('/etc/passwd')],
  ['http://a.b/c', word('http://a.b/c')],
  ['C:\\Windows', word('C:\\Windows')],
  ['2001:db8::1', word('2001:db8::1')],
  ['-fe80::1', { op: 'not', part: word('fe80::1') }],
  ['10.0.1.4:443', word('10.0.1.4:443')],
  ['00:0C:29:aa:bb:cc', word('00:0C:29:aa:bb:cc')],
  ['2001:db8::/32', { op: 'or', parts: [match({ kind: 'cidr', network: '2001:db8::/32' }), word('2001:db8::/32')] }],
  ['ip:2001:db8::1', word('2001:db8::1', 'ip')],
  ['!user:bob', { op: 'not', part: word('bob', 'user') }],
  ['!(a OR b)', { op: 'not', part: { op: 'or', parts: [word('a'), word('b')] } }],
  ['_exists_:user', match({ kind: 'exists' }, 'user')],
  ['NOT _exists_:"Source IP"', { op: 'not', part: match({ kind: 'exists' }, 'Source IP') }],
  ['- x', { op: 'and', parts: [word('-'), word('x')] }],
])('reads %s', (text, tree) => {
  expect(parseQuery(text)).toEqual(tree)
})

it.each<[string, object]>([
  ['t:[now-1d TO now]', { from: at('2026-11-29T12:00:00.000Z'), to: at('2026-11-30T12:00:00.000Z') }],
  ['t:>=now-15m', { from: at('2026-11-30T11:45:00.000Z'), to: null }],
  ['t:<=NOW+2w', { from: null, to: at('2026-12-14T12:00:00.000Z') }],
  ['t:>=now-999999w', { from: at('now-999999w'), to: null }],
  ['t:>=now-1', { from: at('now-1'), to: null }],
  ['user:[nobody TO nowhere]', { from: at('nobody'), to: at('nowhere') }],
])('%s counts from now where it says now', (text, range) => {
  expect(parseQuery(text, Date.UTC(2026, 10, 30, 12))).toMatchObject({ test: { kind: 'range', ...range } })
})

it.each([
  ['"open', 1],
  ['a NOT', 6],
  ['user:', 1],
  ['pid:[1000 TO 2000', 5],
  ['(a', 1],
  ['a) b', 2],
  ['a OR', 5],
  ['x:/(/', 3],
  ['x:/abc', 3],
  ['pid:>', 5],
  ['pid:>=', 5],
  ['ip:10.0.0.0/33', 4],
  ['ip:300.1.1.1/8', 4],
])('says where %s is wrong, with an example', (text, position) => {
  expect(() => parseQuery(text)).toThrow(new RegExp(`character ${position}\\. Write .+\\.$`))
})

it('answers a tree or a reasoned refusal for any text', () => {
  const piece = fc.constantFrom(
    'a',
    'OR',
    'AND',
    'NOT',
    '(',
    ')',
    '"',
    'x:',
    '[1 TO 2]',
    '/r/',
    '-',
    '*',
    '>',
    '\\',
    ' ',
    '10.0.0.0/8',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 100 }),
        fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
      ),
      (text) => {
        try {
          expect(depth(parseQuery(text))).toBeLessThan(100)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      },
    ),
  )
})

it('refuses what is too deep or too long instead of failing on it', () => {
  expect(() => parseQuery('('.repeat(1_000))).toThrow(AppError)
  expect(() => parseQuery('NOT '.repeat(150) + 'a')).toThrow('levels')
  expect(() => parseQuery('a '.repeat(1_000))).toThrow('More than 200 words')
})

function depth(tree: Predicate): number {
  if (tree.op === 'and' || tree.op === 'or') return 1 + Math.max(...tree.parts.map(depth))
  return tree.op === 'not' ? 1 + depth(tree.part) : 1
}
