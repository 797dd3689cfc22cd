import { expect, it } from 'vitest'
import { record } from '../testing/processRecords.ts'
import { hostNames } from './hostNames.ts'
import { mergeRecords } from './mergeRecords.ts'
import { parseGuid, parsePid, sameImage } from './processRecord.ts'

it('what Sysmon, the Security log and a list tell is one process with all their rows', () => {
  const all = mergeRecords([
    record({
      row: 1,
      source: 'sysmon',
      at: 10.002,
      pid: 5,
      guid: 'aaaaaaaa-bbbb-cccc-1111',
      name: 'C:\\net.exe',
      user: 'WS1\\kim',
    }),
    record({ row: 2, source: 'security', at: 10.001, pid: 5, name: 'C:\\net.exe', command: 'net user', user: 'WS1$' }),
    record({ row: 3, source: 'list', dataset: 1, at: 10, pid: 5, name: 'net.exe' }),
    record({
      row: 4,
      source: 'sysmon',
      kind: 'end',
      at: 12,
      pid: 5,
      guid: 'aaaaaaaa-bbbb-cccc-2222',
      name: 'C:\\net.exe',
    }),
    record({ row: 5, source: 'security', kind: 'end', at: 12.001, pid: 5, name: 'C:\\net.exe' }),
  ])
  expect(all).toHaveLength(1)
  expect(all[0]).toMatchObject({
    name: 'C:\\net.exe',
    command: 'net user',
    user: 'WS1\\kim',
    start: 10e6,
    end: 12.001e6,
  })
  expect(all[0]?.rows.map(({ row }) => row)).toEqual([3, 2, 1, 4, 5])
})

it('a PID that one source names twice within a second is two processes; the same export twice is one', () => {
  const twice = [
    record({ at: 10, pid: 5, name: 'net.exe' }),
    record({ at: 10.5, pid: 5, name: 'net.exe' }),
    record({ at: 11, pid: 5, name: 'cmd.exe' }),
  ]
  expect(mergeRecords(twice)).toHaveLength(3)
  expect(mergeRecords([...twice, ...twice.map((one) => ({ ...one, dataset: 1 }))])).toHaveLength(3)
})

it('what was only seen belongs to the process that lived then, or is one whose start nobody recorded', () => {
  const all = mergeRecords([
    record({ row: 1, at: 10, pid: 5, name: 'net.exe' }),
    record({ row: 2, kind: 'end', at: 20, pid: 5, name: 'net.exe' }),
    record({ row: 3, kind: 'seen', at: 15, pid: 5, name: 'net.exe' }),
    record({ row: 4, kind: 'seen', at: 5, pid: 5, name: 'net.exe' }),
    record({ row: 5, kind: 'seen', at: 40, pid: 5, name: 'net.exe' }),
    record({ row: 6, kind: 'end', at: 50, pid: 9, name: 'old.exe' }),
  ])
  expect(all.map(({ start, seen, end }) => [start, seen, end])).toEqual([
    [10e6, 10e6, 20e6],
    [null, null, 50e6],
    [null, 5e6, null],
  ])
})

it('reads PIDs and GUIDs as exports write them', () => {
  expect(['2568', '0xa08', '0x0000000000000a08', '2568.0', ' 4 '].map(parsePid)).toEqual([2568, 2568, 2568, 2568, 4])
  expect(['', '-', '-1', '0xzz', '99999999999', 'cmd'].map(parsePid)).toEqual(Array(6).fill(null))
  expect(parseGuid('{39E4A257-2D77-5F91-6B13-000000000700}')).toBe('39e4a257-2d77-5f91-6b13-000000000700')
  expect(parseGuid('{00000000-0000-0000-0000-000000000000}')).toBe('')
  expect(sameImage('C:\\Windows\\CMD.EXE', 'cmd')).toBe(true)
  expect(sameImage('systemd-journal', '/usr/lib/systemd/systemd-journald')).toBe(true)
  expect(sameImage('cmd.exe', 'cmd2.exe')).toBe(false)
})

it('a short name and the one full name that begins with it are one host', () => {
  const of = (names: string[]) => [...hostNames(names).values()]
  expect(of(['WS5', 'ws5.corp.local', 'WS5.corp.local'])).toEqual([
    'WS5.corp.local',
    'WS5.corp.local',
    'WS5.corp.local',
  ])
  expect(of(['ws5', 'ws5.a.local', 'ws5.b.local'])).toEqual(['ws5', 'ws5.a.local', 'ws5.b.local'])
  expect(of(['10.0.0.1', '10.0.0.2'])).toEqual(['10.0.0.1', '10.0.0.2'])
})
