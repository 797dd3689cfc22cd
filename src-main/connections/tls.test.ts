import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import { sharedSocServer } from '../soc/testing/sharedSocServer.ts'
import { datasetSteps } from '../testing/datasetSteps.ts'
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
  let [folder, ca, otherCa, url]: [string, string, string, string] = ['', '', '', '']
  let door: Server
  /** Bytes after which the door breaks off its answers; null: never. */
  let breaksAt: number | null = null
  /** Seconds by which the clock of the server is ahead, as told through the door. */
  let ahead = 0
  beforeAll(async () => {
    const shared = await sharedSocServer()
    folder = mkdtempSync(join(tmpdir(), 'huntbench-tls-'))
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const subject = ['-subj', '/CN=huntbench test', '-addext', 'subjectAltName=IP:127.0.0.1']
    const certificateOf = (name: string): { key: Buffer; cert: string } => {
      const [key, out] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
      execFileSync('openssl', [...made, '-keyout', key, '-out', out, ...subject], { stdio: 'ignore' })
      return { key: readFileSync(key), cert: readFileSync(out, 'utf8') }
    }
    const own = certificateOf('own')
    ca = own.cert
    otherCa = certificateOf('other').cert
    door = createServer(own, (asked, answer) => {
      const on = request(
        new URL(asked.url ?? '/', shared.url),
        { method: asked.method, headers: asked.headers },
        (reply) => {
          answer.writeHead(reply.statusCode ?? 500, reply.headers)
          let sent = 0
          reply.on('data', (piece: Buffer) => {
            sent += piece.length
            if (ahead > 0)
              return void answer.write(piece.toString().replace(/\b1\d{9}\b/, (clock) => String(Number(clock) + ahead)))
            if (breaksAt === null || sent <= breaksAt) return void answer.write(piece)
            answer.write(piece.subarray(0, breaksAt))
            setImmediate(() => answer.destroy())
          })
          reply.on('end', () => answer.end())
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
    expect(await test({ ca: otherCa })).toMatchObject({
      outcome: 'tls',
      message: expect.stringContaining('not signed by the authority that was entered'),
    })
    expect(await test({ ca: 'no certificate' })).toMatchObject({ outcome: 'tls' })
    // An address without encryption behind https, and the other way round.
    expect(await test({ url: url.replace('https:', 'http:') })).toMatchObject({
      outcome: expect.not.stringMatching(/^ok$/),
    })
    expect(await test({ ca, password: 'wrong' })).toMatchObject({ outcome: 'wrong-password' })
    ahead = 90
    const fast = await test({ ca })
    ahead = 0
    expect(fast).toMatchObject({
      outcome: 'ok',
      message: expect.stringMatching(/Its clock is (8[5-9]|9[0-5]) s ahead/),
    })
  })

  it('answers panels and takes datasets; an answer that breaks off in the middle is none, and the next one is whole', async () => {
    const { name: user, password } = USERS.soc
    const draft = { name: 'tls', url, user, password, ca, allowWrite: true }
    const { id: connection } = await program.call('connections.create', { connection: draft })
    const ask = () => program.call('soc.panel', { connection, panel: 'detections', only: ['rows'], consent: true })
    const [whole] = (await ask()).parts
    expect(whole?.failure).toBeNull()
    // Enough for the probe and the estimate, in the middle of the rows.
    breaksAt = 4_000
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('Try again') })
    breaksAt = null
    expect((await ask()).parts[0]?.rows).toEqual(whole?.rows)

    const { id: datasetId } = await datasetSteps(program).imported(`n,text\n${'1,over TLS\n'.repeat(5_000)}`)
    const { jobId } = await program.call('copies.send', { connection, datasetId, database: 'over_tls' })
    expect(await program.client.finished(jobId)).toMatchObject({ state: 'succeeded', done: 5_000 })
    const [copy] = (await program.call('copies.list', { datasetId })).copies
    expect(await program.call('rows.count', { datasetId, copy: copy?.id, q: 'tls' })).toMatchObject({ count: 5_000 })
    await program.call('copies.delete', { id: copy?.id ?? '' })
  })
})
