import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SIDE_TABLES } from '../importer/datasetFile.ts'
import { byBytes } from './byBytes.ts'
import type { ReadDb } from './db.ts'
import { hostKeys } from './hostNames.ts'
import { sharedIocs } from './sharedIocs.ts'

const goOn = (): void => undefined
const awkward = fc.stringMatching(/^[ab\ue000\uffff😀\u0000]{1,4}$/u)

test('texts are ordered as SQLite orders them, beyond the first plane and around NULs too', () => {
  fc.assert(
    fc.property(awkward, awkward, (a, b) => {
      expect(Math.sign(byBytes(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))))
    }),
  )
})

function fileWith(values: readonly string[]): ReadDb {
  const db = new Database(':memory:')
  for (const sql of SIDE_TABLES) db.exec(sql)
  const add = db.prepare(`INSERT OR IGNORE INTO iocs VALUES ('domain', ?, 'public', 2, NULL, NULL, '[0]')`)
  for (const value of values) add.run(value)
  return Object.assign(db, { readable: true as const })
}

test('what any number of files share is what a look at all of them at once finds', () => {
  const files = fc.array(fc.array(awkward, { maxLength: 8 }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(files, fc.integer({ min: 1, max: 6 }), (all, groups) => {
      const open = all.map((values, n) => ({ db: fileWith(values), group: n % groups }))
      const { values, counts, combination, combinations, distinct } = sharedIocs(open, goOn)
      const holders = (value: string) => all.flatMap((held, n) => (held.includes(value) ? [n] : []))
      const expected = [...new Set(all.flat())]
        .filter((value) => new Set(holders(value).map((n) => n % groups)).size > 1)
        .sort(byBytes)
      expect(values).toEqual(expected)
      expect(combination.map((place) => combinations[place])).toEqual(expected.map(holders))
      expect(counts).toEqual(expected.map((value) => holders(value).length * 2))
      expect(distinct).toBe(all.reduce((sum, held) => sum + new Set(held).size, 0))
      for (const { db } of open) db.close()
    }),
    { numRuns: 60 },
  )
})

test('a cancelled question ends while files are gone through', () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `h${n}.example.com`)
  const open = [0, 1].map((group) => ({ db: fileWith(many), group }))
  const stop = (): never => {
    throw new Error('stopped')
  }
  expect(() => sharedIocs(open, stop)).toThrow('stopped')
  for (const { db } of open) db.close()
})

test('a host is one under all its names, and two hosts of one short name stay two', () => {
  const keys = (...names: string[]) => Object.fromEntries(hostKeys(names))
  expect(keys('ws1', 'WS1.corp.example.com.', 'CORP\\ws1', '\\\\WS1', 'WS1$')).toEqual({
    ws1: 'WS1',
    'WS1.corp.example.com.': 'WS1',
    'CORP\\ws1': 'WS1',
    '\\\\WS1': 'WS1',
    WS1$: 'WS1',
  })
  expect(keys('web', 'web.a.example', 'WEB.b.example', 'A\\web', 'C\\web')).toEqual({
    web: 'WEB',
    'web.a.example': 'WEB.A.EXAMPLE',
    'WEB.b.example': 'WEB.B.EXAMPLE',
    'A\\web': 'WEB.A.EXAMPLE',
    'C\\web': 'C\\WEB',
  })
  expect(keys('10.0.0.1', '10.0.0.2', 'fe80::1')).toEqual({
    '10.0.0.1': '10.0.0.1',
    '10.0.0.2': '10.0.0.2',
    'fe80::1': 'FE80::1',
  })
})
