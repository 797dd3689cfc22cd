import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import { sharedSocServer } from '../soc/testing/sharedSocServer.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('connection-tls')

function lacking(): string | null {
  try {
    execFileSync('openssl', ['version'])
    return clickhouseMissing()
  } catch {
    return 'openssl is not installed here'
  }
}
const missing = lacking()

// The engine of the tests has no HTTPS of its own: a real TLS server stands before it.
describe.skipIf(missing !== null)(`a server behind TLS${missing === null ? '' : ` (${missing})`}`, () => {
  let [folder, ca, url]: [string, string, string] = ['', '', '']
  let door: Server
  beforeAll(async () => {
    const shared = await sharedSocServer()
    folder = mkdtempSync(join(tmpdir(), 'huntbench-tls-'))
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const subject = ['-subj', '/CN=huntbench test', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', [...made, '-keyout', key, '-out', certificate, ...subject], { stdio: 'ignore' })
    ca = readFileSync(certificate, 'utf8')
    door = createServer({ key: readFileSync(key), cert: ca }, (asked, answer) => {
      const on = request(
        new URL(asked.url ?? '/', shared.url),
        { method: asked.method, headers: asked.headers },
        (reply) => {
          answer.writeHead(reply.statusCode ?? 500, reply.headers)
          reply.pipe(answer)
        },
      )
      asked.pipe(on)
    })
    await new Promise<void>((resolve) => void door.listen(0, '127.0.0.1', resolve))
    const address = door.address()
    url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  })
  afterAll(() => {
    door.closeAllConnections()
    door.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const test = (more: object) => {
    const { name: user, password } = USERS.reader
    return program.call('connections.test', { connection: { name: 'x', url, user, password, ...more } })
  }

  it('is believed with a certificate that is known, given, or not asked for, and else not', async () => {
    expect(await test({})).toMatchObject({
      outcome: 'tls',
      message: expect.stringContaining('signed by itself'),
      version: null,
    })
    expect(await test({ ca })).toMatchObject({ outcome: 'ok' })
    expect(await test({ verifyTls: false })).toMatchObject({ outcome: 'ok' })
    expect(await test({ ca, url: url.replace('127.0.0.1', 'localhost') })).toMatchObject({
      outcome: 'tls',
      message: expect.stringContaining('another name'),
    })
    expect(await test({ ca: 'no certificate' })).toMatchObject({ outcome: 'tls' })
    expect(await test({ ca, password: 'wrong' })).toMatchObject({ outcome: 'wrong-password' })
  })
})
