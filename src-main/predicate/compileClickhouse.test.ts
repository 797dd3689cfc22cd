import { expect, it } from 'vitest'
import type { ClickhouseColumn } from './clickhouseCell.ts'
import { compileClickhouse } from './compileClickhouse.ts'
import { parseQuery } from './parseQuery.ts'
import type { Predicate } from './predicate.ts'

// That ClickHouse finds the same rows as SQLite is for test/predicates; here: what is sent to it at all.

const column = (name: string, type: string, more: Partial<ClickhouseColumn> = {}): ClickhouseColumn => ({
  name,
  header: name,
  fields: [],
  type,
  ...more,
})
const columns = [
  column('at', 'DateTime'),
  column('src', 'IPv6', { fields: ['src_ip'] }),
  column('odd`\\ name', 'LowCardinality(Nullable(String))'),
  column('hits', 'UInt64'),
]
const compile = (q: string | Predicate) =>
  compileClickhouse(typeof q === 'string' ? parseQuery(q) : q, { columns, timeColumn: 'at' })

it('everything is no condition', () => {
  expect(compile('')).toEqual({ text: '1', params: {} })
})

it('values are parameters, each once, and never in the text', () => {
  const { text, params } = compile(
    `"it's" OR "it's" OR hits:"'; DROP" OR src_ip:10.0.0.0/8 OR hits:/q+x/ OR hits:[0.25 TO 77]`,
  )
  expect(text).not.toMatch(/it's|DROP|10\.|q\+x|0\.25|77/)
  expect(Object.values(params).filter((value) => value === "it's")).toHaveLength(1)
  for (const name of Object.keys(params)) expect(text).toContain(`{${name}:`)
  expect([...text.matchAll(/\{(p\d+):/g)].every(([, name]) => Object.hasOwn(params, name ?? ''))).toBe(true)
})

it('names are quoted with what is special in them', () => {
  expect(compile('odd*').text).toContain('`odd\\`\\\\ name`')
})

it('fields outside the list are refused with their place', () => {
  expect(() => compile('x password:secret')).toThrow(
    expect.objectContaining({ code: 'invalid-input', detail: expect.objectContaining({ at: 2, column: 'password' }) }),
  )
})

it('a time column is compared as it is stored, so that its index helps', () => {
  expect(compile('timestamp:[2019-01-15 TO 2019-01-15]')).toEqual({
    text: 'ifNull((`at` >= toDateTime({p0:UInt32}) AND `at` <= toDateTime({p1:UInt32})), 0)',
    params: { p0: 1_547_510_400, p1: 1_547_596_799 },
  })
  expect(compile({ op: 'time', from: null, to: 1_547_510_400_000_001 })).toMatchObject({
    params: { p0: 1_547_510_400 },
  })
  // Before 1970 there is nothing in a column of seconds.
  expect(compile('_time:<1969')).toEqual({ text: '0', params: {} })
})

it('a table without a row time has no rows in any stretch of time', () => {
  const table = { columns, timeColumn: null }
  expect(compileClickhouse({ op: 'time', from: 0, to: null }, table).text).toBe('0')
})

it('what no engine should be asked is refused', () => {
  const many: Predicate = { op: 'or', parts: Array.from({ length: 2_000 }, () => ({ op: 'all' as const })) }
  const deep = Array.from({ length: 200 }).reduce<Predicate>((part) => ({ op: 'not', part }), { op: 'all' })
  const on = (test: Extract<Predicate, { op: 'match' }>['test']): Predicate => ({ op: 'match', field: null, test })
  for (const tree of [many, deep, on({ kind: 'contains', text: 'x'.repeat(20_000) })])
    expect(() => compile(tree)).toThrow(expect.objectContaining({ code: 'too-large' }))
  for (const tree of [
    on({ kind: 'regex', source: '(' }),
    on({ kind: 'regex', source: '' }),
    on({ kind: 'cidr', network: '10.0.0.0/99' }),
  ])
    expect(() => compile(tree)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  const wide = Array.from({ length: 5_000 }, (_, n) => column(`column number ${n}`, 'String'))
  expect(() => compileClickhouse(parseQuery('a b c d e'), { columns: wide, timeColumn: null })).toThrow(
    expect.objectContaining({ code: 'too-large' }),
  )
})
