import { DuckDBInstance } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './measure.ts'
import { importInto, startProduct } from './product.ts'
import { timeProgram } from './measure.ts'

/** The questions of Explore, asked of the product as the page asks them, of SQLite and of DuckDB. Counts must agree. */
type Question = {
  what: string
  /** `n` makes each time another question, so that nobody answers from what was kept. */
  product(call: Call, datasetId: string, n: number): Promise<number>
  sql(n: number): string
  /** The first time costs more and is told apart. */
  first?: boolean
  /** Where DuckDB says it otherwise. */
  duckdb?(n: number): string
}
type Call = Awaited<ReturnType<typeof startProduct>>['client']['call']

const ROUNDS = 5
/** Columns of more values than segments keep codes for. */
const MANY_VALUED = [
  ['destination addresses (60,000)', 'DestinationIp'],
  ['hashes (20,000)', 'SHA256'],
  ['source ports (16,384)', 'SourcePort'],
  ['command lines (most of their own)', 'CommandLine'],
] as const
const IMAGES = ['cmd', 'svchost', 'chrome', 'powershell', 'conhost', 'agent3']
const WORDS = ['netsvcs', 'wuauserv', 'renderer', 'shell32', 'Winmgmt', 'mimikatz']
const DAY = '2024-01-'
const anyCell = (columns: readonly string[], word: string, like: string): string =>
  columns.map((name) => `CAST("${name}" AS VARCHAR) ${like} '%${word}%'`).join(' OR ')

function questions(columns: readonly string[]): Question[] {
  const word = (n: number): string => WORDS[n % WORDS.length] ?? ''
  const image = (n: number): string => IMAGES[n % IMAGES.length] ?? ''
  const port = (n: number): number => [443, 80, 53, 445, 8080][n % 5] ?? 80
  const filter = (n: number): string => `"EventID" = 3 AND "DestinationPort" = ${port(n)} AND "Image" `
  return [
    {
      what: 'facet of host names',
      product: async (call, datasetId) => (await call('rows.facets', { datasetId, column: 'Computer' })).total,
      sql: () => 'SELECT sum(n) FROM (SELECT "Computer", count(*) AS n FROM events GROUP BY 1 ORDER BY 2 DESC)',
    },
    {
      what: 'facet of host names under a filter',
      product: async (call, datasetId, n) =>
        (await call('rows.facets', { datasetId, column: 'Computer', q: `DestinationPort:"${port(n)}"` })).total,
      sql: (n) =>
        `SELECT sum(n) FROM (SELECT "Computer", count(*) AS n FROM events WHERE "DestinationPort" = ${port(n)} GROUP BY 1 ORDER BY 2 DESC)`,
    },
    {
      what: 'facet of two fields: host and process',
      product: async (call, datasetId) =>
        (await call('rows.facets', { datasetId, column: 'Computer', by: 'Image' })).total,
      sql: () =>
        'SELECT sum(n) FROM (SELECT "Computer", "Image", count(*) AS n FROM events GROUP BY 1, 2 ORDER BY 3 DESC)',
    },
    ...MANY_VALUED.map(([what, column]) => ({
      what: `facet of ${what}`,
      product: async (call: Call, datasetId: string) => (await call('rows.facets', { datasetId, column })).total,
      sql: () => `SELECT sum(n) FROM (SELECT "${column}", count(*) AS n FROM events GROUP BY 1 ORDER BY 2 DESC)`,
      first: true,
    })),
    {
      what: 'facet of destination addresses under a filter',
      product: async (call, datasetId, n) =>
        (await call('rows.facets', { datasetId, column: 'DestinationIp', q: `DestinationPort:"${port(n)}"` })).total,
      sql: (n) =>
        `SELECT sum(n) FROM (SELECT "DestinationIp", count(*) AS n FROM events WHERE "DestinationPort" = ${port(n)} GROUP BY 1 ORDER BY 2 DESC)`,
    },
    {
      what: 'facet of two fields: host and destination address',
      product: async (call, datasetId) =>
        (await call('rows.facets', { datasetId, column: 'Computer', by: 'DestinationIp' })).total,
      sql: () =>
        'SELECT sum(n) FROM (SELECT "Computer", "DestinationIp", count(*) AS n FROM events GROUP BY 1, 2 ORDER BY 3 DESC)',
    },
    {
      what: 'facet of two fields: address and URL',
      product: async (call, datasetId) =>
        (await call('rows.facets', { datasetId, column: 'DestinationIp', by: 'Url' })).total,
      sql: () =>
        'SELECT sum(n) FROM (SELECT "DestinationIp", "Url", count(*) AS n FROM events GROUP BY 1, 2 ORDER BY 3 DESC)',
    },
    {
      what: 'histogram of 60 stretches',
      product: async (call, datasetId) => {
        const { buckets } = await call('rows.histogram', { datasetId })
        return buckets.reduce((sum, { rows }) => sum + rows, 0)
      },
      sql: () =>
        `SELECT sum(n) FROM (SELECT (us - (SELECT min(us) FROM events)) * 60 / (SELECT max(us) - min(us) + 1 FROM events) AS b, count(*) AS n FROM events GROUP BY 1)`,
      duckdb: () =>
        `WITH m AS (SELECT min(us) AS a, max(us) AS b FROM events) SELECT sum(n) FROM (SELECT (us - a) * 60 // (b - a + 1) AS k, count(*) AS n FROM events, m GROUP BY 1)`,
    },
    {
      what: 'count with three conditions',
      product: async (call, datasetId, n) =>
        (await call('rows.count', { datasetId, q: `EventID:"3" DestinationPort:"${port(n)}" Image:${image(n)}` }))
          .count,
      sql: (n) => `SELECT count(*) FROM events WHERE ${filter(n)} LIKE '%${image(n)}%'`,
      duckdb: (n) => `SELECT count(*) FROM events WHERE ${filter(n)} ILIKE '%${image(n)}%'`,
    },
    {
      what: 'word in any cell',
      product: async (call, datasetId, n) => (await call('rows.count', { datasetId, q: word(n) })).count,
      sql: (n) => `SELECT count(*) FROM events WHERE ${anyCell(columns, word(n), 'LIKE')}`,
      duckdb: (n) => `SELECT count(*) FROM events WHERE ${anyCell(columns, word(n), 'ILIKE')}`,
    },
    {
      what: 'word in the command line',
      product: async (call, datasetId, n) =>
        (await call('rows.count', { datasetId, q: `CommandLine:${word(n)}` })).count,
      sql: (n) => `SELECT count(*) FROM events WHERE "CommandLine" LIKE '%${word(n)}%'`,
      duckdb: (n) => `SELECT count(*) FROM events WHERE "CommandLine" ILIKE '%${word(n)}%'`,
    },
  ]
}

