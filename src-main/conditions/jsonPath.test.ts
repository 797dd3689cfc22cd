import { expect, it } from 'vitest'
import { jsonOf, textsAt } from './jsonPath.ts'

const at = (json: string, ...path: string[]): string[] => textsAt(jsonOf(json), path)

it('follows keys in any case, list places and lists as a whole', () => {
  const cell = '{"a":[{"B":1},{"b":"x"}],"n":null,"t":true}'
  expect(at(cell, 'a', '*', 'b')).toEqual(['1', 'x'])
  expect(at(cell, 'a', 'b')).toEqual(['1', 'x'])
  expect(at(cell, 'A', '1', 'b')).toEqual(['x'])
  expect(at(cell, 't')).toEqual(['true'])
  expect(at(cell, 'n')).toEqual([])
  expect(at(cell, 'missing', 'b')).toEqual([])
  expect(at('["a",2]', '*')).toEqual(['a', '2'])
})

it('reaches named values in lists, and JSON inside JSON', () => {
  expect(at('{"P":[{"Name":"ForwardTo","Value":"x@y"},{"Name":"Force","Value":"True"}]}', 'P', 'forwardto')).toEqual([
    'x@y',
  ])
  expect(at('{"P":[{"Name":"Role","Value":"Admin"}]}', 'P', '*', 'role')).toEqual(['Admin'])
  expect(at(JSON.stringify({ AuditData: JSON.stringify({ Role: '["Admin"]' }) }), 'AuditData', 'Role', '0')).toEqual([
    'Admin',
  ])
})

it('what is nested can be searched as text and by its elements', () => {
  expect(at('{"roles":["Reader","Owner"]}', 'roles')).toEqual(['["Reader","Owner"]', 'Reader', 'Owner'])
})

it('gives nothing for what is no JSON, too long or too deep, and nothing of the prototype', () => {
  expect(at("{'user': 'x'}", 'user')).toEqual([])
  expect(jsonOf(`[${'1,'.repeat(600_000)}1]`)).toBeUndefined()
  expect(at(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'a').length).toBe(0)
  expect(at(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'a').length).toBe(1)
  expect(at('{"a":1}', 'constructor')).toEqual([])
  expect(at('{"a":{}}', 'a', '__proto__')).toEqual([])
  expect(at(`[${Array.from({ length: 5_000 }, () => '{"a":1}').join()}]`, 'a')).toHaveLength(1_000)
})
