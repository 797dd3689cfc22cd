import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import type { Column } from '#contract/datasets'
import { importFile } from '../../src-main/importer/importFile.ts'
import { compileSqlite } from '../../src-main/predicate/compileSqlite.ts'
import { instantColumn, partOf, partTable, quoteName } from '../../src-main/importer/datasetFile.ts'
import type { Predicate } from '../../src-main/predicate/predicate.ts'
import {
  createDatasetFiles,
  datasetPath,
  type DatasetFiles,
  type DatasetHandle,
} from '../../src-main/sqlite/datasetFiles.ts'
import { countMany, countManyPairs } from '../../src-main/sqlite/segments/countMany.ts'
import { countPairs, countValues } from '../../src-main/sqlite/segments/countValues.ts'
import { prepareSegments } from '../../src-main/sqlite/prepareSegments.ts'
import { orderOf } from '../../src-main/sqlite/rowView.ts'
import { firstRowsByText } from '../../src-main/sqlite/segments/firstRows.ts'
import { sortedRows } from '../../src-main/sqlite/segments/sortedRows.ts'
import { countTimes, timeLines } from '../../src-main/sqlite/segments/countTimes.ts'
import { predicate } from './arbitraryPredicate.ts'
import { awkwardEvidence, csvOf, type Evidence } from './awkwardEvidence.ts'
import { corners } from './corners.ts'

// Segments and pages find the rows, and count the values, that SQLite finds and counts, in files of every make.

const SEED = Number(process.env['HUNTBENCH_SEED'] ?? Date.now() % 1_000_000)
const PAGE = 16_384
/** More than one stretch of 65,536 rows. */
const MANY = 70_000

/** Columns whose values are counted. */
const COUNTED = 9
/** And of those without codes, which take the pages. */
const MANY_COUNTED = 3
/** Which of the files below has that many. */
const BIG = '3'
const [WIDE, LONG] = ['4', '5']

let folder: string
let files: DatasetFiles

type Make = { name: string; way: 'careful' | 'fast'; evidence(): Evidence; before?: boolean }
const makes: Make[] = [
  { name: 'by the careful import', way: 'careful', evidence: () => awkwardEvidence(3_000, SEED) },
  { name: 'by the fast import', way: 'fast', evidence: () => awkwardEvidence(3_000, SEED + 1) },
  {
    name: 'whose segments are not made',
    way: 'careful',
    evidence: () => awkwardEvidence(1_500, SEED + 2),
    before: true,
  },
  {
    name: 'of more rows than a stretch',
    way: 'fast',
    evidence: () => repeated(awkwardEvidence(2_000, SEED + 3), MANY),
  },
  { name: 'of more columns than a table', way: 'careful', evidence: () => wide(awkwardEvidence(300, SEED + 4)) },
  { name: 'of rows longer than a page', way: 'careful', evidence: () => long(awkwardEvidence(400, SEED + 5)) },
]

/** Every record again and again, with a number of its own that no dictionary can hold. */
function repeated({ headers, records }: Evidence, rows: number): Evidence {
  const more = Array.from({ length: rows }, (_, n) => [...(records[(n * 7) % records.length] ?? []), String(n * 3)])
  return { headers: [...headers, 'Serial'], records: more }
}
/** The same columns behind 900 others, so that they stand in a second table. */
function wide({ headers, records }: Evidence): Evidence {
  const before = Array.from({ length: 900 }, (_, n) => `c${n}`)
  return {
    headers: [...before, ...headers],
    records: records.map((record, row) => [...before.map((_, n) => (n % 90 === 0 ? `v${row % 7}` : '')), ...record]),
  }
}
/** Some rows take several pages, and one more than the scan takes. */
function long({ headers, records }: Evidence): Evidence {
  const at = headers.indexOf('Message')
  return {
    headers,
    records: records.map((record, row) =>
      row % 9 !== 0 || row === 0
        ? record
        : record.with(at, `${'é'.repeat(row === 99 ? 2_200_000 : row * 100)}${record[at] ?? ''}`),
    ),
  }
}

