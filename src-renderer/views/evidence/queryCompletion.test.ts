import { expect, it } from 'vitest'
import type { Column } from '#contract/datasets'
import { completionPlace, fieldCompletions, valueCompletions } from './queryCompletion.ts'

const column = (position: number, name: string, fields: Column['fields'], filled = 10): Column => ({
  position,
  name,
  header: name,
  derivedFrom: null,
  type: 'text',
  fields,
  ioc: null,
  iocsInText: [],
  timeFormat: null,
  timeZone: null,
  timeZoneSource: null,
  filled,
})
const columns = [
  column(0, 'Computer', ['hostname']),
  column(1, 'CommandLine', ['command_line']),
  column(2, 'ParentCommandLine', ['parent_command_line']),
  column(3, 'Source IP', ['src_ip']),
  column(4, 'Nothing', [], 0),
]

it.each([
  ['comm', { kind: 'field', typed: 'comm', from: 0, to: 4 }],
  ['a AND comm', { kind: 'field', typed: 'comm', from: 6, to: 10 }],
  ['a (-co', { kind: 'field', typed: 'co', from: 4, to: 6 }],
  ['user:ad', { kind: 'value', field: 'user', typed: 'ad', from: 0, to: 7 }],
  ['a -"Source IP":"10.', { kind: 'value', field: 'Source IP', typed: '10.', from: 3, to: 19 }],
  ['user:"two wor', { kind: 'value', field: 'user', typed: 'two wor', from: 0, to: 13 }],
  ['user:', { kind: 'value', field: 'user', typed: '', from: 0, to: 5 }],
  ['', { kind: 'field', typed: '', from: 0, to: 0 }],
  ['"net us', null],
  ['pid:[10', null],
  ['cmd:/net', null],
  ['adm*', null],
])('at the end of %j', (query, place) => expect(completionPlace(query, query.length)).toEqual(place))

it('in the middle of a word the whole word is replaced', () =>
  expect(completionPlace('a comm b', 4)).toEqual({ kind: 'field', typed: 'co', from: 2, to: 6 }))

it('fields are offered by field and by column, those that begin with what was typed first', () => {
  expect(fieldCompletions('comm', columns).map(({ label }) => label)).toEqual([
    'command_line',
    'CommandLine',
    'parent_command_line',
    'ParentCommandLine',
  ])
  expect(fieldCompletions('src', columns)[0]).toMatchObject({ text: 'src_ip:', note: 'Source IP, text' })
  expect(fieldCompletions('source', columns)[0]?.text).toBe('"Source IP":')
  expect(fieldCompletions('', columns).at(-1)?.label).toBe('NOT')
  expect(fieldCompletions('AN', columns).at(-1)?.text).toBe('AND ')
})

it('values are written so that they are found again', () => {
  const values = [
    { value: 'CORP\\bob "x"', count: 3 },
    { value: 'alice', count: 2 },
    { value: null, count: 9 },
  ]
  const found = valueCompletions({ field: 'Source IP', typed: 'BO' }, columns[3], values, String)
  expect(found[0]).toEqual({
    text: '"Source IP":"CORP\\\\bob \\"x\\"" ',
    label: 'CORP\\bob "x"',
    section: 'Values',
    note: '3',
  })
  expect(
    valueCompletions({ field: 'pid', typed: '' }, undefined, values, String).map(({ section }) => section),
  ).toContain('Operators')
})
