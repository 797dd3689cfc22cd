import { describe, expect, test } from 'vitest'
import { served, type Served } from './testing/served.ts'

const now = served()
const ask: Served['ask'] = (...asked) => now().ask(...asked)
const origin = () => now().origin
const cookie = () => now().cookie

describe('who gets in', () => {
  test('the printed address lets the browser in with a cookie that scripts and other sites cannot use', async () => {
    const entered = await ask(`/?token=${now().token}`)
    expect(entered.status).toBe(303)
    expect(entered.headers['location']).toBe('/')
    expect(entered.headers['set-cookie']).toEqual([`${cookie()}; HttpOnly; SameSite=Strict; Path=/`])
    const page = await ask('/', { cookie: cookie() })
    expect(page.status).toBe(200)
    expect(page.body).toContain('<title>Huntbench</title>')
    expect(Buffer.from(now().token, 'base64url')).toHaveLength(32)
  })

  test.each([['/'], ['/index.html'], ['/assets/index-Ab12_-xY.js'], ['/wire'], ['/files'], ['/nothing']])(
    '%s answers 403 without the token',
    async (path) => {
      expect((await ask(path)).status).toBe(403)
      expect((await ask(path, { cookie: `huntbench_${now().server.port}=${'A'.repeat(43)}` })).status).toBe(403)
      expect((await ask(path, { cookie: `huntbench_${now().server.port}=` })).status).toBe(403)
    },
  )

  test('a wrong, empty or cut token does not let in', async () => {
    for (const wrong of ['', 'x', now().token.slice(1), `${now().token}x`]) {
      const answer = await ask(`/?token=${wrong}`)
      expect(answer.status).toBe(403)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  test('a program may send the token as a bearer token', async () => {
    expect((await ask('/', { authorization: `Bearer ${now().token}` })).status).toBe(200)
    expect((await ask('/', { authorization: `Bearer ${now().token}x` })).status).toBe(403)
  })

  test('the address handed to the browser program works once', async () => {
    const path = now().server.access.addressForOneVisit().slice(origin().length)
    expect((await ask(path)).status).toBe(303)
    expect((await ask(path)).status).toBe(403)
  })

  test('a foreign name that resolves to this machine is refused, with and without the token', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${now().server.port}`,
      `127.0.0.1:${now().server.port + 1}`,
      '127.0.0.1',
      `[::1]:${now().server.port}`,
    ]) {
      expect((await ask('/', { host, cookie: cookie() })).status).toBe(403)
      expect((await ask(`/?token=${now().token}`, { host })).status).toBe(403)
    }
    expect((await ask('/', { host: `localhost:${now().server.port}`, cookie: cookie() })).status).toBe(200)
  })

  test('a request from a foreign page is refused even with the cookie', async () => {
    for (const foreign of [
      'http://evil.example',
      'null',
      `http://127.0.0.1:${now().server.port + 1}`,
      `https://127.0.0.1:${now().server.port}`,
    ]) {
      expect((await ask('/', { origin: foreign, cookie: cookie() })).status).toBe(403)
      expect((await ask('/files', { origin: foreign, cookie: cookie(), 'x-file-name': 'a' }, 'POST', 'x')).status).toBe(
        403,
      )
    }
    expect((await ask('/', { origin: origin(), cookie: cookie() })).status).toBe(200)
  })

  test('a refusal says what to do and nothing about what was expected', async () => {
    const { body } = await ask('/')
    expect(body).toBe('This address needs the token of this run. Open the address Huntbench printed when it started.\n')
  })
})
