import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellFindings } from '../cellFindings.ts'
import { isEnding } from '../domainNames.ts'
import audited from '../testdata/iocs.audited.json' with { type: 'json' }
import labelled from '../iocs.labelled.json' with { type: 'json' }
import { kinds } from './decideTexts.ts'
import { fastMemory, fastModule, instantiate, onlyImports } from './fastModule.ts'

const RUNS = Number(process.env['HUNTBENCH_FUZZ_RUNS'] ?? 150) * 100

const { memory, free } = fastMemory(1 << 22)
const bytes = Buffer.from(memory.buffer)
const { call } = instantiate(
  fastModule(),
  memory,
  free + 65_536,
  onlyImports({ ending: (at, length) => (isEnding(bytes.toString('latin1', at, at + length)) ? 1 : 0) }),
)
const work = call('work_new', free + 65_536, 1)
const text = free + (1 << 21)
/** Whether the compiled code lets a text through to iocs.ts. */
const mayHold = (cell: string): boolean => {
  bytes.fill(0x2e, text, text + 64)
  const length = bytes.write(cell, text)
  // What stands behind the text must not matter.
  bytes.write('.com/::1', text + length)
  return call('gate', work, text, length) === 1
}

const piece = fc.constantFrom(
  ...[
    'www',
    'evil',
    'example',
    'co',
    'uk',
    'com',
    'org',
    'EXE',
    'dll',
    'xn--p1ai',
    'mail',
    'bob',
    'a',
    '0',
    '8',
    '10',
    '255',
    '1.2.3.4',
    '08',
    '::',
    ':',
    '::1',
    'fe80',
    '2001',
    'db8',
    'ffff:',
  ],
  ...[
    '.',
    '.',
    '.',
    '[.]',
    '(.)',
    '{.}',
    '[.',
    '.]',
    ' [.] ',
    '{dot}',
    '[:]',
    '[::]',
    '[/]',
    '{at}',
    '[dot]',
    '(DOT)',
    '@',
    '[at]',
    '(at)',
    '//',
    '://',
    '[:]//',
    '[://]',
    ':\\/\\/',
    '/',
    '\\',
    '\\\\',
    '-',
    '_',
    ' ',
    ',',
    '"',
    "'",
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '=',
    '?',
    '&',
    '%',
    '#',
    ';',
  ],
  ...[
    'http',
    'hxxps',
    'ftp',
    'file',
    'ldap',
    'tcp',
    'meow',
    'postgresql',
    '例',
    'é',
    'ß',
    'Ж',
    '語',
    '😀',
    '\u00a0',
    '\0',
    'deadbeef',
    '0123456789abcdef',
    '0123456789ABCDEF0123456789abcdef',
    '0'.repeat(8),
    'd'.repeat(12),
    't13d1516h2_8daaf6152771_b186095e22b6',
    '8daaf6152771',
    'b186095e22b6',
    'q00i0312h3',
  ],
)
const cell = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))

test('a cell that the fast import passes over holds no indicator', () => {
  let through = 0
  let held = 0
  fc.assert(
    fc.property(
      fc.oneof(
        cell,
        cell,
        fc.string({ unit: 'binary' }),
        fc.ipV6(),
        fc.ipV4(),
        fc.domain(),
        fc.emailAddress(),
        fc.webUrl(),
      ),
      (value) => {
        const open = mayHold(value)
        if (open) through++
        const { found } = cellFindings(value, null)
        if (found.length > 0) held++
        expect(open || found.length === 0, `${JSON.stringify(value)} holds ${JSON.stringify(found)}`).toBe(true)
      },
    ),
    { numRuns: RUNS },
  )
  expect(held).toBeGreaterThan(RUNS / 20)
  expect(through).toBeLessThan(RUNS)
}, 600_000)

test('the fast import finds in labelled cells what the careful one finds', () => {
  for (const [value = ''] of [...labelled, ...audited.flatMap(({ cells }) => cells)])
    if (cellFindings(value, null).found.length > 0) expect(mayHold(value), value).toBe(true)
})

const urlPiece = fc.constantFrom(
  ...[
    'http://',
    'https://',
    'HTTP://',
    'ftp://',
    'evil',
    'Example',
    '.com',
    '.org',
    '.co.uk',
    '.exe',
    'x_y',
    '10.0.0.1',
    '127.1',
  ],
  ...[
    ':80',
    ':',
    ':123456',
    '/',
    '//',
    '?',
    '&',
    '&&',
    '=',
    '%20',
    '+',
    '-',
    '_',
    '.',
    ',',
    ';',
    '(',
    ')',
    '@',
    '#',
    '~',
    '*',
    '!',
  ],
  ...['a', '1', 'index.php', 'É', '[', ']', ' ', '"', '\\', "'", '|', '$', 'http', 's'],
)
const url = fc
  .tuple(fc.constantFrom('http://', 'https://', 'HTTPS://'), fc.array(urlPiece, { maxLength: 8 }))
  .map(([scheme, pieces]) => scheme + pieces.join(''))
const numbers = fc
  .array(fc.constantFrom('0', '1', '01', '10', '255', '256', '.', '.', '.'), { maxLength: 8 })
  .map((all) => all.join(''))
const hex = fc
  .tuple(
    fc.constantFrom(32, 40, 64),
    fc.constantFrom('0', 'a', 'A', '0123456789', 'abcdef', 'deadBEEF01', '4f4e9025ea8b746f97b14bb3'),
  )
  .map(([length, digits]) => digits.repeat(64).slice(0, length))

test('a cell that the fast import is certain about is this indicator and no other', () => {
  const sure = new Map<string, number>()
  fc.assert(
    fc.property(fc.oneof(url, url, numbers, fc.ipV4(), hex, fc.webUrl({ withQueryParameters: true })), (value) => {
      bytes.fill(0x2e, text, text + 128)
      const answer = call('certain', text, bytes.write(value, text))
      if (answer === 0) return
      const type = kinds[answer - 1]
      sure.set(type ?? 'none', (sure.get(type ?? 'none') ?? 0) + 1)
      const { found, whole } = cellFindings(value, null)
      const first = found[0]
      if (type === undefined) expect(found).toEqual([])
      else {
        const kept =
          type === 'url' ? value.replace(/^[^/]*\/\/[^/?#]*/, (host) => host.toLowerCase()) : value.toLowerCase()
        expect({ value, type: first?.type, kept: first?.value, whole }).toEqual({ value, type, kept, whole: type })
        expect(found.length).toBeLessThanOrEqual(type === 'url' ? 2 : 1)
      }
    }),
    { numRuns: RUNS },
  )
  expect([...sure.keys()].sort()).toEqual(['ipv4', 'md5', 'none', 'sha1', 'sha256', 'url'])
}, 600_000)
