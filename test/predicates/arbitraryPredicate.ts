import fc from 'fast-check'
import type { Predicate, Test } from '../../src-main/predicate/predicate.ts'
import { headers, samples } from './awkwardEvidence.ts'

const pieces = Object.values(samples).flat()

/** A text that some cell holds, or nearly: whole, a piece, in another case, with a letter changed. */
const text = fc
  .tuple(
    fc.constantFrom(...pieces),
    fc.nat(30),
    fc.integer({ min: 1, max: 30 }),
    fc.constantFrom('as', 'lower', 'upper', 'all'),
  )
  .map(([sample, from, length, how]) => {
    const letters = [...sample]
    const piece = how === 'all' ? letters : letters.slice(from % Math.max(1, letters.length)).slice(0, length)
    const cut = piece.join('')
    return how === 'lower' ? cut.toLowerCase() : how === 'upper' ? cut.toUpperCase() : cut
  })
const filled = text.filter((one) => one !== '')

const pattern = fc.oneof(
  fc.tuple(filled, fc.constantFrom('*', '?', '**', '*?', ''), fc.constantFrom('*', '?', '')).map(([one, sign, end]) => {
    const letters = [...one]
    const half = Math.ceil(letters.length / 2)
    return `${letters.slice(0, half).join('')}${sign}${letters.slice(half + 1).join('')}${end}`
  }),
  fc.constantFrom('*', '?', '??', '*a*b*', '*a*b*c*d*e*', 'м*', '*Ü*', '*ß*', '*\n*', '*\0*', 'a?b', '*50%*', '*\\*'),
)

const regex = fc.constantFrom(
  'net1? user',
  '^a.b$',
  '(?s)^a.b$',
  '(?m)^lines$',
  '^$',
  '.*',
  'lines$',
  '\\bweak\\b|cmd',
  'м[аa]ша',
  '(?-i)Müller',
  'MÜLLER',
  'k',
  '(?-i)k',
  '[^a-z]',
  '^\\s',
  '\\x{0}',
  '\\pL\\pL',
  '^.{4,8}$',
  '(a+)+$',
  '[[:upper:]]',
  '(?-i)[[:upper:]]{3}',
  '\\Q50%\\E',
  'a|b|',
  '(?:)',
  '(?U)a+b',
  '\\d{3,}',
  '\\.exe$',
  '[\u0400-\u04ff]+',
  '(?i)ſ',
  'straß',
  'σ',
  '\\\\',
  '"',
  "'",
  '\\$',
  'needle',
  'END$',
  '^\\0',
  '\\n',
  '[\\r\\n]',
  '[^\\n]+',
  '\\z',
  '\\W{5}',
  '(?P<n>x{100})',
)

const network = fc.oneof(
  fc.constantFrom(
    '10.0.0.0/8',
    '0.0.0.0/0',
    '::/0',
    '::ffff:10.0.0.0/104',
    '2001:db8::/32',
    '10.0.0.5/32',
    '::/96',
    'fe80::/10',
    '::1/128',
    '192.168.0.0/16',
    '1:2:3:4::/64',
  ),
  fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV6(), fc.nat(128)).map(([address, bits]) => `${address}/${bits}`),
)

const bound = fc.record({
  text: fc.oneof(
    fc.constantFrom(...samples.numbers.filter((one) => one !== '')),
    fc.constantFrom(
      '2019',
      '2019-01',
      '2019-01-15',
      '2019-01-15T05:00',
      '2019-01-15T06:00:00.5Z',
      '2019-06-01T00:00:00.000001Z',
      '1890-05-05',
      '2300',
      '0001',
    ),
    fc.integer({ min: -5, max: 5_000 }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
    filled,
  ),
  inclusive: fc.boolean(),
})
const end = fc.option(bound, { freq: 4 })

const test: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ kind: fc.constant('contains' as const), text: filled }),
  fc.record({ kind: fc.constant('equals' as const), text }),
  fc.record({ kind: fc.constant('wildcard' as const), pattern }),
  fc.record({ kind: fc.constant('regex' as const), source: regex }),
  fc.record({ kind: fc.constant('cidr' as const), network }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('range' as const), from: end, to: end }) },
  fc.record({ kind: fc.constant('exists' as const) }),
)

const names = [...headers, 'username', 'hostname', '_time', 'timestamp', 'TIMEGENERATED', 'src_ip', 'pid', 'ppid']
const field = fc.option(fc.record({ name: fc.constantFrom(...names), at: fc.constant(0) }), { freq: 6 })
const micros = fc.option(
  fc.constantFrom(...[0, 1, 86_400_000_000, 31e12].map((more) => Date.UTC(2019, 0, 15) * 1000 + more)),
  { freq: 3 },
)

const leaf: fc.Arbitrary<Predicate> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ op: fc.constant('match' as const), field, test }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('time' as const), from: micros, to: micros }) },
)

/** Any tree, from one test to some tens. */
export const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ tree: Predicate }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ op: fc.constant('not' as const), part: tie('tree') }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).tree
