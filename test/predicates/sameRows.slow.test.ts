import { ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClickhouse, type Clickhouse } from '../../src-main/clickhouse/openClickhouse.ts'
import { instantColumn, quoteName } from '../../src-main/importer/datasetFile.ts'
import { importFile } from '../../src-main/importer/importFile.ts'
import { quoteIdentifier } from '../../src-main/predicate/clickhouseCell.ts'
import { compileClickhouse, EXACT_SETTINGS } from '../../src-main/predicate/compileClickhouse.ts'
import { compileSqlite } from '../../src-main/predicate/compileSqlite.ts'
import type { Predicate } from '../../src-main/predicate/predicate.ts'
import {
  createDatasetFiles,
  datasetPath,
  type DatasetFiles,
  type DatasetHandle,
} from '../../src-main/sqlite/datasetFiles.ts'
import {
  clickhouseMissing,
  startClickhouse,
  USERS,
  type ClickhouseServer,
} from '../../src-main/clickhouse/localServer.ts'
import { predicate } from './arbitraryPredicate.ts'
import { awkwardEvidence, csvOf } from './awkwardEvidence.ts'
import { clickhouseTable, type ClickhouseTable } from './clickhouseTable.ts'
import { corners } from './corners.ts'
import { modelRows, type Model } from './modelRows.ts'

// One predicate finds the same rows in a dataset file by SQLite and by segments, in ClickHouse and by hand, whatever the cells hold.

const ROWS = 3_000
const SEED = Number(process.env['HUNTBENCH_SEED'] ?? Date.now() % 1_000_000)

let folder: string
let files: DatasetFiles
let handle: DatasetHandle
let model: Model

beforeAll(async () => {
  console.log(`seed ${SEED} (HUNTBENCH_SEED)`)
  folder = mkdtempSync(join(tmpdir(), 'huntbench-same-'))
  const evidence = awkwardEvidence(ROWS, SEED)
  const path = join(folder, 'awkward.csv')
  writeFileSync(path, csvOf(evidence))
  const imported = await importFile(
    { path, name: 'awkward.csv', dialect: { encoding: 'utf-8', delimiter: ',' }, target: datasetPath(folder, 'd') },
    { cancelled: () => false, progress: () => undefined },
  )
  expect(imported).toMatchObject({ rows: ROWS, quarantined: 0 })
  files = createDatasetFiles(folder, () => false)
  handle = files.open('d')
  model = {
    columns: handle.columns,
    timeColumn: handle.timeColumn,
    records: evidence.records,
    instant: instantsIn(handle),
  }
})
afterAll(() => {
  files.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

function instantsIn(from: DatasetHandle): Model['instant'] {
  const times = new Map(
    from.columns
      .filter((column) => column.type === 'time')
      .map(({ name }) => {
        const column = name === from.timeColumn ? '_time' : quoteName(instantColumn(name))
        return [name, from.db.prepare<[], number | null>(`SELECT ${column} FROM rows ORDER BY _row`).pluck().all()]
      }),
  )
  return (row, { name }) => times.get(name)?.[row] ?? null
}

function sqliteRows(tree: Predicate): number[] {
  const { text, values } = compileSqlite(tree, handle)
  return handle.db
    .prepare<[typeof values], number>(`SELECT _row FROM rows WHERE ${text} ORDER BY _row`)
    .pluck()
    .all(values)
}

/** From segments and pages; none of it goes through the condition that SQLite is asked. */
function segmentRows(tree: Predicate): number[] {
  const matches = handle.matches(tree)
  if (!matches) throw new Error('The file was left to SQLite.')
  matches.until(Infinity)
  return [...matches.all()]
}

it('the file has a column of every type', () => {
  expect(handle.columns.map(({ type }) => type)).toEqual(expect.arrayContaining(['text', 'integer', 'number', 'time']))
  expect(handle.holdsNul()).toBe(true)
})

describe('SQLite finds the rows that a reader finds', () => {
  it.each(corners)('%s', (_, tree) => {
    expect(sqliteRows(tree)).toEqual(modelRows(tree, model))
  })

  it('by 300 other predicates', () => {
    let telling = 0
    fc.assert(
      fc.property(predicate, (tree) => {
        const rows = sqliteRows(tree)
        if (rows.length > 0 && rows.length < ROWS) telling++
        expect(rows).toEqual(modelRows(tree, model))
      }),
      { numRuns: 300, seed: SEED, endOnFailure: true },
    )
    // Predicates that find all or nothing would agree anywhere.
    expect(telling).toBeGreaterThan(60)
  })
})

const missing = clickhouseMissing()
if (missing !== null) console.log(missing)

describe.skipIf(missing !== null)('ClickHouse finds the rows that SQLite and segments find', () => {
  let server: ClickhouseServer
  let clickhouse: Clickhouse
  let table: ClickhouseTable
  beforeAll(async () => {
    server = await startClickhouse()
    table = clickhouseTable(model)
    const { name: username, password } = USERS.soc
    const client = createClient({ url: server.url, username, password, log: { level: ClickHouseLogLevel.OFF } })
    const columns = table.columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`)
    await client.command({ query: `CREATE TABLE evidence (${columns.join(', ')}) ENGINE = MergeTree ORDER BY _row` })
    const settings = { precise_float_parsing: 1 } as const
    await client.insert({
      table: 'evidence',
      format: 'JSONCompactEachRow',
      values: table.rows,
      clickhouse_settings: settings,
    })
    await client.close()
    clickhouse = await openClickhouse({ url: server.url, user: username, password }, () => undefined)
  })
  afterAll(async () => {
    await clickhouse.close()
    await server.stop()
  })

  async function clickhouseRows(tree: Predicate): Promise<unknown[]> {
    const { text, params } = compileClickhouse(tree, table.layout)
    const { rows } = await clickhouse.ask({
      sql: `SELECT _row FROM evidence WHERE ${text} ORDER BY _row`,
      params,
      settings: EXACT_SETTINGS,
    })
    return rows.map(([row]) => row)
  }

  it.each(corners)('%s', async (_, tree) => {
    const rows = await clickhouseRows(tree)
    expect(sqliteRows(tree)).toEqual(rows)
    expect(segmentRows(tree)).toEqual(rows)
  })

  it('by 300 other predicates', async () => {
    await fc.assert(
      fc.asyncProperty(predicate, async (tree) => {
        const rows = await clickhouseRows(tree)
        expect(sqliteRows(tree)).toEqual(rows)
        expect(segmentRows(tree)).toEqual(rows)
      }),
      { numRuns: 300, seed: SEED, endOnFailure: true },
    )
  })
})
