import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { served, type Served } from './testing/served.ts'

const now = served()
const ask: Served['ask'] = (...asked) => now().ask(...asked)
const cookie = () => now().cookie

describe('a file that was exported', () => {
  const offered = () => {
    const path = now().app.downloads.place()
    writeFileSync(path, '<script>alert(1)</script>')
    return `/downloads/${now().app.downloads.offer(path, 'r\u00e9sum\u00e9 "x".csv', 25)}`
  }

  test('is saved and never shown, once, by who is let in', async () => {
    const path = offered()
    expect((await ask(path)).status).toBe(403)
    expect((await ask(path, { cookie: cookie() }, 'POST')).status).toBe(403)
    const answer = await ask(path, { cookie: cookie() })
    expect(answer).toMatchObject({ status: 200, body: '<script>alert(1)</script>' })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="r_sum_ _x_.csv"; filename*=UTF-8''r%C3%A9sum%C3%A9%20%22x%22.csv`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect((await ask(path, { cookie: cookie() })).status).toBe(404)
    expect((await ask('/downloads/../secret.js', { cookie: cookie() })).status).toBe(404)
    expect((await ask('/downloads/', { cookie: cookie() })).status).toBe(404)
  })

  test('that was gone from the disk is told like one that was fetched', async () => {
    const path = now().app.downloads.place()
    const address = `/downloads/${now().app.downloads.offer(path, 'x.csv', 3)}`
    expect((await ask(address, { cookie: cookie() })).status).toBe(404)
  })
})