/** Filters of every kind, for the first page of what they find. */
const FILTERS = (n: number): [what: string, q: string, sort?: string][] => [
  ['a word', WORDS[n % WORDS.length] ?? ''],
  ['conditions on fields', `EventID:3 DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`],
  ['a range of numbers', `ProcessId:[${n * 100} TO ${n * 100 + 500}]`],
  ['a stretch of time', `_time:[${DAY}${String(10 + n)} TO ${DAY}${String(12 + n)}]`],
  ['a network', `DestinationIp:${20 + n}.0.0.0/8`],
  ['a regular expression on a field', `CommandLine:/report ${n}[0-9]+/`],
  ['a regular expression anywhere', `/type=(renderer|utility).*prefetch:${n}/`],
  ['letters beyond ASCII', `User:müller OR User:李明${n}`],
  ['a rare regular expression on a field, without a text in it', `CommandLine:/[x-z]{4,}${n}/`],
  ['a rare regular expression anywhere, without a text in it', `/[x-z]{4,}${n}/`],
  ['conditions, sorted by time', `DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`, 'UtcTime'],
  ['conditions, sorted by a number', `DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`, 'BytesSent'],
  ['conditions, sorted by host', `DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`, 'Computer'],
  ['conditions, sorted by command line', `DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`, 'CommandLine'],
  ['a word, sorted by command line', WORDS[n % WORDS.length] ?? '', 'CommandLine'],
]

