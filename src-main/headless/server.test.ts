import { describe, expect, test } from 'vitest'
import { served, type Served } from './testing/served.ts'

const now = served()
const ask: Served['ask'] = (...asked) => now().ask(...asked)
const origin = () => now().origin
const cookie = () => now().cookie

describe('the page', () => {
  test('comes with the policy that keeps it from the network', async () => {
    const { headers } = await ask('/', { cookie: cookie() })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${now().server.port}`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  })

  test('files with their hash in the name are kept by the browser, the page itself is asked for again', async () => {
    expect((await ask('/assets/index-Ab12_-xY.js', { cookie: cookie() })).headers['cache-control']).toContain(
      'immutable',
    )
    expect((await ask('/', { cookie: cookie() })).headers['cache-control']).toBe('no-cache')
  })

  test.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/..%5c..%5csecret.js',
    '/%252e%252e/secret.js',
    '//etc/passwd',
    '/link.js',
    '/.hidden.js',
    '/index.html%00.js',
    '/assets/',
    '/assets',
    '/%',
    'http://evil.example/index.html',
    '*',
  ])('%s leads nowhere', async (path) => {
    const answer = await ask(path, { cookie: cookie() })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  test('can only be read', async () => {
    expect((await ask('/', { cookie: cookie(), origin: origin() }, 'PUT', 'x')).status).toBe(405)
    expect((await ask('/files', { cookie: cookie() })).status).toBe(405)
    expect((await ask('/', { cookie: cookie() }, 'HEAD')).body).toBe('')
  })
})
