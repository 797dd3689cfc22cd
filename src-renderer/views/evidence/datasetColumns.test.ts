import { describe, expect, it } from 'vitest'
import type { Column } from '#contract/datasets'
import { columnEntity, columnTitle, queryName } from './datasetColumns.ts'
import { inReadingOrder } from '../../ui/readingOrder.ts'

const column = (name: string, position: number, more: Partial<Column> = {}): Column => ({
  position,
  name,
  header: name,
  type: 'text',
  fields: [],
  ioc: null,
  derivedFrom: null,
  iocsInText: [],
  timeFormat: null,
  timeZone: null,
  timeZoneSource: null,
  filled: 5,
  ...more,
})
const columns = [
  column('', 0, { name: 'column_1' }),
  column('Account', 1, { fields: ['username'] }),
  column('Empty', 2, { filled: 0, fields: ['domain'] }),
  column('When', 3, { type: 'time', fields: ['timestamp'] }),
  column('Host', 4, { fields: ['hostname'], ioc: 'hostname' }),
]

describe('columns of a dataset', () => {
  it('begin with the time, the host and what else an analyst reads first; empty ones come last', () => {
    expect(inReadingOrder(columns, 'When').map((one) => one.name)).toEqual([
      'When',
      'Host',
      'Account',
      'column_1',
      'Empty',
    ])
  })

  it('that are mostly empty stand behind those that say something about every row', () => {
    const some = [
      column('Image', 0, { fields: ['process_name'], filled: 90 }),
      column('Id', 1, { fields: ['event_id'], filled: 1_000 }),
      column('x', 2, { filled: 1_000 }),
    ]
    expect(inReadingOrder(some, null).map((one) => one.name)).toEqual(['Id', 'Image', 'x'])
  })

  it('that the profile shows first stand before all others, those that are mostly empty behind them', () => {
    const some = [
      column('Image', 0, { fields: ['process_name'] }),
      column('RuleTitle', 1, { first: 1 }),
      column('Rare', 2, { first: 0, filled: 5 }),
      column('Level', 3, { first: 2, fields: ['severity'] }),
      column('When', 4, { first: 3, type: 'time' }),
      column('Host', 5, { fields: ['hostname'] }),
    ].map((one) => (one.name === 'Rare' ? one : { ...one, filled: 100 }))
    expect(inReadingOrder(some, 'When').map((one) => one.name)).toEqual([
      'When',
      'RuleTitle',
      'Level',
      'Host',
      'Image',
      'Rare',
    ])
  })

  it('are called by their field, else by their header, else by their name', () => {
    expect(columns.map(columnTitle)).toEqual(['column_1', 'username', 'domain', 'timestamp', 'hostname'])
  })

  it('carry the mark of what they hold', () => {
    expect(columns.map(columnEntity)).toEqual([undefined, 'user', undefined, undefined, 'host'])
  })

  it('are named in a query by the field only where that means nothing else', () => {
    expect(queryName(columns[4]!, columns)).toBe('hostname')
    const two = [...columns, column('Caller', 5, { fields: ['username'] })]
    expect(queryName(two[1]!, two)).toBe('Account')
    const taken = [...columns, column('hostname', 5)]
    expect(queryName(taken[4]!, taken)).toBe('Host')
  })
})