/** Asks everybody in turn, round after round; milliseconds, medians. */
export async function exploreBench(path: string): Promise<string> {
  const product = await startProduct()
  const { call } = product.client
  const { datasetId, huntId } = await importInto(product, path)
  const imported = performance.now()
  await product.app.settled()
  const prepared = (performance.now() - imported) / 1000
  const { quick, diskBytes } = await call('datasets.get', { id: datasetId })
  const folder = mkdtempSync(join(tmpdir(), 'huntbench-explore-'))
  const columns = firstLine(path).split(',')
  const sqlite = await sqliteOf(path, join(folder, 'sqlite.db'), columns)
  const duckdb = await (await DuckDBInstance.create(join(folder, 'duck.db'), { threads: '2' })).connect()
  await duckdb.run(
    `CREATE TABLE events AS SELECT *, epoch_us("UtcTime"::TIMESTAMP) AS us FROM read_csv('${path.replaceAll("'", "''")}', header = true)`,
  )
  const lines: string[] = []
  for (const question of questions(columns)) {
    const taken = { product: [] as number[], sqlite: [] as number[], duckdb: [] as number[] }
    for (let n = 0; n <= ROUNDS; n++) {
      const counts = [
        await timed(taken.product, () => question.product(call, datasetId, n)),
        // The slow one is asked once after a look at it.
        n < 2 ? await timed(taken.sqlite, () => Number(sqlite.prepare(question.sql(n)).pluck().get())) : null,
        await timed(taken.duckdb, async () => {
          const found = await duckdb.runAndReadAll((question.duckdb ?? question.sql)(n))
          return Number(found.getRows()[0]?.[0])
        }),
      ].filter((count) => count !== null)
      if (new Set(counts).size > 1) throw new Error(`${question.what}: the answers are ${counts.join(', ')}.`)
    }
    if (question.first)
      lines.push(
        `| ${question.what}, the first time | ${taken.product[0]?.toFixed(1)} | | ${taken.duckdb[0]?.toFixed(1)} | ${((taken.product[0] ?? 0) / (taken.duckdb[0] ?? 1)).toFixed(2)} |`,
      )
    const [own, slow, other] = [taken.product, taken.sqlite, taken.duckdb].map((times) => median(times.slice(1)))
    lines.push(
      `| ${question.what} | ${own?.toFixed(1)} | ${slow?.toFixed(0)} | ${other?.toFixed(1)} | ${((own ?? 0) / (other ?? 1)).toFixed(2)} |`,
    )
  }
  const pages: string[] = []
  for (let kind = 0; kind < FILTERS(0).length; kind++) {
    const taken: number[] = []
    for (let n = 0; n <= ROUNDS; n++)
      await timed(taken, async () => {
        const [, q, column] = FILTERS(n)[kind] ?? []
        const sort = column === undefined ? undefined : { column, descending: n % 2 === 0 }
        const page = await call('rows.page', { datasetId, q, sort, limit: 100, soon: true })
        return page.rows.length
      })
    pages.push(`| ${FILTERS(0)[kind]?.[0]} | ${median(taken.slice(1)).toFixed(1)} | ${Math.max(...taken).toFixed(1)} |`)
  }
  const timeline: number[] = []
  for (let n = 0; n <= ROUNDS; n++)
    await timed(timeline, async () => {
      const q = `DestinationPort:443 NOT Image:${IMAGES[n % IMAGES.length]}`
      return (await call('rows.timeline', { huntId, q, limit: 100 })).events.length
    })
  pages.push(
    `| conditions, on the timeline of the hunt | ${median(timeline.slice(1)).toFixed(1)} | ${Math.max(...timeline).toFixed(1)} |`,
  )
  duckdb.closeSync()
  sqlite.close()
  await product.close()
  rmSync(folder, { recursive: true, force: true })
  return [
    `Quick questions were prepared ${prepared.toFixed(1)} s after the import; they take ${Math.round(quick.bytes / 1e6)} MB beside a dataset file of ${Math.round(diskBytes / 1e6)} MB.`,
    '',
    '| question (another one each time) | Huntbench | SQLite, typed table | DuckDB, 2 threads | ratio to DuckDB |',
    '|---|---|---|---|---|',
    ...lines,
    '',
    '| first page of 100 rows found by | ms (median) | slowest |',
    '|---|---|---|',
    ...pages,
  ].join('\n')
}

function firstLine(path: string): string {
  const fd = openSync(path, 'r')
  const start = Buffer.alloc(4_096)
  readSync(fd, start)
  closeSync(fd)
  return start.toString('utf8').split('\n')[0] ?? ''
}

async function timed<T>(taken: number[], run: () => T | Promise<T>): Promise<T> {
  const started = performance.now()
  const answer = await run()
  taken.push(performance.now() - started)
  return answer
}

/** The same file in a typed table by the sqlite3 program, with the times as microseconds beside. */
async function sqliteOf(path: string, target: string, columns: readonly string[]): Promise<Database.Database> {
  const typed = columns
    .map((name) => `"${name}" ${/Id$|ID$|Port$|BytesSent/.test(name) && name !== 'LogonId' ? 'INTEGER' : 'TEXT'}`)
    .join(', ')
  await timeProgram(
    'sqlite3',
    [target],
    `PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;\nCREATE TABLE events (${typed});\n.import --csv --skip 1 "${path}" events\n` +
      `ALTER TABLE events ADD COLUMN us INTEGER;\nUPDATE events SET us = unixepoch(substr("UtcTime", 1, 19)) * 1000000 + CAST(substr("UtcTime", 21, 6) AS INTEGER);\n`,
  )
  const db = new Database(target, { readonly: true })
  db.pragma('mmap_size = 2147418112')
  return db
}
