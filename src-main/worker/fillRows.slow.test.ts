import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBeginning } from '../importer/beginning.ts'
import { compareDatasets } from '../importer/testing/compareDatasets.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import type { TaskContext } from './contexts.ts'
import { fillRows } from './fillRows.ts'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'huntbench-fill-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context: TaskContext = {
  ...{ folder: '', workspace: '', cancelled: () => false, progress: () => undefined },
  datasets: createDatasetFiles('', () => false),
}

const text = fc.constantFrom(
  ...['', 'a', ' ', 'é', '語', '😀', 'x,y', 'say "hi"', '"', 'line\nline', 'crlf\r\nend', '\r', '#c', '-', 'n/a', '\0'],
  ...['www.example.com', 'http://evil.example.org/a?b=c', '10.1.2.3', '2001:db8::1', 'hxxp://evil[.]example[.]org'],
  'd41d8cd98f00b204e9800998ecf8427e',
)
const number = fc.oneof(fc.integer().map(String), fc.constantFrom('', '007', '1.5', '9007199254740993', '-0', 'x'))
const when = fc.oneof(
  fc.integer({ min: 0, max: 86_399 }).map((second) => new Date(1_720_000_000_000 + second * 1_000).toISOString()),
  fc.constantFrom('', 'never', '2024-07-01 10:00:00'),
)
const cells = fc.tuple(when, fc.constantFrom('WS1', 'WS2', ''), text, number, text)
const place = fc.record({ offset: fc.nat({ max: 2 ** 40 }), length: fc.nat(), line: fc.nat({ max: 2 ** 31 }) })
const HEAD = [
  'When,Computer,CommandLine,ProcessId,Note',
  '2024-07-01T10:00:00Z,WS1,vssadmin delete shadows,4,www.example.com',
  '2024-07-01T10:00:01Z,WS2,notepad,71,see 10.1.2.3',
]

test('rows of a case file give the same dataset by the fast way and by the careful one, with the places they came with', async () => {
  const beginning = readBeginning(Buffer.from(HEAD.join('\n')), true, {})
  const rejects = [{ id: 3, line: 9, offset: 77, length: 5, reason: 'too few', raw: 'a,"b' }]
  const fill = async (rows: [string[], { offset: number; length: number; line: number }][], way: string) => {
    const target = join(folder, `${way}.db`)
    rmSync(target, { force: true })
    const source = { size: 1, sha256: 'f'.repeat(64) }
    const to = { target, beginning, source, more: { shape: { some: 'thing' } } }
    const filling = fillRows(context, to, way === 'fast', () => undefined)
    for (const [row, at] of rows) filling.row(row, at)
    const each = async function* () {
      yield* rejects
      await Promise.resolve()
    }
    return { target, result: await filling.end(each()) }
  }
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cells, place), { minLength: 1, maxLength: 200 }), async (rows) => {
      const [fast, careful] = [await fill(rows, 'fast'), await fill(rows, 'careful')]
      expect(fast.result).toEqual(careful.result)
      expect(compareDatasets(fast.target, careful.target)).toEqual([])
    }),
    { numRuns: 12 },
  )
  expect(readdirSync(folder).sort()).toEqual(['careful.db', 'fast.db'])
})
