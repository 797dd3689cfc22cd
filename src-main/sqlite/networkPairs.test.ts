import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Column } from '#contract/datasets'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles, datasetPath, type DatasetFiles, type DatasetHandle } from './datasetFiles.ts'
import { pairsBySqlite, valuesBySqlite } from './pairsBySqlite.ts'
import { prepareSegments } from './prepareSegments.ts'
import { endsOf, type CountedPairs, type PairQuestion } from './queries/networkPairs.read.ts'

// Pairs are counted by codes in memory and, where that cannot be, by SQLite: both say the same, and nothing is lost.

/** Columns of at most 4,095 values have codes in the file; of others they are made of its pages. */
const ROWS = 8_400
let folder: string
let files: DatasetFiles
let cancelled = false

/** Sources of few and of very many values, signs for nothing, values that differ by case or blanks only, odd numbers of bytes. */
function lines(): string[] {
  let state = 7
  const below = (most: number): number => ((state = (state * 48_271) % 2_147_483_647) / 2_147_483_647) * most
  const odd = ['-', '', '(empty)', 'a"b', "x'; DROP TABLE rows", 'é', 'É', 'long '.repeat(50), '<script>', '007', '7']
  const cell = (most: number): string => {
    const n = Math.floor(below(most))
    return n < odd.length ? (odd[n] ?? '') : `10.0.${n >> 8}.${n & 255}`
  }
  return Array.from({ length: ROWS }, (_, n) => {
    const time = n % 11 === 0 ? '' : new Date(Date.UTC(2024, 0, 1) + Math.floor(below(86_400_000))).toISOString()
    const cells = [
      time,
      cell(n % 2 === 0 ? 60_000 : 90),
      cell(40),
      cell(60_000),
      ['12', '', '-', '1.5', '007', '-3', '99'][n % 7] ?? '',
    ]
    return [...cells, String(n % 900), n % 3 === 0 ? 'True' : 'false']
      .map((text) => `"${text.replaceAll('"', '""')}"`)
      .join(',')
  })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-pairs-'))
  const path = join(folder, 'a.csv')
  writeFileSync(path, `ts,src_ip,user,dst_ip,orig_bytes,resp_bytes,Initiated\n${lines().join('\n')}\n`)
  await importFile(
    { path, name: 'a.csv', dialect: {}, target: datasetPath(folder, 'd') },
    { cancelled: () => false, progress: () => undefined },
  )
  files = createDatasetFiles(folder, () => cancelled)
  prepareSegments(files.open('d'))
}, 30_000)
afterAll(() => {
  files.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

const column = (handle: DatasetHandle, name: string): Column => {
  const found = handle.columns.find((one) => one.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
/** One line a pair with its rows, however often it is told: of several columns a text has a code for each. */
function rowsOf(pairs: CountedPairs['pairs']): string {
  const rows = new Map<string, number>()
  for (const { from, to, count } of pairs) rows.set(`${from}\n${to}`, (rows.get(`${from}\n${to}`) ?? 0) + count)
  return JSON.stringify([...rows].sort())
}
const exactly = (pairs: CountedPairs['pairs']): string =>
  JSON.stringify(pairs.map((pair) => JSON.stringify(pair)).sort())

it.each<[string, Partial<Record<'from' | 'to' | 'bytes', string[][]>>, { q?: string; from?: string }, boolean]>([
  ['few and very many values', { from: [['user']], to: [['dst_ip']] }, {}, false],
  [
    'very many on both sides, narrowed by words and time',
    { from: [['src_ip']], to: [['dst_ip']] },
    { q: '10.0.1', from: '2024-01-01T08:00:00Z' },
    false,
  ],
  [
    'the first of several columns that says something',
    { from: [['user', 'src_ip']], to: [['dst_ip', 'user']] },
    {},
    false,
  ],
  [
    'two fields as one end, bytes of several columns',
    { from: [['user'], ['src_ip']], to: [['dst_ip']], bytes: [['orig_bytes'], ['resp_bytes']] },
    {},
    false,
  ],
  ['only rows of some words', { from: [['src_ip']], to: [['user']] }, {}, true],
])('by codes as by SQLite: %s', (_name, ends, filter, only) => {
  const handle = files.open('d')
  const of = (groups: string[][] = []): Column[][] => groups.map((names) => names.map((name) => column(handle, name)))
  const question: PairQuestion = {
    ...{ from: of(ends.from), to: of(ends.to), bytes: of(ends.bytes), most: 1e6 },
    axis: { start: Date.UTC(2024, 0, 1) * 1_000, size: 3_600e6 },
    only: only ? { columns: [column(handle, 'Initiated')], words: ['TRUE', 'yes'] } : null,
  }
  const [coded, counted] = [endsOf(handle, filter).pairs(question), pairsBySqlite(handle, filter, question)]
  expect(counted.pairs.length).toBeGreaterThan(20)
  const told = question.from.concat(question.to).some((group) => group.length > 1) ? rowsOf : exactly
  expect(told(coded.pairs) === told(counted.pairs)).toBe(true)
  expect([coded.rare, coded.others]).toEqual([[], { from: 0, to: 0 }])
})

const valueRows = (values: readonly { value: string; rows: number }[]): string =>
  rowsOf(values.map(({ value, rows }) => ({ from: value, to: '', count: rows, ...NOT_ASKED })))
const NOT_ASKED = { bytes: null, first: null, last: null, times: [] }

it('values of an end by codes as by SQLite; of several columns a value is told once for each', () => {
  const handle = files.open('d')
  for (const names of [['user'], ['src_ip', 'user']]) {
    const end = [names.map((name) => column(handle, name))]
    for (const filter of [{}, { q: 'user:10.0*' }]) {
      const coded = endsOf(handle, filter).values(end, 1e6)
      const counted = valuesBySqlite(handle, filter, end, 1e6)
      expect(valueRows(coded) === valueRows(counted)).toBe(true)
      expect(coded.length).toBe(names.length === 1 ? new Set(coded.map(({ value }) => value)).size : coded.length)
    }
  }
})

it('whatever the number that is told by itself: told and rare are all, in pairs, rows, bytes and times', () => {
  const handle = files.open('d')
  const ends = endsOf(handle, {})
  const question = {
    ...{ from: [[column(handle, 'src_ip')]], to: [[column(handle, 'user')]], bytes: [[column(handle, 'orig_bytes')]] },
    axis: { start: Date.UTC(2024, 0, 1) * 1_000, size: 3_600e6 },
  }
  const sums = ({ pairs, rare }: CountedPairs) => {
    const seen = [...pairs.map((pair) => ({ ...pair, pairs: 1 })), ...rare]
    const sum = (of: (one: (typeof seen)[number]) => number): number => seen.reduce((all, one) => all + of(one), 0)
    return {
      ...{ pairs: sum((one) => one.pairs), rows: sum((one) => one.count), bytes: sum((one) => one.bytes ?? 0) },
      times: sum((one) => one.times.reduce((all, [, count]) => all + count, 0)),
      first: Math.min(...seen.flatMap(({ first }) => first ?? [])),
    }
  }
  const all = ends.pairs({ ...question, most: 1e6 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: all.pairs.length + 5 }), (most) => {
      const found = ends.pairs({ ...question, most })
      expect(sums(found)).toEqual(sums(all))
      expect(found.pairs.length).toBe(Math.min(most, all.pairs.length))
      const named = new Set(found.pairs.map(({ from }) => from))
      const missing = new Set(all.pairs.map(({ from }) => from).filter((from) => !named.has(from)))
      expect(found.others.from).toBe(missing.size)
      expect(found.rare.length).toBeLessThanOrEqual(2 * most + 1)
      expect(sums(pairsBySqlite(handle, {}, { ...question, most })).rows).toBe(sums(all).rows)
    }),
    { numRuns: 3 },
  )
})

it('stops where the call was cancelled', () => {
  const handle = files.open('d')
  cancelled = true
  const end = [[column(handle, 'user')]]
  expect(() => endsOf(handle, {}).pairs({ from: end, to: end, bytes: [], axis: null, most: 10 })).toThrow(
    expect.objectContaining({ code: 'cancelled' }),
  )
  cancelled = false
})
