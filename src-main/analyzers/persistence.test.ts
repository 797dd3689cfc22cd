import { expect, test } from 'vitest'
import { foundBy } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'
import { persistence } from './persistence.ts'

const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) =>
  foundBy(persistence, records, settings)
const SYSMON = 'Microsoft-Windows-Sysmon/Operational'
const set = (registry_key: string, registry_value = 'C:\\Program Files\\A\\a.exe'): TestRow => ({
  event_id: '13',
  event_type: SYSMON,
  registry_key,
  registry_value,
})

test.each([
  ['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Upd', 'T1547.001'],
  ['HKU\\S-1-5-21-1-2-3-500\\Software\\Microsoft\\Windows\\CurrentVersion\\RunOnce\\Upd', 'T1547.001'],
  ['HKLM\\System\\CurrentControlSet\\Services\\evil\\ImagePath', 'T1543.003'],
  ['HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell', 'T1547.004'],
  ['HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Userinit', 'T1547.004'],
  [
    'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Image File Execution Options\\sethc.exe\\Debugger',
    'T1546.012',
  ],
  ['HKU\\x\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders\\Startup', 'T1547.001'],
  ['HKU\\x\\Environment\\UserInitMprLogonScript', 'T1037.001'],
  ['HKLM\\System\\CurrentControlSet\\Control\\Lsa\\Security Packages', 'T1547.005'],
])('a write to %s is found', (key, technique) => {
  expect(run([set(key)]).map((finding) => finding.mitreTechnique)).toContain(technique)
})

test('ordinary keys and reads are not', () => {
  expect(run([set('HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\DhcpIPAddress')])).toEqual([])
  expect(run([set('HKU\\x\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RunMRU\\a')])).toEqual([])
  expect(run([{ event_id: '4656', registry_key: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run' }])).toEqual(
    [],
  )
})

test('an entry that names a script host scores more, a listing less', () => {
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Upd'
  const [plain, odd] = [run([set(key)])[0], run([set(key, 'powershell -w hidden -enc AAAA')])[0]]
  expect(odd?.score).toBeGreaterThan(plain?.score ?? 100)
  expect(run([{ registry_key: key, registry_value: 'C:\\a.exe' }])[0]?.severity).toBe('low')
  expect(run([{ registry_key: key, registry_value: 'C:\\a.exe' }], { inventory: false })).toEqual([])
})

test('one finding per entry, whoever writes it, with all its rows', () => {
  const key = (sid: string) =>
    set(`HKU\\S-1-5-21-${sid}-2-3-500\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Upd`)
  expect(
    run([key('1'), key('9'), set('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Other')]).map(
      (finding) => finding.evidenceTotal,
    ),
  ).toEqual([2, 1])
})

test('writes by command line and 4657 are found, queries are not', () => {
  expect(
    run([{ command_line: 'reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v a /d calc' }])[0]
      ?.mitreTechnique,
  ).toBe('T1547.001')
  expect(run([{ command_line: 'reg query HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run' }])).toEqual([])
  expect(
    run([
      {
        event_id: '4657',
        event_type: 'Security',
        file_path: '\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run',
        registry_value: 'calc',
      },
    ])[0]?.mitreTechnique,
  ).toBe('T1547.001')
})

test('files in start-up folders are found', () => {
  expect(
    run([
      {
        event_id: '11',
        event_type: SYSMON,
        file_path: 'C:\\Users\\bob\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.lnk',
      },
    ])[0]?.mitreTechnique,
  ).toBe('T1547.001')
})

test.each([
  ['7045', 'System', { service_name: 'x', file_path: '%COMSPEC% /c echo a' }, 'T1543.003', 'critical'],
  ['4697', 'Security', { service_name: 'x', command_line: 'C:\\Program Files\\a.exe' }, 'T1543.003', 'low'],
  ['4698', 'Security', { description: '<Command>powershell</Command>' }, 'T1053.005', 'high'],
  ['4720', 'Security', { username: 'eve' }, 'T1136', 'medium'],
  ['4732', 'Security', { username: 'Administrators' }, 'T1098.007', 'high'],
  ['4728', 'Security', { username: 'Readers' }, 'T1098.007', 'low'],
] as const)('event %s of the %s log is told', (event_id, event_type, more, technique, severity) => {
  expect(run([{ event_id, event_type, ...more }])[0]).toMatchObject({ mitreTechnique: technique, severity })
})

test('entries can be left out', () => {
  const row = set(
    'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\OneDrive',
    'C:\\Users\\b\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe',
  )
  expect(run([row])).toEqual([])
  expect(run([row], { ignoreText: [] })).toHaveLength(1)
  expect(run([row], { ignoreText: [], ignoreRules: ['run-key'] })).toEqual([])
})
