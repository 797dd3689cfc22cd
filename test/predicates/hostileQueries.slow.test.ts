import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import { importFile } from '../../src-main/importer/importFile.ts'
import { compileClickhouse } from '../../src-main/predicate/compileClickhouse.ts'
import { parseQuery } from '../../src-main/predicate/parseQuery.ts'
import { count, facets } from '../../src-main/sqlite/queries/rows.read.ts'
import { createDatasetFiles, datasetPath, type DatasetFiles } from '../../src-main/sqlite/datasetFiles.ts'
import { awkwardEvidence, csvOf, headers, samples } from './awkwardEvidence.ts'

// Whatever is typed is answered, refused with a reason, or stopped; nothing hangs and nothing fails otherwise.

const SEED = Number(process.env['HUNTBENCH_SEED'] ?? Date.now() % 1_000_000)
/** A question is stopped after so many milliseconds. */
const PATIENCE = 200

let folder: string
let files: DatasetFiles
let until = Infinity

beforeAll(async () => {
  console.log(`seed ${SEED} (HUNTBENCH_SEED)`)
  folder = mkdtempSync(join(tmpdir(), 'huntbench-hostile-'))
  const { records } = awkwardEvidence(300, SEED)
  // Cells that cost a careless pattern most.
  const long = ['a'.repeat(300_000), 'ab'.repeat(150_000), `${'x'.repeat(100_000)}\n${'y'.repeat(100_000)}`]
  const evil = long.map((text) => headers.map((header) => (header === 'Message' ? text : '')))
  writeFileSync(join(folder, 'a.csv'), csvOf({ headers, records: [...records, ...evil] }))
  await importFile(
    {
      path: join(folder, 'a.csv'),
      name: 'a.csv',
      dialect: { encoding: 'utf-8', delimiter: ',' },
      target: datasetPath(folder, 'd'),
    },
    { cancelled: () => false, progress: () => undefined },
  )
  files = createDatasetFiles(folder, () => performance.now() > until)
  files.open('d').holdsNul()
})
afterAll(() => {
  files.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

/** How it ended: rows, or the code of the refusal. */
function ask(q: string): string {
  const handle = files.open('d')
  until = performance.now() + PATIENCE
  try {
    const columns = handle.columns.map(({ name, header, fields }) => ({ name, header, fields, type: 'String' }))
    compileClickhouse(parseQuery(q), { columns, timeColumn: handle.timeColumn })
    const found = count(handle, { q })
    expect(facets(handle, { q, column: 'User', limit: 3 }).total).toBe(found)
    return 'answered'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { at } = { at: 0, ...(typeof error.detail === 'object' ? error.detail : {}) }
    expect(at).toBeLessThanOrEqual(q.length)
    expect(error.message).toMatch(/\.$/)
    return error.code
  } finally {
    until = Infinity
  }
}

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      'a',
      'x:',
      'Message:',
      'User:',
      '"',
      '/',
      '/(a+)+$/',
      'Message:/(.{1,30}a.{1,30}){1,20}#/',
      '/(a|b|ab)*c/',
      '/a[ab]{300}c/',
      '/(?:x?){500}y/',
      '/\\pL{1000}/',
    ],
    ...[
      '(',
      ')',
      ' ',
      ' OR ',
      ' AND ',
      'NOT ',
      '-',
      '*',
      '?',
      '*a*a*a*a*b',
      '????',
      '[',
      ']',
      '{',
      '}',
      ' TO ',
      '>',
      '<',
      '=',
      '\\',
      '10.0.0.0/8',
      '::/0',
      '%',
      '_',
      "'",
      '\0',
      '😀',
      'ä',
    ],
    `${'a'.repeat(500)}b`,
    `*${'a'.repeat(60)}?b`,
    `Message:*${'a?'.repeat(100)}*b`,
    `/${'(a?)'.repeat(100)}${'a'.repeat(100)}/`,
  ),
  fc.constantFrom(
    ...headers,
    ...Object.values(samples)
      .flat()
      .filter((text) => text.length < 100),
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const query = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join('').slice(0, 4_000))

/** How many; more by HUNTBENCH_HOSTILE_QUERIES. */
const QUERIES = Number(process.env['HUNTBENCH_HOSTILE_QUERIES'] ?? 600)

it('hostile queries end, each with rows, a reason or a stop', () => {
  const ends = new Map<string, number>()
  fc.assert(
    fc.property(query, (q) => {
      const end = ask(q)
      expect(['answered', 'invalid-input', 'too-large', 'cancelled']).toContain(end)
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }),
    { numRuns: QUERIES, seed: SEED, interruptAfterTimeLimit: 240_000 },
  )
  console.log(Object.fromEntries(ends))
  expect(ends.get('answered')).toBeGreaterThan(100)
})

it.each([
  ['Message:/(.{1,30}a.{1,30}){1,20}#/'],
  ['/a[ab]{300}c/'],
  [`*${'a'.repeat(2_000)}?b`],
  [`${'a'.repeat(3_900)}b`],
  [Array.from({ length: 90 }, (_, n) => `NOT /(a|b)*c${n}/`).join(' ')],
])('costly query %# ends', (q) => {
  expect(['answered', 'cancelled']).toContain(ask(q))
})
