import { expect, test } from 'vitest'
import type { Dialect } from '#contract/datasets'
import { readBeginning } from './beginning.ts'

const TEXT =
  'When,Extra,Host\n2024-01-01 10:00:00,User=bob;CommandLine=whoami;zone=x,WS1\n2024-01-01 11:00:00,User=eve,WS2\n'
const columnsOf = (dialect: Dialect, text = TEXT) => readBeginning(Buffer.from(text), true, dialect).plan.columns
const split = { how: 'key=value', between: ';' } as const
const hayabusa =
  'Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo\n' +
  '2024-01-01 10:00:00.000 +00:00,Title,high,WS1,Sec,1,1,Cmdline: whoami ¦ Proc: x.exe,a: b\n'

test('a column that the analyst takes apart gives columns that are mapped by what they are called in it', () => {
  const columns = columnsOf({ splits: { Extra: split } })
  expect(columns.map(({ name, fields, derivedFrom }) => [name, fields, derivedFrom])).toEqual([
    ['When', [], null],
    ['Extra', [], null],
    ['Host', ['hostname'], null],
    ['Extra.User', ['username'], 'Extra'],
    ['Extra.CommandLine', ['command_line'], 'Extra'],
    ['Extra.zone', [], 'Extra'],
  ])
  expect(columns[1]?.packed).toEqual(split)
})

test('a column that the profile takes apart can be left whole, or taken apart otherwise', () => {
  const parts = (dialect: Dialect) =>
    columnsOf(dialect, hayabusa).flatMap(({ name, derivedFrom }) => (derivedFrom === null ? [] : [name]))
  expect(parts({})).toEqual(['Details.Cmdline', 'Details.Proc', 'ExtraFieldInfo.a'])
  expect(parts({ splits: { Details: null } })).toEqual(['ExtraFieldInfo.a'])
  expect(parts({ splits: { Details: { how: 'key: value', between: '|' } } })).toEqual([
    'ExtraFieldInfo.a',
    'Details.Cmdline',
  ])
  // What was said of its parts waits, in files that have none as well.
  const waiting = { fields: { 'Details.Proc': [] }, first: ['Details.Proc', 'Level'], timeColumn: 'Details.At' }
  const columns = columnsOf({ splits: { Details: null }, ...waiting }, hayabusa)
  expect(columns.find(({ name }) => name === 'Level')?.first).toBe(0)
})

test('columns shown first are those that are said, in their order, whatever the profile says', () => {
  const places = (first: string[]) => columnsOf({ first }, hayabusa).map((column) => column.first ?? null)
  expect(places(['EventID', 'Details.Proc', 'EventID', 'Level'])).toEqual([
    ...[null, null, 2, null, null, 0, null, null, null, null, 1, null],
  ])
  expect(places([]).every((place) => place === null)).toBe(true)
})

test.each([
  [{ splits: { Nothing: split } }, 'dialect.splits'],
  [{ splits: { 'Extra.User': split, Extra: split } }, 'dialect.splits'],
  [{ first: ['Nothing'] }, 'dialect.first'],
  [{ fields: { 'Host.User': [] } }, 'dialect.fields'],
])('%j names what is wrong', (dialect, path) => {
  expect(() => columnsOf(dialect)).toThrow(expect.objectContaining({ code: 'invalid-input', detail: { path } }))
})

test('which text names the zone of times is told', () => {
  const zoneOf = (text: string, dialect: Dialect = {}) => {
    const [time] = columnsOf(dialect, text)
    return [time?.timeZoneSource, time?.timeZoneNamed, time?.timeZoneColumn]
  }
  const l2tcsv =
    'date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename\n01/25/2024,10:00:00,CET,M...,a,b,c,d,e,f,g,2,h\n'
  expect(zoneOf(l2tcsv)).toEqual(['text', 'column', 'timezone'])
  expect(zoneOf(l2tcsv, { timeZone: 'Asia/Tokyo' })).toEqual(['user', undefined, undefined])
  expect(zoneOf('When,a\n2024-01-01T10:00:00+02:00,b\n')).toEqual(['text', 'cell', undefined])
  expect(zoneOf('When [UTC],a\n2024-01-01 10:00:00,b\n')).toEqual(['text', 'header', undefined])
  expect(zoneOf('When,a\n2024-01-01 10:00:00,b\n')).toEqual(['assumed', undefined, undefined])
})
