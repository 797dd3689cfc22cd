import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellFindings } from '../cellFindings.ts'
import { isEnding } from '../domainNames.ts'
import { compileFastModule, fastMemory, instantiate, onlyImports } from './fastModule.ts'

const RUNS = Number(process.env['HUNTBENCH_FUZZ_RUNS'] ?? 150) * 100

const { memory, free } = fastMemory(1 << 22)
const bytes = Buffer.from(memory.buffer)
const { call } = instantiate(
  compileFastModule(),
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
