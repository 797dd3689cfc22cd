import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { entropy } from './entropy.ts'
import { entropyOf } from './entropyOf.ts'
import { foundBy } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'

const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) => foundBy(entropy, records, settings)
const random = createHash('sha512').update('seed').digest('base64').replace(/[+/=]/g, '')

test('entropy is that of Shannon, in bits per character', () => {
  expect(entropyOf('aaaa')).toBe(0)
  expect(entropyOf('abcd')).toBe(2)
  expect(entropyOf('aabb')).toBe(1)
})

test('a random word of 4.5 bits and 20 characters is found and shown', () => {
  const [finding] = run([{ command_line: `app.exe --key ${random}`, process_name: 'app.exe' }])
  expect(finding).toMatchObject({ title: 'Random-looking argument: app.exe', evidenceTotal: 1 })
  expect(finding?.description).toContain(random.slice(0, 80))
})

test.each([
  [
    'a long command line of ordinary words',
    '"C:\\Program Files\\Microsoft Monitoring Agent\\Agent\\Health Service State\\CT_602681692\\NativeDSC\\DesiredStateConfiguration\\ASMHost.exe" GetInventory',
  ],
  ['a long name of words', 'VisualStudioCodeInsidersUserSetupBackgroundUpdateHelperForQuickStart.exe'],
  ['an identifier', '{E10F6C3A-F1AE-4ADC-AA9D-2FE65525666E}'],
  ['a hash in hexadecimal', createHash('sha256').update('x').digest('hex')],
  [
    'a component store name',
    'amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.14393.2602_none_7ee6020e2207416d',
  ],
])('%s is not', (_, text) => {
  expect(run([{ command_line: text }])).toEqual([])
})

test('thresholds can be set', () => {
  const hash = createHash('sha256').update('x').digest('hex')
  expect(run([{ command_line: hash }], { minimumBits: 3.5 })).toHaveLength(1)
  expect(run([{ command_line: `a ${random}` }], { minimumLength: 200 })).toEqual([])
  expect(run([{ command_line: random }], { fields: ['url'] })).toEqual([])
})

test('never more than medium, and one finding per program and host', () => {
  const findings = run(
    Array.from({ length: 50 }, (_, n) => ({
      hostname: 'h',
      process_name: 'a.exe',
      command_line: `a.exe ${createHash('sha512').update(String(n)).digest('base64').replace(/[/+]/g, 'x').repeat(4)}`,
    })),
  )
  expect(findings.map((finding) => [finding.evidenceTotal, finding.severity])).toEqual([[50, 'medium']])
})
