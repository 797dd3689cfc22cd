import { readdirSync, readFileSync } from 'node:fs'
import type { OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { served, until, type Served } from './testing/served.ts'

const now = served()
const ask: Served['ask'] = (...asked) => now().ask(...asked)
const origin = () => now().origin
const cookie = () => now().cookie

describe('files', () => {
  const post = (headers: OutgoingHttpHeaders, body: string | Buffer = 'a,b\n1,2\n') =>
    ask('/files', { cookie: cookie(), origin: origin(), ...headers }, 'POST', body)

  test('a file that a browser sends becomes a ticket for its very bytes and name', async () => {
    const bytes = Buffer.alloc(3_000_000, 'evidence;')
    const answer = await post({ 'x-file-name': encodeURIComponent('Fälle/日本.csv') }, bytes)
    expect(answer.status).toBe(200)
    const { ticket } = JSON.parse(answer.body) as { ticket: string }
    const file = createdTickets().take(ticket)
    expect(file.name).toBe('Fälle/日本.csv')
    expect(readFileSync(file.path).equals(bytes)).toBe(true)
  })

  test('the beginning of a file that is larger becomes a ticket of its own kind', async () => {
    const answer = await post({ 'x-file-name': 'big.csv', 'x-file-size': '900000000' })
    const { ticket } = JSON.parse(answer.body) as { ticket: string }
    expect(createdTickets().take(ticket)).toMatchObject({ name: 'big.csv', size: 900_000_000, beginning: true })
    expect((await post({ 'x-file-name': 'big.csv', 'x-file-size': '-1' })).status).toBe(400)
  })

  test('an empty file is a file', async () => {
    expect((await post({ 'x-file-name': 'empty.csv' }, '')).status).toBe(200)
  })

  test('a request that does not say where it comes from is refused', async () => {
    expect((await ask('/files', { cookie: cookie(), 'x-file-name': 'a.csv' }, 'POST', 'x')).status).toBe(403)
    expect(readdirSync(join(now().folder, 'uploads'))).toEqual([])
  })

  test('a missing or broken name is refused', async () => {
    for (const headers of [
      {},
      { 'x-file-name': '' },
      { 'x-file-name': '%' },
      { 'x-file-name': '%00' },
      { 'x-file-name': 'a'.repeat(12_500) },
    ]) {
      const answer = await post(headers)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid-input' })
    }
  })

  test('a file that does not arrive whole leaves nothing', async () => {
    const socket = connect(now().server.port, '127.0.0.1')
    socket.write(
      `POST /files HTTP/1.1\r\nHost: 127.0.0.1:${now().server.port}\r\nOrigin: ${origin()}\r\nCookie: ${cookie()}\r\nX-File-Name: a.csv\r\nContent-Length: 1000000\r\n\r\n`,
    )
    socket.write('a,b\n'.repeat(1000))
    await until(() => readdirSync(join(now().folder, 'uploads')).length === 1)
    socket.destroy()
    await until(() => readdirSync(join(now().folder, 'uploads')).length === 0)
    expect(now().logged).toEqual([])
  })

  test('a full disk is reported as such and leaves nothing', async () => {
    const aborted: string[] = []
    now().app.files.upload = (name) =>
      Promise.resolve({
        write: new Writable({
          write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
        }),
        done: () => Promise.resolve('never'),
        abort: () => Promise.resolve(void aborted.push(name)),
      })
    const answer = await post({ 'x-file-name': 'big.csv' }, Buffer.alloc(2_000_000))
    expect(answer.status).toBe(507)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'disk-full' })
    expect(aborted).toEqual(['big.csv'])
  })

  const createdTickets = () => now().app.files
})
