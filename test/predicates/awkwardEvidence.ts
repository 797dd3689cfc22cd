import fc from 'fast-check'

/** For tests: a file with everything that makes two engines disagree, always the same for a seed. */
export type Evidence = { headers: string[]; records: string[][] }

const users = [
  'CORP\\alice',
  'corp\\ALICE',
  'Müller',
  'MÜLLER',
  'müller',
  'Маша',
  'МАША',
  'маша',
  'ΟΔΥΣΣΕΎΣ',
  'οδυσσεύς',
  'Ökonom',
  'ſam',
]
const more = [
  'İstanbul',
  'ıstanbul',
  'STRASSE',
  'straße',
  'STRAẞE',
  '\u212Aelvin',
  'kelvin',
  '李雷',
  '😀 smile',
  'e\u0301',
  'é',
  'É',
  '',
  '-',
]
const addresses = [
  '10.0.0.5',
  '10.1.2.3',
  '010.0.0.5',
  '10.0.0.256',
  '10.0.0',
  '192.168.1.7',
  '8.8.8.8',
  '::ffff:10.0.0.9',
  '::ffff:a00:9',
  '2001:db8::1',
  '2001:DB8:0:0:0:0:0:1',
  'fe80::1%eth0',
  '::1',
  '::',
  '1:2:3:4:5:6:7::',
  '1:2:3:4:5:6:7:8',
  '1::2::3',
  ' 10.0.0.5 ',
  '10.0.0.5:443',
  '0.0.0.0',
  '255.255.255.255',
  '::1.2.3.4',
  '12345::',
  'host10.0.0.5',
  '',
  '\t::1\n',
]
const numbers = [
  '0',
  '-0',
  '7',
  '007',
  '1.50',
  '1.5',
  '-3',
  '+5',
  '1e3',
  '1E3',
  '1e999',
  '0.1',
  '0.30000000000000004',
  '1.7091',
  '15008753.000000002',
  '1.5008753E7',
  '9007199254740993',
  '9007199254740992',
  '123456789012345678901234567890',
  '1,5',
  '.5',
  '5.',
  '1-2',
  'e5',
  '0x10',
  '१२',
  '',
]
/** Process ids as Windows writes them, and what only looks like one. */
const ids = [
  '0xa08',
  '0XA08',
  '2568',
  '0x00000a08',
  '0x',
  '0xg1',
  '0xffffffffffffffff',
  '0x1ffffffffffffffff',
  '18446744073709551615',
  '-0x10',
  '0x20000000000001',
  '12568',
]
const messages = [
  `He said "it's 50% _done_"`,
  "'; DROP TABLE rows; --",
  'C:\\Windows\\System32\\cmd.exe',
  'a\\nb',
  'two\nlines',
  'two\r\nlines\n',
  'nul\0inside',
  '\0first',
  'same\0one',
  'same\0two',
  'tab\there',
  '{p0:String}',
  '%',
  '_',
  '%_%',
  '\\',
  '\\\\',
  'a',
  'A',
  'ab',
  'aXb',
  'a\nb',
  'a\0b',
  'net user bob /add',
  'NET1 USER',
  'powershell -enc AAAA==',
  '[a-z]+(x)*',
  '* ? . ^ $ | ( ) [ ] { }',
  ' padded ',
  '\u001f',
  'left\u001fright',
  '\u00a0',
  '\u2028',
  '?',
  '@p0',
  '\ufffd',
  '"',
  '""',
  "'",
  '',
  'x'.repeat(5_000),
  `${'ab'.repeat(700)}needle${'ba'.repeat(700)}`,
  `long\0${'z'.repeat(2_000)}END`,
]
const times = [
  '2019-01-15 05:00:00',
  '2019-01-15 23:59:59.999999',
  '2019-01-16 00:00:00',
  '2020-02-29T12:00:00Z',
  '2019-01-15T06:00:00+02:00',
  '1999-12-31 23:59:59',
  '1890-05-05 00:00:00',
  '2019-06-01 00:00:00.000001',
  '',
  'never',
]

/** Texts worth asking for. */
export const samples = { users: [...users, ...more], addresses, numbers, ids, messages, times }

export const headers = [
  'TimeGenerated',
  'Computer',
  'User',
  'src_ip',
  'Pid',
  'Score',
  'Odd %_"\'\\` name',
  'Message',
  'LastSeen',
  'Nothing',
  'Mixed',
  'ParentProcessId',
]

/** `rows` records: each cell one of the samples, or something like it. */
export function awkwardEvidence(rows: number, seed: number): Evidence {
  const pick = (from: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...from)
  // A lone surrogate is no text that a file in UTF-8 can hold.
  const noise = fc.string({
    unit: fc.oneof(
      fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
      pick(['%', '_', '\\', '\0', '\n', 'ä', 'Ä', 'k', 'K']),
    ),
    maxLength: 12,
  })
  const second = fc.integer({ min: 0, max: 86_400 * 400 })
  const iso = second.map((s) => new Date(Date.UTC(2019, 0, 1) + s * 1000).toISOString().replace('T', ' ').slice(0, 19))
  const id = fc.tuple(fc.nat(300), fc.boolean()).map(([n, hex]) => (hex ? `0x${n.toString(16)}` : String(n)))
  const cells: fc.Arbitrary<string>[] = [
    fc.oneof({ weight: 30, arbitrary: iso }, { weight: 1, arbitrary: pick(times) }),
    fc.oneof(pick(['WS1', 'ws1', 'WS-2', 'SRV', '']), noise),
    fc.oneof({ weight: 4, arbitrary: pick([...users, ...more]) }, { weight: 1, arbitrary: noise }),
    fc.oneof(pick(addresses), fc.ipV4(), fc.ipV6()),
    fc.oneof(
      { weight: 40, arbitrary: fc.integer({ min: -5, max: 5_000 }).map(String) },
      { weight: 1, arbitrary: pick(numbers) },
    ),
    fc.oneof(
      { weight: 40, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String) },
      { weight: 1, arbitrary: pick(numbers) },
    ),
    noise,
    fc.oneof({ weight: 3, arbitrary: pick(messages) }, { weight: 1, arbitrary: noise }),
    fc.oneof({ weight: 30, arbitrary: iso }, { weight: 1, arbitrary: pick(times) }),
    fc.constant(''),
    fc.oneof(pick(numbers), pick(messages), pick(times), pick(addresses)),
    fc.oneof({ weight: 9, arbitrary: id }, { weight: 1, arbitrary: pick([...ids, ...numbers]) }),
  ]
  return { headers, records: fc.sample(fc.tuple(...cells), { numRuns: rows, seed }) }
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
export const csvOf = ({ headers, records }: Evidence): string =>
  [headers, ...records].map((record) => record.map(quoted).join(',')).join('\n') + '\n'