beforeAll(async () => {
  console.log(`seed ${SEED} (HUNTBENCH_SEED)`)
  folder = mkdtempSync(join(tmpdir(), 'huntbench-segments-'))
  files = createDatasetFiles(folder, () => false)
  for (const [n, make] of makes.entries()) {
    const path = join(folder, `${n}.csv`)
    writeFileSync(path, csvOf(make.evidence()))
    const target = datasetPath(folder, String(n))
    await importFile(
      { path, name: path, dialect: { encoding: 'utf-8', delimiter: ',' }, target },
      { cancelled: () => false, progress: () => undefined },
      make.way,
    )
    if (!make.before) prepareSegments(files.open(String(n)))
  }
}, 120_000)
afterAll(() => {
  files.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

function bySqlite(handle: DatasetHandle, tree: Predicate): number[] {
  const { text, values } = compileSqlite(tree, handle)
  return handle.db
    .prepare<[typeof values], number>(`SELECT _row FROM rows WHERE ${text} ORDER BY _row`)
    .pluck()
    .all(values)
}
function bySegments(handle: DatasetHandle, tree: Predicate): number[] {
  const matches = handle.matches(tree)
  if (!matches) throw new Error('The file was left to SQLite.')
  // In two goes, as a first page is found.
  matches.until(1)
  matches.until(Infinity)
  const all = [...matches.all()]
  expect(matches.count()).toBe(all.length)
  expect(matches.rows(3, 5)).toEqual(all.slice(3, 8))
  if (all.length > 0) expect(matches.position(all.at(-1) ?? 0)).toBe(all.length - 1)
  return all
}

type Counted = [value: unknown, count: unknown]
/** The seven most frequent and most rare values of groups `v`, `n`, and values, empty cells and rows; asked at once. */
function countsBySqlite(
  handle: DatasetHandle,
  groups: string,
  values: ReturnType<typeof compileSqlite>['values'],
): { frequent: Counted[]; rare: Counted[]; totals: unknown[] } {
  const seven = (which: number, order: string): string =>
    `SELECT * FROM (SELECT ${which}, v, n, NULL FROM g WHERE v IS NOT NULL ORDER BY n ${order}, v LIMIT 7)`
  const totals = 'SELECT 2, count(v), coalesce(sum(n) FILTER (WHERE v IS NULL), 0), coalesce(sum(n), 0) FROM g'
  const told = handle.db
    .prepare<[typeof values], [number, unknown, unknown, unknown]>(
      `WITH g AS MATERIALIZED (${groups}) ${seven(0, 'DESC')} UNION ALL ${seven(1, 'ASC')} UNION ALL ${totals}`,
    )
    .raw()
    .all(values)
  const those = (which: number): Counted[] =>
    told.flatMap(([part, value, count]) => (part === which ? [[value, count]] : []))
  return { frequent: those(0), rare: those(1), totals: told.at(-1)?.slice(1) ?? [] }
}

function sameCounts(handle: DatasetHandle, tree: Predicate): void {
  const segments = handle.segments()
  const matches = handle.matches(tree)
  if (!segments || !matches) throw new Error('The file was left to SQLite.')
  const { text, values } = compileSqlite(tree, handle)
  const ask = (sql: string): unknown[] => handle.db.prepare(sql).raw().all(values)
  const how = { limit: 7, goOn: () => undefined }
  const coded = handle.columns.filter((column) => segments.layout.hasCodes(column)).slice(0, COUNTED)
  for (const column of coded) {
    const name = quoteName(column.name)
    const counted = countsBySqlite(
      handle,
      `SELECT ${name} AS v, count(*) AS n FROM rows WHERE ${text} GROUP BY 1`,
      values,
    )
    for (const least of [false, true]) {
      const found = countValues(segments, column, matches, { ...how, least })
      expect(found?.values.map(({ value, count }) => [value, count])).toEqual(least ? counted.rare : counted.frequent)
      expect([found?.distinct, found?.empty, found?.total]).toEqual(counted.totals)
    }
  }
  const [one, other] = coded
  if (one && other) {
    const [a, b] = [quoteName(one.name), quoteName(other.name)]
    const found = countPairs(segments, [one, other], matches, { ...how, least: false })
    expect(found?.values.map(({ value, by, count }) => [value, by, count])).toEqual(
      ask(
        `SELECT ${a}, ${b}, count(*) FROM rows WHERE ${text} AND ${a} IS NOT NULL AND ${b} IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 7`,
      ),
    )
  }
  const day = 86_400_000_000
  const start = Math.floor(Date.UTC(1800, 0, 1) / 86_400_000) * day
  const times = countTimes(segments, { start, size: day * 30, buckets: 20_000, by: null }, matches, how.goOn)
  if (times)
    expect(timeLines(times).map(({ n, rows }) => [n, rows])).toEqual(
      ask(
        `SELECT (_time - CAST(${start} AS INTEGER)) / CAST(${day * 30} AS INTEGER), count(*) FROM rows WHERE ${text} GROUP BY 1 ORDER BY 1`,
      ),
    )
}

/** Columns that have too many values for codes: counted by codes made of the pages. */
function sameManyCounts(handle: DatasetHandle, tree: Predicate): void {
  const n = handle.id
  const segments = handle.segments()
  const matches = handle.matches(tree)
  if (!segments || !matches) throw new Error('The file was left to SQLite.')
  const { text, values } = compileSqlite(tree, handle)
  const ask = (sql: string): unknown[] => handle.db.prepare(sql).raw().all(values)
  const coded = handle.columns.filter((column) => segments.layout.hasCodes(column))
  for (const column of handle.columns.filter((one) => !coded.includes(one)).slice(-MANY_COUNTED)) {
    const name = quoteName(column.name)
    const from = partOf(column.position) === 0 ? 'rows' : `rows JOIN ${partTable(partOf(column.position))} USING (_row)`
    const counted = countsBySqlite(
      handle,
      `SELECT ${name} AS v, count(*) AS n FROM ${from} WHERE ${text} GROUP BY 1`,
      values,
    )
    for (const least of [false, true]) {
      const found = countMany(handle, segments, column, matches, { limit: 7, least })
      // A row that is longer than the scan takes.
      if (!found && n === LONG) continue
      expect([found?.distinct, found?.empty, found?.total]).toEqual(counted.totals)
      // Equal ones stand in the order of the source, whatever the filter leaves of it.
      expect(found?.values.map(({ count }) => count)).toEqual(
        (least ? counted.rare : counted.frequent).map(([, count]) => count),
      )
      for (const { value, count } of found?.values.slice(0, 2) ?? [])
        expect(
          handle.db
            .prepare(`SELECT count(*) FROM ${from} WHERE ${name} IS @value AND ${text}`)
            .pluck()
            .get({ ...values, value }),
        ).toBe(count)
    }
  }
  const last = handle.columns.at(-1)
  for (const [one, other] of [handle.columns.slice(-2), [coded[0], last]]) {
    if (!one || !other || one === other || partOf(one.position) + partOf(other.position) > 0) continue
    const [a, b] = [quoteName(one.name), quoteName(other.name)]
    const found = countManyPairs(handle, segments, [one, other], matches, { limit: 9, least: false })
    if (!found && n === LONG) continue
    const groups = `(SELECT ${a} AS a, ${b} AS b, count(*) AS n FROM rows WHERE ${text} GROUP BY 1, 2)`
    expect([found?.distinct, found?.empty, found?.total]).toEqual(
      ask(
        `SELECT count(*) FILTER (WHERE a IS NOT NULL AND b IS NOT NULL), coalesce(sum(n) FILTER (WHERE a IS NULL OR b IS NULL), 0), coalesce(sum(n), 0) FROM ${groups}`,
      )[0],
    )
    for (const { value, by, count } of found?.values.slice(0, 2) ?? [])
      expect(
        handle.db
          .prepare(`SELECT n FROM ${groups} WHERE a IS @value AND b IS @by`)
          .pluck()
          .get({ ...values, value, by }),
      ).toBe(count)
  }
}

it.each(makes.map(({ name, before }, n) => ({ n, name, before })))(
  'a file $name has segments, or none',
  ({ n, before }) => {
    const handle = files.open(String(n))
    const segments = handle.segments()
    expect(segments).not.toBeNull()
    const wide = partOf(handle.columns.length - 1) > 0
    const some = handle.columns.filter((column) => segments?.layout.hasCodes(column))
    expect(some.length > 0).toBe(!before)
    expect(handle.columns.some(({ name }) => segments?.layout.hasInstants(name))).toBe(!before && !wide)
  },
)

describe.each(makes.map(({ name }, n) => ({ n: String(n), name })))('in a file $name', ({ n }) => {
  it.each(n === BIG ? corners.filter((_, at) => at % 4 === 0) : corners)('%s', (_, tree) => {
    const handle = files.open(n)
    expect(bySegments(handle, tree)).toEqual(bySqlite(handle, tree))
  })
  it('other predicates', () => {
    const handle = files.open(n)
    let telling = 0
    fc.assert(
      fc.property(predicate, (tree) => {
        const rows = bySqlite(handle, tree)
        if (rows.length > 0 && rows.length < handle.rows) telling++
        expect(bySegments(handle, tree)).toEqual(rows)
      }),
      { numRuns: n === BIG ? 25 : 100, seed: SEED },
    )
    expect(telling).toBeGreaterThan(n === BIG ? 1 : 5)
  })
  it('counts of values, of pairs and over time', () => {
    const handle = files.open(n)
    for (const [, tree] of corners.slice(0, 6)) sameCounts(handle, tree)
    for (const [, tree] of corners.slice(0, n === BIG ? 1 : 3)) sameManyCounts(handle, tree)
    fc.assert(
      fc.property(predicate, (tree) => sameCounts(handle, tree)),
      { numRuns: n === BIG ? 4 : 10, seed: SEED },
    )
  })
})

/** Rows as SQLite sorts them. */
function sortedBySqlite(handle: DatasetHandle, tree: Predicate, column: Column, descending: boolean): number[] {
  const { text, values } = compileSqlite(tree, handle)
  const { by, join } = orderOf(handle, { column: column.name, descending })
  return handle.db
    .prepare<[typeof values], number>(`SELECT _row FROM rows ${join} WHERE ${text} ORDER BY ${by}`)
    .pluck()
    .all(values)
}

it.each(makes.map(({ name }, n) => ({ n: String(n), name })))('rows are sorted the same in a file $name', ({ n }) => {
  const handle = files.open(n)
  const segments = handle.segments()
  if (!segments) throw new Error('The file was left to SQLite.')
  let [sorted, first] = [0, 0]
  for (const [, tree] of n === BIG ? corners.slice(0, 2) : corners.slice(0, 4)) {
    const matches = handle.matches(tree)
    for (const column of handle.columns.slice(-12))
      for (const descending of [false, true]) {
        const expected = sortedBySqlite(handle, tree, column, descending)
        const own = column.name === handle.timeColumn ? null : column
        const told = sortedRows(segments, { column: own, descending }, matches, () => undefined)
        if (told) {
          sorted++
          expect([...told]).toEqual(expected)
        }
        const few = { column, descending, most: 25 }
        const begin = column.type === 'text' && firstRowsByText(n, segments, few, matches, () => undefined)
        if (begin) {
          first++
          expect(begin).toEqual(expected.slice(0, 25))
        }
      }
  }
  expect(first).toBeGreaterThan(0)
  expect(sorted > 0).toBe(makes[Number(n)]?.before !== true && n !== WIDE)
})

it('every cell can be told from its segment', () => {
  const handle = files.open('3')
  const segments = handle.segments()
  if (!segments) throw new Error('The file was left to SQLite.')
  for (const column of handle.columns.filter((one) => segments.layout.hasCodes(one))) {
    const cells = handle.db
      .prepare<[], string | number | null>(
        `SELECT ${quoteName(column.name)} FROM ${partTable(partOf(column.position))} ORDER BY _row`,
      )
      .pluck()
      .all()
    const values = segments.values(column)
    const told = Array.from({ length: segments.stretches }, (_, n) => {
      const [codes] = segments.ready(n, [{ column, kind: 'codes' }])
      const length = Math.min(65_536, handle.rows - n * 65_536)
      const at = codes?.at ?? 0
      const list =
        codes?.form === 1
          ? segments.engine.bytes.subarray(at, at + length)
          : new Uint16Array(segments.engine.bytes.buffer, at, length)
      return Array.from(list, (code) => values.value(code))
    }).flat()
    expect(told).toEqual(cells)
  }
  const [time] = handle.columns.filter(({ name }) => segments.layout.hasInstants(name) && name !== handle.timeColumn)
  expect(
    time &&
      handle.db
        .prepare(`SELECT ${quoteName(instantColumn(time.name))} FROM rows`)
        .pluck()
        .all().length,
  ).toBe(MANY)
})

it('rows behind the lock-byte page are found', () => {
  // The first leaf is moved behind the first GiB of a file that is mostly a hole.
  const copy = datasetPath(folder, 'lock')
  copyFileSync(datasetPath(folder, '3'), copy)
  const db = new Database(copy, { readonly: true })
  const root = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'rows'").pluck().get())
  db.close()
  const place = 2 ** 30 / PAGE + 2
  const fd = openSync(copy, 'r+')
  const page = Buffer.alloc(PAGE)
  readSync(fd, page, 0, PAGE, (root - 1) * PAGE)
  expect(page[0]).toBe(5)
  const cell = page.readUInt16BE(12)
  const leaf = Buffer.alloc(PAGE)
  readSync(fd, leaf, 0, PAGE, (page.readUInt32BE(cell) - 1) * PAGE)
  page.writeUInt32BE(place, cell)
  writeSync(fd, page, 0, PAGE, (root - 1) * PAGE)
  writeSync(fd, leaf, 0, PAGE, (place - 1) * PAGE)
  const count = Buffer.alloc(4)
  count.writeUInt32BE(place)
  writeSync(fd, count, 0, 4, 28)
  closeSync(fd)
  const handle = files.open('lock')
  for (const [, tree] of corners.slice(0, 9)) expect(bySegments(handle, tree)).toEqual(bySqlite(handle, tree))
})

it('a damaged file is told as damaged, and leads nowhere', () => {
  let told = 0
  for (let n = 0; n < 30; n++) {
    const copy = datasetPath(folder, `damaged${n}`)
    copyFileSync(datasetPath(folder, '0'), copy)
    const pages = statSync(copy).size / PAGE
    const fd = openSync(copy, 'r+')
    for (const [page, at, byte] of fc.sample(fc.tuple(fc.nat(pages - 3), fc.nat(400), fc.nat(255)), {
      numRuns: 40,
      seed: SEED + n,
    }))
      writeSync(fd, Buffer.from([byte]), 0, 1, (page + 2) * PAGE + at)
    closeSync(fd)
    const others = createDatasetFiles(folder, () => false)
    try {
      const handle = others.open(`damaged${n}`)
      for (const [, tree] of corners) handle.matches(tree)?.until(Infinity)
      const segments = handle.segments()
      for (const column of handle.columns) segments?.many(column, () => undefined)
    } catch (error) {
      told++
      if (!(error instanceof AppError)) expect(error).toBeInstanceOf(Database.SqliteError)
      // Where the damage hit the names of the columns.
      else expect(['dataset-damaged', 'invalid-input']).toContain(error.code)
    } finally {
      others.closeAll()
    }
  }
  expect(told).toBeGreaterThan(10)
})
