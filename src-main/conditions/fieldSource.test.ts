import { expect, it } from 'vitest'
import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import { fieldSource } from './fieldSource.ts'

const column = (name: string, position: number, fields: CanonicalField[] = [], more: Partial<Column> = {}): Column => ({
  ...{ position, name, header: name, derivedFrom: null, type: 'text', fields, ioc: null, iocsInText: [] },
  ...{ timeFormat: null, timeZone: null, timeZoneSource: null, filled: 1, ...more },
})
const columns = [
  column('UserId', 0, ['username']),
  column('Actor', 1, ['username']),
  column('AuditData', 2),
  column('Empty', 3, [], { filled: 0 }),
  column('a.b', 4),
  column('AuditData.Workload', 5, [], { derivedFrom: 'AuditData' }),
]
const layout = { columns, order: new Map([['username', [1, 0]]]) }
const found = (field: string): [string[], readonly string[] | null] | null => {
  const source = fieldSource(field, layout)
  return source && [source.columns.map(({ name }) => name), source.path]
}

it('finds columns by name in any case, canonical fields best first, and keys of packed columns', () => {
  expect(found('userid')).toEqual([['UserId'], null])
  expect(found('username')).toEqual([['Actor', 'UserId'], null])
  expect(found('workload')).toEqual([['AuditData.Workload'], null])
  expect(found('A.B')).toEqual([['a.b'], null])
})

it('follows a path from the longest name that is a column', () => {
  expect(found('AuditData.Items[0].Name')).toEqual([['AuditData'], ['Items', '0', 'Name']])
  expect(found('a.b.c[]')).toEqual([['a.b'], ['c', '*']])
  expect(found('Items[].Name')).toEqual([['AuditData'], ['Items', '*', 'Name']])
})

it('takes the first of several names that the dataset has with anything in it', () => {
  expect(found('Missing | Empty | UserId')).toEqual([['UserId'], null])
  expect(found('Missing | Empty')).toEqual([['Empty'], null])
  expect(found('Not.There | Actor')).toEqual([['Actor'], null])
  expect(found('Missing')).toBeNull()
  expect(found('|')).toBeNull()
})
