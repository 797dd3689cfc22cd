import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles, datasetPath, type DatasetFiles } from './datasetFiles.ts'
import { count, facets, histogram } from './queries/rows.read.ts'
import { viewOf, type RowFilter } from './rowView.ts'

// Queries over a real dataset file give the rows that a reader of the same cells would pick by hand.

const ROWS = [
  ['2019-01-15 05:00:00', 'WS1', 'CORP\\alice', '10.0.0.5', '1000', 'net user bob /add'],
  ['2019-01-15 06:00:00.5', 'WS2', 'CORP\\bob', '10.1.0.5', '2000', 'powershell -enc AAAA'],
  ['2019-01-16 00:00:00', 'ws1', '', '192.168.1.7', '007', 'cmd /c echo 50%_done'],
  ['', 'SRV', 'alice', '2001:db8::1', '', 'C:\\Windows\\System32\\cmd.exe'],
  ['2020-02-01T00:00:00Z', 'SRV', 'eve', '', '1.50', ''],
]
let folder: string
let files: DatasetFiles
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-view-'))
  const path = join(folder, 'a.csv')
  const quoted = ROWS.map((row) => row.map((cell) => `"${cell}"`).join(','))
  writeFileSync(path, `TimeGenerated,Computer,User,src_ip,Pid,CommandLine\n${quoted.join('\n')}\n`)
  await importFile(
    { path, name: 'a.csv', dialect: {}, target: datasetPath(folder, 'd') },
    { cancelled: () => false, progress: () => undefined },
  )
  files = createDatasetFiles(folder, () => false)
})
afterAll(() => {
  files.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

const rowsOf = (q: string): number[] => [...(viewOf(files.open('d'), { q }) ?? [1, 2, 3, 4, 5])]

it.each<[string, number[]]>([
  ['', [1, 2, 3, 4, 5]],
  ['NET', [1]],
  ['alice', [1, 4]],
  ['alice OR eve', [1, 4, 5]],
  ['alice -SRV', [1]],
  ['NOT (alice OR eve)', [2, 3]],
  ['hostname:ws1', [1, 3]],
  ['Computer:"WS1"', [1, 3]],
  ['Computer:W*1', [1, 3]],
  ['User:?lice', [4]],
  ['User:*', [1, 2, 4, 5]],
  ['NOT User:*', [3]],
  ['Pid:[1000 TO 2000]', [1, 2]],
  ['Pid:{1000 TO 2000]', [2]],
  ['Pid:<10', [3, 5]],
  ['Pid:>=1.5', [1, 2, 3, 5]],
  ['src_ip:10.0.0.0/8', [1, 2]],
  ['src_ip:2001:db8::/32', [4]],
  ['10.0.0.0/8', [1, 2]],
  ['NOT 2001:db8::/32', [1, 2, 3, 5]],
  ['timestamp:>=now-1d', []],
  ['timestamp:<=now', [1, 2, 3, 5]],
  ['NOT src_ip:0.0.0.0/0', [4, 5]],
  ['CommandLine:/^net1? user/', [1]],
  ['/system32.cmd/', [4]],
  ['50%_d', [3]],
  ['User:""', [3]],
  ['CommandLine:"" OR Pid:""', [4, 5]],
  ['po*sh*-e*a*a', [2]],
  ['timestamp:2019-01-15', [1, 2]],
  ['timestamp:[2019-01-15 TO 2019-01-15]', [1, 2]],
  ['timestamp:[2019-01-15T06:00:00.5Z TO *]', [2, 3, 5]],
  ['timestamp:{2019-01-15 TO 2020}', [3]],
  ['_time:<2019-01-15T06:00', [1]],
  ['NOT _time:*', [4]],
])('%s finds rows %j', (q, rows) => {
  expect(rowsOf(q)).toEqual(rows)
  expect(count(files.open('d'), { q })).toBe(rows.length)
})

it.each<[RowFilter, number[]]>([
  [{ from: '2019-01-15T06:00:00.5Z' }, [2, 3, 5]],
  [{ to: '2019-01-15T06:00:00.5Z' }, [1]],
  [{ from: '2019-01-15T05:00:00Z', to: '2019-01-16T00:00:00Z' }, [1, 2]],
  [{ from: '2019-01-15T05:00:00.000001Z', to: '2019-01-15T06:00:00.500001Z' }, [2]],
  [{ q: 'WS1', from: '2019-01-15T12:00:00Z' }, [3]],
  [{ q: 'WS1 OR SRV', to: '2019-12-31T00:00:00Z' }, [1, 3]],
  [{ from: '2021-01-01T00:00:00Z' }, []],
  [{ from: '2019-01-16T00:00:00Z', to: '2019-01-15T00:00:00Z' }, []],
])('%j narrows to rows %j, whatever asks', (filter, rows) => {
  const handle = files.open('d')
  expect([...(viewOf(handle, filter) ?? [])]).toEqual(rows)
  expect(count(handle, filter)).toBe(rows.length)
  expect(facets(handle, { ...filter, column: 'Computer', limit: 10 }).total).toBe(rows.length)
  const drawn = histogram(handle, { ...filter, buckets: 20 })
  expect(drawn.buckets.reduce((sum, bucket) => sum + bucket.rows, 0)).toBe(rows.length)
  expect(drawn.rowsWithoutTime).toBe(0)
})

it('a stretch of time is the axis of its histogram, a query is not', () => {
  const handle = files.open('d')
  const stretch = { from: '2019-01-15T05:00:00Z', to: '2019-01-15T07:00:00Z' }
  const whole = histogram(handle, { buckets: 60 })
  expect(histogram(handle, { q: 'WS1', buckets: 60 })).toMatchObject({ from: whole.from, to: whole.to })
  expect(histogram(handle, { ...stretch, buckets: 60 })).toEqual({
    from: '2019-01-15T05:00:00.000Z',
    to: '2019-01-15T07:00:00.000Z',
    bucketSeconds: 120,
    buckets: [
      { start: '2019-01-15T05:00:00.000Z', rows: 1 },
      { start: '2019-01-15T06:00:00.000Z', rows: 1 },
    ],
    rowsWithoutTime: 0,
  })
  expect(whole.rowsWithoutTime).toBe(1)
})

it('names an unknown column with its place', () => {
  expect(() => rowsOf('a comandline:x')).toThrow('character 3. Write CommandLine:value.')
  expect(() => rowsOf('a nobody:x')).toThrow(
    expect.objectContaining({ code: 'invalid-input', detail: expect.objectContaining({ at: 2 }) }),
  )
})

it('a patient pattern ends on a long cell', () => {
  expect(rowsOf(`${'*a'.repeat(20)}b`)).toEqual([])
  expect(rowsOf('/(a+)+$/ AND zzz')).toEqual([])
})

it('NOT is the complement, OR the union, AND the intersection, whatever the parts', () => {
  const part = fc.constantFrom(
    'alice',
    'WS',
    'User:*',
    'Pid:>5',
    'src_ip:10.0.0.0/8',
    '/e.*e/',
    'timestamp:[2019 TO 2019]',
    'Computer:"SRV"',
    'zzz',
  )
  fc.assert(
    fc.property(part, part, (a, b) => {
      const [left, right] = [new Set(rowsOf(a)), new Set(rowsOf(b))]
      const all = [1, 2, 3, 4, 5]
      expect(rowsOf(`NOT ${a}`)).toEqual(all.filter((row) => !left.has(row)))
      expect(rowsOf(`${a} OR ${b}`)).toEqual(all.filter((row) => left.has(row) || right.has(row)))
      expect(rowsOf(`${a} AND ${b}`)).toEqual(all.filter((row) => left.has(row) && right.has(row)))
      expect(rowsOf(`NOT (${a} OR ${b})`)).toEqual(rowsOf(`NOT ${a} AND NOT ${b}`))
    }),
  )
})
