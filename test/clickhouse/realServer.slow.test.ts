import { createClient, ClickHouseLogLevel } from '@clickhouse/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { openClickhouse, type Clickhouse } from '../../src-main/clickhouse/openClickhouse.ts'
import { compileClickhouse } from '../../src-main/predicate/compileClickhouse.ts'
import type { ClickhouseColumn } from '../../src-main/predicate/clickhouseCell.ts'
import { parseQuery } from '../../src-main/predicate/parseQuery.ts'
import {
  clickhouseMissing,
  startClickhouse,
  USERS,
  type ClickhouseServer,
  type ClickhouseUser,
} from '../../src-main/clickhouse/localServer.ts'

const missing = clickhouseMissing()

describe.skipIf(missing !== null)(`a real ClickHouse${missing === null ? '' : ` (${missing})`}`, () => {
  let server: ClickhouseServer
  const opened: Clickhouse[] = []
  const open = async (user: ClickhouseUser): Promise<Clickhouse> => {
    const one = await openClickhouse({ url: server.url, user: user.name, password: user.password }, () => undefined)
    opened.push(one)
    return one
  }
  beforeAll(async () => {
    server = await startClickhouse()
  })
  afterAll(async () => {
    for (const one of opened) await one.close()
    await server.stop()
  })

  it.each(Object.values(USERS))('tells what user $name may do', async (user) => {
    const clickhouse = await open(user)
    expect(clickhouse.readonly).toBe(user.readonly)
    expect(clickhouse.version).toMatch(/^\d+\.\d+/)
    expect((await clickhouse.ask({ sql: 'SELECT {x:String} AS x', params: { x: "a'b\\\t\0é" } })).rows).toEqual([
      ["a'b\\\t\0é"],
    ])
    expect(await clickhouse.ask({ sql: 'SELECT number FROM numbers(100000)', limits: { rows: 5 } })).toMatchObject({
      cut: true,
      rows: [[0], [1], [2], [3], [4]],
    })
    await expect(clickhouse.ask({ sql: 'SELECT * FROM nothing' })).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(Object.values(USERS))('a cancelled query of user $name ends on the server', async (user) => {
    const watcher = await open(USERS.soc)
    const clickhouse = await open(user)
    const running = async (): Promise<number> =>
      Number(
        (
          await watcher.ask({
            sql: "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = %' AND query NOT LIKE '%processes%'",
          })
        ).rows[0]?.[0],
      )
    const abort = new AbortController()
    const slow = clickhouse.ask({
      sql: 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = {me:UInt8}',
      params: { me: 1 },
      signal: abort.signal,
    })
    slow.catch(() => undefined)
    while ((await running()) === 0) await sleep(20)
    abort.abort()
    await expect(slow).rejects.toMatchObject({ code: 'cancelled' })
    while ((await running()) > 0) await sleep(20)
  })

  it('wrong passwords are told', async () => {
    await expect(open({ ...USERS.soc, password: 'x' })).rejects.toMatchObject({ code: 'unauthorised' })
  })

  it('finds rows by columns of its own types', async () => {
    const admin = createClient({
      url: server.url,
      username: 'soc',
      password: 'secret',
      log: { level: ClickHouseLogLevel.OFF },
    })
    const types: Record<string, string> = {
      at: 'DateTime',
      precise: "DateTime64(3, 'UTC')",
      day: 'Date',
      v4: 'IPv4',
      v6: 'Nullable(IPv6)',
      port: 'UInt16',
      big: 'UInt64',
      score: 'Nullable(Float32)',
      kind: "Enum8('login' = 1, 'logout' = 2)",
      fixed: 'FixedString(6)',
      tags: 'Array(String)',
      host: 'LowCardinality(Nullable(String))',
    }
    const names = Object.entries(types)
    await admin.command({
      query: `CREATE TABLE typed (n UInt8, ${names.map(([name, type]) => `${name} ${type}`).join(', ')}) ENGINE = Memory`,
    })
    await admin.insert({
      table: 'typed',
      format: 'JSONCompactEachRow',
      values: [
        [
          1,
          '2019-01-15 05:00:00',
          '2019-01-15 05:00:00.500',
          '2019-01-15',
          '10.0.0.5',
          '::ffff:10.0.0.5',
          443,
          '18446744073709551615',
          0.5,
          'login',
          'ab',
          ['x', 'y'],
          'WS1',
        ],
        [
          2,
          '2019-01-16 00:00:00',
          '2019-01-16 00:00:00.000',
          '2019-01-16',
          '192.168.1.7',
          '2001:db8::1',
          80,
          '9007199254740993',
          null,
          'logout',
          'abcdef',
          [],
          null,
        ],
      ],
    })
    await admin.close()
    const clickhouse = await open(USERS.analyst)
    const columns: ClickhouseColumn[] = names.map(([name, type]) => ({ name, header: name, fields: [], type }))
    const rowsOf = async (q: string): Promise<unknown[]> => {
      const { text, params } = compileClickhouse(parseQuery(q), { columns, timeColumn: 'at' })
      const { rows } = await clickhouse.ask({ sql: `SELECT n FROM typed WHERE ${text} ORDER BY n`, params })
      return rows.map(([n]) => n)
    }
    const wanted: [string, number[]][] = [
      ['_time:2019-01-15', [1]],
      ['timestamp:[2019-01-15 TO 2019-01-15]', [1]],
      ['timestamp:>=2019-01-16', [2]],
      ['precise:{2019-01-15T05:00:00.499Z TO *]', [1, 2]],
      ['precise:<2019-01-15T05:00:00.5Z', []],
      ['day:[2019-01-16 TO *]', [2]],
      ['v4:10.0.0.0/8', [1]],
      ['v6:10.0.0.0/8', [1]],
      ['v6:"10.0.0.5"', [1]],
      ['v6:2001:db8::/32', [2]],
      ['port:>100', [1]],
      ['big:>9007199254740992', [1, 2]],
      ['score:*', [1]],
      ['NOT score:*', [2]],
      ['score:[0.5 TO 0.5]', [1]],
      ['kind:LOG*', [1, 2]],
      ['kind:"login"', [1]],
      ['fixed:"ab"', [1]],
      ['tags:/x/', [1]],
      ['host:ws1', [1]],
      ['NOT host:ws1', [2]],
      ['10.0', [1]],
      ['port:44', [1]],
    ]
    for (const [q, rows] of wanted) expect([q, await rowsOf(q)]).toEqual([q, rows])
  })
})
