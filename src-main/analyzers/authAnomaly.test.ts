import { expect, test } from 'vitest'
import { authAnomaly } from './authAnomaly.ts'
import { foundBy } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'

const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) =>
  foundBy(authAnomaly, records, settings)
const MINUTE = 60_000_000
const failed = (n: number, more: TestRow = {}): TestRow => ({
  event_id: '4625',
  logon_type: '3',
  username: 'CORP\\bob',
  src_ip: '198.51.100.9',
  hostname: 'dc',
  time: n * MINUTE,
  ...more,
})
const failures = (count: number, more: TestRow = {}) => Array.from({ length: count }, (_, n) => failed(n, more))

test('five failures of one account from one source are guessing, four are not', () => {
  expect(run(failures(4))).toEqual([])
  const [finding] = run(failures(5))
  expect(finding).toMatchObject({
    mitreTechnique: 'T1110.001',
    evidenceTotal: 5,
    user: 'bob',
    host: 'dc',
    firstTime: 0,
    lastTime: 4 * MINUTE,
  })
  expect(run(failures(4), { minimumFailures: 4 })).toHaveLength(1)
})

test('failures spread over days are not guessing, rows without a time are', () => {
  expect(run(Array.from({ length: 8 }, (_, n) => failed(n * 24 * 60)))).toEqual([])
  expect(
    run(Array.from({ length: 5 }, () => ({ event_id: '4625', username: 'bob', src_ip: '10.0.0.9' }))),
  ).toHaveLength(1)
})

test('a logon after the failures is worse, one before them is not', () => {
  const success = (n: number): TestRow => ({ ...failed(n), event_id: '4624', logon_type: '2' })
  expect(run([...failures(6), success(7)]).map((finding) => finding.severity)).toContain('critical')
  expect(
    run([success(0), ...failures(6)].map((row, n) => ({ ...row, time: n * MINUTE }))).map(
      (finding) => finding.severity,
    ),
  ).not.toContain('critical')
})

test('many accounts from one source are spraying', () => {
  const findings = run(Array.from({ length: 6 }, (_, n) => failed(n, { username: `user${n}` })))
  expect(findings.map((finding) => finding.mitreTechnique)).toEqual(['T1110.003'])
  expect(findings[0]?.evidenceTotal).toBe(6)
})

test.each([
  ['4771', { event_id: '4771', status: '0x18', username: 'bob' }],
  ['4776', { event_id: '4776', status: '0xc000006a', username: 'bob' }],
  ['Entra', { event_type: 'Sign-in activity', status: '50126', username: 'bob@corp.org' }],
  ['SSH', { description: 'Failed password for invalid user bob from 203.0.113.5 port 51000 ssh2' }],
  ['plain words', { event_type: 'UserLoginFailed', username: 'bob' }],
])('failures are understood as %s writes them', (_, row) => {
  expect(run(Array.from({ length: 5 }, () => row)).map((finding) => finding.mitreTechnique)).toEqual(['T1110.001'])
})

test('successes and other events are no failures', () => {
  expect(run(Array.from({ length: 9 }, () => ({ event_id: '4776', status: '0x0', username: 'bob' })))).toEqual([])
  expect(
    run(Array.from({ length: 9 }, () => ({ event_id: '4688', status: '0x1', username: 'bob', description: 'failed' }))),
  ).toEqual([])
})

test('an attempt with a disabled account is told at once', () => {
  expect(run([failed(0, { status: '0xC0000072' })])[0]).toMatchObject({ mitreTechnique: 'T1078', severity: 'medium' })
})

test('remote logons: from outside loud, from inside quiet, by the types that are set', () => {
  const logon = (type: string, source: string): TestRow => ({
    event_id: '4624',
    logon_type: type,
    username: 'bob',
    src_ip: source,
    hostname: 'h',
  })
  expect(run([logon('10', '203.0.113.5')])[0]).toMatchObject({ severity: 'high', mitreTechnique: 'T1021.001' })
  expect(run([logon('10', '10.0.0.5')])[0]?.severity).toBe('low')
  expect(run([logon('3', '10.0.0.5')])[0]?.severity).toBe('info')
  expect(run([logon('3', '10.0.0.5')], { reportInternalLogons: false })).toEqual([])
  expect(run([logon('2', '')])).toEqual([])
  expect(run([{ ...logon('3', '10.0.0.5'), username: 'WS01$' }])).toEqual([])
})

test('new credentials as pass-the-hash makes them are told', () => {
  expect(run([{ event_id: '4624', logon_type: '9', username: 'bob' }])[0]?.mitreTechnique).toBe('T1550.002')
})
