import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '#contract/appError'
import { openCsvInserter, type CsvInserter } from './insertCsv.ts'

// Against a server that ends connections and answers as a real one rarely does. The real one: src-main/copies.

let server: Server | undefined
let inserter: CsvInserter | undefined
afterEach(async () => {
  await inserter?.close()
  server?.closeAllConnections()
  server?.close()
})

const PIECE = Buffer.alloc(100_000, 'a,b\n')
function* pieces(count: number): Generator<Buffer> {
  for (let n = 0; n < count; n += 1) yield PIECE
}
/** Some that fit what waits to be sent, and so many that the server ends while they are made. */
const AMOUNTS = [1, 300]

async function open(answer: RequestListener): Promise<CsvInserter> {
  const opened = createServer(answer)
  server = opened
  await new Promise<void>((resolve) => void opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  inserter = openCsvInserter({ url: `http://127.0.0.1:${port}`, user: 'soc', password: '' })
  return inserter
}
const insert = (into: CsvInserter, rows: Iterable<Buffer>): Promise<unknown> =>
  into.insert({ pieces: rows, table: 't', columns: ['a', 'b'] }).catch((error: unknown) => error)

type Way = (request: IncomingMessage, response: ServerResponse) => void
const once =
  (then: Way): RequestListener =>
  (request, response) =>
    void request.resume().once('end', () => then(request, response))
const exception =
  (code: number): Way =>
  (_, response) =>
    void response
      .writeHead(500, { 'x-clickhouse-exception-code': String(code) })
      .end(`Code: ${code}. DB::Exception: with values. (SOME_NAME) (version 26.7.3.1)`)
const cut = (request: IncomingMessage, response: ServerResponse): void => {
  response.write('x')
  setImmediate(() => void request.socket.resetAndDestroy())
}

describe('however a server goes while rows are sent, it is unavailable', () => {
  const ways: [name: string, answer: RequestListener][] = [
    ['closed at once', (request) => request.socket.destroy()],
    ['reset at once', (request) => void request.socket.resetAndDestroy()],
    ['closed between rows', (request) => request.once('data', () => request.socket.destroy())],
    ['reset between rows', (request) => request.once('data', () => void request.socket.resetAndDestroy())],
    ['reset behind the last row', once((request) => void request.socket.resetAndDestroy())],
    ['reset in its answer', once(cut)],
    ['reset in an answer that came before the last row', cut],
    ['its disk is gone', once(exception(107))],
    ['it cannot write', once(exception(75))],
    ['it stops', once(exception(236))],
    ['it stops before the last row', exception(236)],
    ['its network is gone', once(exception(210))],
    ['something of its system', once(exception(1001))],
    [
      'what it says of it breaks off',
      once((request, response) => {
        response.writeHead(500, { 'x-clickhouse-exception-code': '236' })
        cut(request, response)
      }),
    ],
    ['a proxy that finds nobody', once((_, response) => void response.writeHead(502).end('<html>Bad gateway</html>'))],
    ['a page instead of an answer', once((_, response) => void response.end('<html>Sign in</html>'))],
    ['no HTTP', once((request) => void request.socket.end('SSH-2.0\r\n\r\n'))],
  ]
  it.each(ways)('%s', async (_, answer) => {
    const into = await open(answer)
    for (const amount of AMOUNTS) expect(await insert(into, pieces(amount))).toMatchObject({ code: 'unavailable' })
  })
})

it('an answer that comes before all rows were sent is none', async () => {
  const into = await open((_, response) => void response.end())
  expect(await insert(into, pieces(300))).toMatchObject({ code: 'unavailable' })
})

it('a failure that a server tells behind its answer is one', async () => {
  const into = await open(
    once((_, response) => void response.end('Code: 241. DB::Exception: no memory. (MEMORY_LIMIT_EXCEEDED)')),
  )
  expect(await insert(into, pieces(1))).toMatchObject({ code: 'too-large', detail: { clickhouse: '241' } })
})

it('one connection takes any number of inserts', async () => {
  const into = await open(once((_, response) => void response.end()))
  for (let n = 0; n < 25; n += 1) expect(await insert(into, pieces(1))).toBeUndefined()
})

it('what goes wrong with the rows themselves comes through as it is', async () => {
  const into = await open(once((_, response) => void response.end()))
  for (const wrong of [new AppError('cancelled', 'Cancelled.'), new Error('database disk image is malformed')]) {
    const rows = function* (): Generator<Buffer> {
      yield PIECE
      throw wrong
    }
    expect(await insert(into, rows())).toBe(wrong)
  }
})
