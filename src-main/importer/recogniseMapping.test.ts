import { expect, test } from 'vitest'
import type { Reading } from '#contract/datasets'
import { chosenMapping, mappingFault, recogniseMappings, type OwnMapping } from './recogniseMapping.ts'

const mapping = (header: string, reading: Reading, more: Partial<OwnMapping> = {}): OwnMapping => ({
  ...{ id: header, name: header, headers: header.split(','), reading, exact: false, updatedAt: '2026-01-01' },
  ...more,
})
const PROXY = 'When,Who,Asked for,Code,Extra'
const proxy = mapping(PROXY, {
  timeColumn: 'When',
  timeZone: 'Europe/Berlin',
  fields: { Who: ['username'], 'Asked for': ['url'], 'Extra.Cmd': ['command_line'], Code: [] },
  splits: { Extra: { how: 'key=value', between: ';' } },
  first: ['Who', 'Code'],
})
const found = (header: string, ...mappings: OwnMapping[]) => recogniseMappings(header.split(','), mappings)
const names = (header: string, ...mappings: OwnMapping[]) => found(header, ...mappings).map(({ name }) => name)

test.each([
  ['Who,When,Extra,Asked for,Code', 'The 4 columns that it uses are there'],
  ['When,Who,Asked for,Extra', 'The 4 columns that it uses are there; not here: Code'],
  ['When,Who,Asked for,Code,Extra,Zone', 'The 4 columns that it uses are there; new: Zone'],
  [
    'Row,WHEN,who,asked for,Extra,A,B,C,D,E,F',
    'The 4 columns that it uses are there; not here: Code; new: Row, A, B and 4 more',
  ],
])('%s is recognised: %s', (header, reason) => {
  expect(found(header, proxy)).toMatchObject([{ reason }])
})

test('what it says is said in the names of the file, without what is not there', () => {
  expect(found('WHEN,who,asked for,extra', proxy)[0]?.reading).toEqual({
    timeColumn: 'WHEN',
    timeZone: 'Europe/Berlin',
    fields: { who: ['username'], 'asked for': ['url'], 'extra.Cmd': ['command_line'] },
    splits: { extra: { how: 'key=value', between: ';' } },
    first: ['who'],
  })
})

test.each([
  ['When,Who,Code,Extra', 'a column that it uses is missing'],
  ['When,Who,Asked for,Code,Extra,A,B,C,D,E,F,G,H,I,J,K', 'most columns are of something else'],
  ['Asked,Who', 'next to nothing is there'],
  ['', 'there is no header'],
])('%s is not: %s', (header) => {
  expect(names(header, proxy)).toEqual([])
})

test('of several that fit, the very same headers go first, then the one that uses most columns, then the newest', () => {
  const [who, both, newer, same] = [
    mapping('When,Who,Code', { fields: { Who: ['username'] } }, { name: 'who' }),
    mapping('When,Who,Code,More', { fields: { Who: ['username'], Code: ['status'] } }, { name: 'both' }),
    mapping(
      'When,Who,Code,Less',
      { fields: { Who: ['user_id'], Code: ['status'] } },
      { name: 'newer', updatedAt: '2026-02-01' },
    ),
    mapping('When,Who,Code,Same', { timeZone: 'Asia/Tokyo' }, { name: 'same', exact: true }),
  ]
  expect(names('When,Who,Code,Same', who, both, newer, same)).toEqual(['same', 'newer', 'both', 'who'])
})

const SYSMON = 'UtcTime,ProcessGuid,ProcessId,Image,CommandLine,User,ParentImage,Hashes'
const CONN =
  'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state,history'

test('a mapping of one tool, or of none, never takes a file of another tool', () => {
  const unknown = mapping('UtcTime,User,Image,Other', { fields: { User: ['user_id'], Image: ['file_path'] } })
  expect(names('UtcTime,User,Image,More', unknown)).toHaveLength(1)
  expect(names(SYSMON, unknown)).toEqual([])
  const ofSysmon = mapping(SYSMON, { fields: { User: ['user_id'] } })
  expect(names(`${SYSMON},Company`, ofSysmon)).toHaveLength(1)
  expect(names(SYSMON.replace('Hashes', 'Company'), ofSysmon)).toHaveLength(1)
  // The same words in a table that nobody knows: it is still most of that file.
  expect(names('UtcTime,ProcessId,Image,CommandLine,User', ofSysmon)).toHaveLength(1)
})

test('one that names no column holds for files of its tool, or the very same headers', () => {
  const zone = { timeZone: 'Asia/Tokyo' }
  expect(found(`${CONN},extra`, mapping(CONN, zone))).toMatchObject([
    { reason: 'It was made for Zeek conn, as this file is; new: extra' },
  ])
  expect(names(SYSMON, mapping(CONN, zone))).toEqual([])
  expect(names('When,Box,Ran', mapping('When,Box,Run', zone))).toEqual([])
  expect(names('When,Box,Run', mapping('', zone, { headers: [], exact: true }))).toHaveLength(1)
  expect(names('When,Box,Run', mapping('', { timeColumn: 'When' }, { headers: [] }))).toEqual([])
})

test('one that was chosen says what it can, and what not', () => {
  expect(chosenMapping(['Who', 'Number'], proxy)).toMatchObject({
    reason: 'Chosen by you. Not in this file: When, Asked for, Extra',
    reading: { fields: { Who: ['username'] }, splits: {}, first: ['Who'], timeZone: 'Europe/Berlin' },
  })
})

test('columns with dots in their names and parts of packed ones are told apart', () => {
  const dotted = mapping('a.b,a.b.c,x', {
    fields: { 'a.b.c': ['url'], 'a.b.d': ['username'] },
    splits: { 'a.b': { how: 'json', between: '' } },
  })
  expect(names('a.b,x', dotted)).toEqual([])
  expect(found('a_b,a.b.c,y', dotted)[0]?.reading.fields).toEqual({ 'a.b.c': ['url'], 'a_b.d': ['username'] })
})

test('what cannot hold here is named', () => {
  expect(mappingFault(['a'], { profile: 'nobody' })).toMatchObject({ path: 'reading.profile' })
  expect(mappingFault(['a'], { timeZone: 'Moon/Base' })).toMatchObject({ path: 'reading.timeZone' })
  expect(mappingFault(['a'], { fields: { b: ['url'] } })).toMatchObject({ path: 'reading' })
  expect(mappingFault(['a'], { fields: { a: ['url'], 'a.x': ['url'] }, profile: '', timeZone: '+02:00' })).toBeNull()
})

test('thousands of columns and hostile names cost no time', () => {
  const headers = Array.from({ length: 9_000 }, (_, n) => `column.${n}`)
  const fields = Object.fromEntries(headers.slice(0, 3_000).map((name) => [name, ['url' as const]]))
  const wide = mapping(
    '',
    { fields, timeColumn: `${'.'.repeat(400)}x` },
    { headers: ['__proto__', 'constructor', ...headers] },
  )
  expect(recogniseMappings(headers, [wide, { ...wide, reading: { fields } }])).toHaveLength(1)
})
