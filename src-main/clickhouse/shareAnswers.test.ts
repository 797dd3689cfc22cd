import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { openClickhouse, type Clickhouse } from './openClickhouse.ts'
import { shareAnswers } from './shareAnswers.ts'

let server: Server | undefined
let clickhouse: Clickhouse | undefined
afterEach(async () => {
  await clickhouse?.close()
  server?.closeAllConnections()
  server?.close()
})

const line = (row: unknown[]): string => `${JSON.stringify(row)}\n`

/** A server whose answers wait until they are let go, and counts what it is asked. */
async function open(): Promise<{ shared: Clickhouse; asked: string[]; waiting: ServerResponse[] }> {
  const [asked, waiting]: [string[], ServerResponse[]] = [[], []]
  server = createServer((request, response) => {
    let sql = ''
    request.on('data', (piece: Buffer) => (sql += piece.toString()))
    request.on('end', () => {
      if (sql.includes("getSetting('readonly')"))
        return void response.end(line(['l', 'v', 't']) + line(['Int8', 'String', 'UInt32']) + line([0, '26', 0]))
      asked.push(sql)
      if (sql.startsWith('SELECT')) waiting.push(response)
      else response.end()
    })
  })
  await new Promise<void>((resolve) => void server?.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  clickhouse = await openClickhouse({ url: `http://127.0.0.1:${port}`, user: 'soc', password: '' }, () => undefined)
  return { shared: shareAnswers(clickhouse), asked, waiting }
}
const reached = async (waiting: unknown[], count: number): Promise<void> => {
  while (waiting.length < count) await new Promise((resolve) => setTimeout(resolve, 2))
}
const answer = (response: ServerResponse | undefined): void =>
  void response?.end(line(['n']) + line(['UInt8']) + line([1]))

it('the same question of several is asked once, and another one or a later one by itself', async () => {
  const { shared, asked, waiting } = await open()
  expect(clickhouse && shareAnswers(clickhouse)).toBe(shared)
  const question = { sql: 'SELECT {a:UInt8}', params: { a: 1 } }
  const both = [shared.ask(question), shared.ask({ ...question })]
  const other = shared.ask({ ...question, params: { a: 2 } })
  await reached(waiting, 2)
  for (const response of waiting) answer(response)
  const [first, second] = await Promise.all(both)
  expect(first).toBe(second)
  expect(await other).not.toBe(first)
  const later = shared.ask(question)
  await reached(waiting, 3)
  answer(waiting[2])
  expect((await later).queryId).not.toBe(first?.queryId)
  expect(asked).toHaveLength(3)
})

it('it goes on while one of them waits, is stopped with the last, and is begun anew for who comes then', async () => {
  const { shared, asked, waiting } = await open()
  const [a, b] = [new AbortController(), new AbortController()]
  const first = shared.ask({ sql: 'SELECT 1', signal: a.signal })
  const second = shared.ask({ sql: 'SELECT 1', signal: b.signal })
  await reached(waiting, 1)
  a.abort()
  await expect(first).rejects.toMatchObject({ code: 'cancelled' })
  expect(asked).toHaveLength(1)
  b.abort()
  await expect(second).rejects.toMatchObject({ code: 'cancelled' })
  const third = shared.ask({ sql: 'SELECT 1' })
  await reached(waiting, 2)
  answer(waiting[1])
  expect((await third).rows).toEqual([[1]])
  await clickhouse?.close()
  expect(asked.filter((sql) => sql.startsWith('KILL'))).toHaveLength(1)
})

it('what is asked after a write does not get what was asked before it', async () => {
  const { shared, waiting } = await open()
  const before = shared.ask({ sql: 'SELECT 1' })
  await reached(waiting, 1)
  await shared.run({ sql: 'INSERT' })
  const after = shared.ask({ sql: 'SELECT 1' })
  await reached(waiting, 2)
  for (const response of waiting) answer(response)
  expect((await before).queryId).not.toBe((await after).queryId)
})
