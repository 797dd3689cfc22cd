import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import { answerCells } from './answerCells.ts'
import { openClickhouse, type Clickhouse } from './openClickhouse.ts'

// Against a server that speaks ClickHouse's HTTP, to say and to do what a real one rarely does. The real one: test/clickhouse.

type Asked = { url: URL; sql: string }
type Answer = (asked: Asked, response: ServerResponse) => void

let server: Server | undefined
let clickhouse: Clickhouse | undefined
afterEach(async () => {
  await clickhouse?.close()
  server?.closeAllConnections()
  server?.close()
})

const lines = (...rows: unknown[][]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const failed = (response: ServerResponse, code: number, text: string): void =>
  void response
    .writeHead(500, { 'x-clickhouse-exception-code': String(code) })
    .end(`Code: ${code}. DB::Exception: ${text}. (NAME) (version 26.7.3.1)`)

/** Opens a connection whose user has that level; `answer` gets everything after that. */
async function open(
  level: 0 | 1 | 2,
  answer: Answer,
  asked: Asked[] = [],
): Promise<{ clickhouse: Clickhouse; asked: Asked[]; logged: string[] }> {
  const logged: string[] = []
  server = createServer((request, response) => {
    void textOf(request).then((sql) => {
      const one = { url: new URL(request.url ?? '/', 'http://local'), sql }
      asked.push(one)
      if (sql.includes("getSetting('readonly')"))
        response.end(
          lines(['l', 'v', 't'], ['Int8', 'String', 'UInt32'], [level, '26.7.3.1', Math.floor(Date.now() / 1000)]),
        )
      else answer(one, response)
    })
  })
  const port = await new Promise<number>((resolve) => {
    server?.listen(0, '127.0.0.1', () => {
      const address = server?.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  clickhouse = await openClickhouse(
    { url: `http://127.0.0.1:${port}`, user: 'soc', password: 'not shown' },
    (message) => logged.push(message),
  )
  return { clickhouse, asked, logged }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}

const failure = (promise: Promise<unknown>): Promise<AppError> =>
  promise.then(
    () => Promise.reject(new Error('expected a failure')),
    (error: unknown) => (error instanceof AppError ? error : Promise.reject(new Error(String(error)))),
  )

it('sends no setting at all for a user who may only read', async () => {
  const { clickhouse, asked } = await open(1, (_, response) => response.end(lines(['n'], ['UInt8'], [1])))
  expect(clickhouse.readonly).toBe(1)
  const answer = await clickhouse.ask({
    sql: 'SELECT {x:String}',
    params: { x: "a'b" },
    settings: { precise_float_parsing: 1 },
  })
  expect(answer).toMatchObject({ rows: [[1]], cut: false, columns: [{ name: 'n', type: 'UInt8' }] })
  for (const { url } of asked)
    expect([...url.searchParams.keys()].filter((key) => key !== 'query_id' && key !== 'param_x')).toEqual([])
})

it.each([0, 2] as const)('sends limits and asks to be stopped for a user of level %s', async (level) => {
  const { clickhouse, asked } = await open(level, (_, response) => response.end(lines(['n'], ['UInt8'])))
  await clickhouse.ask({ sql: 'SELECT 1', limits: { seconds: 7, rows: 20, overflow: 'fail' } })
  const sent = Object.fromEntries(asked.at(-1)?.url.searchParams ?? [])
  expect(sent).toMatchObject({
    max_execution_time: '7',
    max_result_rows: '21',
    result_overflow_mode: 'throw',
    cancel_http_readonly_queries_on_client_close: '1',
  })
  expect(sent['readonly']).toBe(level === 0 ? '2' : undefined)
})

it('stops a query on the server when it is cancelled', async () => {
  const abort = new AbortController()
  const { clickhouse, asked } = await open(0, ({ sql }, response) => {
    if (sql.startsWith('KILL')) response.end()
    else abort.abort()
  })
  const error = await failure(clickhouse.ask({ sql: 'SELECT sleep(3)', signal: abort.signal }))
  expect(error.code).toBe('cancelled')
  await clickhouse.close()
  const [slow, kill] = asked.slice(-2)
  expect(kill?.sql).toMatch(/^KILL QUERY WHERE query_id = \{id:String\}/)
  expect(kill?.url.searchParams.get('param_id')).toBe(slow?.url.searchParams.get('query_id'))
})

it('asks nothing when it was cancelled before', async () => {
  const { clickhouse, asked } = await open(0, (_, response) => response.end())
  expect(await failure(clickhouse.ask({ sql: 'SELECT 1', signal: AbortSignal.abort() }))).toMatchObject({
    code: 'cancelled',
  })
  expect(asked).toHaveLength(1)
})

it('cuts an answer at its limit and stops the rest, or refuses it', async () => {
  const many = lines(['n'], ['UInt32'], ...Array.from({ length: 500 }, (_, n) => [n]))
  const { clickhouse, asked } = await open(1, ({ sql }, response) =>
    sql.startsWith('KILL') ? response.end() : response.end(many),
  )
  expect(await clickhouse.ask({ sql: 'SELECT n', limits: { rows: 500 } })).toMatchObject({ cut: false })
  const cut = await clickhouse.ask({ sql: 'SELECT n', limits: { rows: 10 } })
  expect(cut).toMatchObject({ cut: true, rows: Array.from({ length: 10 }, (_, n) => [n]) })
  expect(await failure(clickhouse.ask({ sql: 'SELECT n', limits: { rows: 10, overflow: 'fail' } }))).toMatchObject({
    code: 'too-large',
  })
  await clickhouse.close()
  expect(asked.filter(({ sql }) => sql.startsWith('KILL'))).toHaveLength(2)
})

it.each([
  [516, 'unauthorised'],
  [194, 'unauthorised'],
  [497, 'unauthorised'],
  [164, 'conflict'],
  [60, 'not-found'],
  [159, 'too-large'],
  [396, 'too-large'],
  [394, 'cancelled'],
  [427, 'invalid-input'],
  [236, 'unavailable'],
  [243, 'unavailable'],
  [999, 'unavailable'],
  [62, 'internal'],
])('server error %s is %s, and nobody is told the query', async (code, wanted) => {
  const { clickhouse, asked } = await open(0, (_, response) => failed(response, code, 'secret value in the query'))
  const error = await failure(clickhouse.ask({ sql: 'SELECT 1' }))
  expect(error).toMatchObject({ code: wanted, detail: { clickhouse: String(code) } })
  expect(`${error.message} ${JSON.stringify(error.detail)}`).not.toMatch(/secret|not shown/)
  await clickhouse.close()
  expect(asked.filter(({ sql }) => sql.startsWith('KILL'))).toEqual([])
})

it('says so when the answer breaks off or nobody is there', async () => {
  const { clickhouse } = await open(0, ({ sql }, response) => {
    if (sql.startsWith('KILL')) return void response.end()
    response.write(lines(['n'], ['UInt8'], [1]))
    setImmediate(() => response.destroy())
  })
  expect(await failure(clickhouse.ask({ sql: 'SELECT 1' }))).toMatchObject({ code: 'unavailable' })
  const dead = openClickhouse({ url: 'http://127.0.0.1:9', user: 'soc', password: '' }, () => undefined)
  expect(await failure(dead)).toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('cannot be reached'),
  })
})

it.each([
  ['a page of a proxy', '<html><body>Login</body></html>'],
  ['nothing', ''],
  ['names without rows behind them', '["n"'],
  ['a row cut in the middle', `${lines(['n', 's'], ['UInt8', 'String'], [1, 'x'])}[2,"y`],
  ['a row with fewer cells', lines(['n', 's'], ['UInt8', 'String'], [1])],
  ['a row that is none', `${lines(['n'], ['UInt8'])}{"exception": "x"}\n`],
])('%s is no answer', async (_name, body) => {
  const { clickhouse } = await open(1, (_, response) => response.end(body))
  expect(await failure(clickhouse.ask({ sql: 'SELECT 1' }))).toMatchObject({ code: 'unavailable' })
})

it('an answer that does not end is stopped at its time', async () => {
  const { clickhouse } = await open(1, ({ sql }, response) => {
    if (sql.startsWith('KILL')) return void response.end()
    response.write(lines(['n'], ['UInt8'], [1]))
  })
  // Five seconds of grace go on top of the limit.
  const begun = performance.now()
  expect(await failure(clickhouse.ask({ sql: 'SELECT 1', limits: { seconds: -4.5 } }))).toMatchObject({
    code: 'too-large',
  })
  expect(performance.now() - begun).toBeLessThan(4_000)
})

it('an answer that is too large for the page is refused before it is all here', async () => {
  const row = `["${'x'.repeat(1_000_000)}"]\n`
  const { clickhouse } = await open(1, ({ sql }, response) => {
    if (sql.startsWith('KILL')) return void response.end()
    response.write(lines(['s'], ['String']))
    for (let n = 0; n < 70; n += 1) response.write(row)
    response.end()
  })
  expect(await failure(clickhouse.ask({ sql: 'SELECT s' }))).toMatchObject({ code: 'too-large' })
})

it('times are UTC whatever the zone of column or server, also for who may set nothing', async () => {
  const { clickhouse } = await open(1, (_, response) =>
    response.end(
      lines(
        ['a', 'b', 'c', 'd', 'e', 'f'],
        [
          "DateTime('America/New_York')",
          "Nullable(DateTime64(3, 'Asia/Tokyo'))",
          'DateTime',
          'Date',
          'String',
          "Nullable(DateTime64(3, 'Asia/Tokyo'))",
        ],
        [
          '2026-07-01 12:00:00',
          '2026-01-01 00:30:00.125',
          '2026-01-01 00:00:00',
          '2026-01-01',
          '2026-01-01 00:00:00',
          null,
        ],
      ),
    ),
  )
  const { rows } = await clickhouse.ask({ sql: 'SELECT *', isoTimes: true })
  expect(rows).toEqual([
    [
      '2026-07-01T16:00:00Z',
      '2025-12-31T15:30:00.125Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01',
      '2026-01-01 00:00:00',
      null,
    ],
  ])
})

it('a wrong password fails the opening', async () => {
  server = createServer((request, response) => {
    request.resume()
    failed(response, 516, 'Authentication failed')
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  expect(
    await failure(openClickhouse({ url: `http://127.0.0.1:${port}`, user: 'soc', password: 'x' }, () => undefined)),
  ).toMatchObject({ code: 'unauthorised' })
})

it('64-bit integers keep every digit, quoted or bare', () => {
  const types = ['UInt64', 'Nullable(Int64)', 'String', 'Float64']
  const wanted = ['18446744073709551615', 7, '9007199254740993', 1.5]
  expect(answerCells('["18446744073709551615","7","9007199254740993",1.5]', types)).toEqual(wanted)
  expect(answerCells('[18446744073709551615,7,"9007199254740993",1.5]', types)).toEqual(wanted)
})
