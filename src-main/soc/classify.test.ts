import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '../app.ts'
import { clickhouseMissing, USERS } from '../clickhouse/localServer.ts'
import { openClient, type Client } from '../testing/client.ts'
import { testPorts } from '../testing/ports.ts'
import { startSocServer, type SocServer } from './testing/socServer.ts'

const missing = clickhouseMissing()
describe.skipIf(missing !== null)(`what is written into a server${missing === null ? '' : ` (${missing})`}`, () => {
  let [folder, connection] = ['', '']
  let server: SocServer
  let app: App
  let client: Client
  const told: unknown[] = []
  const connect = async (user: (typeof USERS)[keyof typeof USERS], allowWrite: boolean): Promise<string> => {
    const draft = { name: user.name, url: server.url, user: user.name, password: user.password, allowWrite }
    return (await client.call('connections.create', { connection: draft })).id
  }
  const rows = async (panel: string, part: string) => {
    const [answer] = (await client.call('soc.panel', { connection, panel, only: [part] })).parts
    expect(answer?.failure).toBeNull()
    return answer?.rows ?? []
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huntbench-classify-'))
    server = await startSocServer()
    app = await createApp(testPorts(folder), { checkAnswers: true })
    client = openClient(app)
    app.connect((reply) => {
      if (reply.t === 'event' && reply.topic === 'soc.changed') told.push(reply.payload)
    })
    connection = await connect(USERS.soc, true)
  })
  afterAll(async () => {
    client.close()
    await app.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('a verdict leaves the queue, enters the history and is taken back', async () => {
    const [first] = server.demo.answers.unclassified
    const address = first?.address ?? ''
    const comment = `Asked the owner; "yes" <b>it's</b> ours \\ {x:String}`
    const said = await client.call('soc.classify', {
      ...{ connection, address: `::ffff:${address}`, classification: 'true_positive', comment },
    })
    expect(said).toMatchObject({ address, classification: 'true_positive', comment })
    expect((await rows('classifySuggested', 'rows')).map((row) => row['src_ip'])).not.toContain(address)
    const [newest] = await rows('classifications', 'rows')
    expect(newest).toMatchObject({ src_ip: address, classification: 'true_positive', comment })
    expect(Date.parse(String(newest?.['created_at']))).toBe(Date.parse(said.createdAt))

    await client.call('soc.withdrawClassification', {
      ...{ connection, address, classification: 'true_positive', createdAt: said.createdAt },
    })
    expect((await rows('classifySuggested', 'rows'))[0]).toMatchObject({ src_ip: address })
    expect(await rows('classifications', 'rows')).toHaveLength(6)
    expect(told).toEqual(Array(2).fill({ connection, what: 'classifications' }))
  })

  it('the table of verdicts is made where a server has none', async () => {
    await server.writer.run('CREATE DATABASE bare')
    const draft = { name: 'bare', url: server.url, user: USERS.soc.name, password: USERS.soc.password }
    const bare = await client.call('connections.create', {
      connection: { ...draft, processingDatabase: 'bare', allowWrite: true },
    })
    const verdict = { connection: bare.id, address: '2001:db8::7', classification: 'suspicious' } as const
    await client.call('soc.classify', verdict)
    const { parts } = await client.call('soc.panel', { connection: bare.id, panel: 'classifyStats' })
    expect(parts[0]?.rows).toEqual([{ classification: 'suspicious', cnt: 1 }])
  })

  it('a signature of a browser counts at once, and is there once', async () => {
    const signature = { fingerprint: `1:1;'x|9|0|m,a,s,p`, family: 'Edge', confidence: 0.9, notes: 'a <b>' } as const
    expect(await client.call('soc.addBrowserSignature', { connection, signature })).toMatchObject({ reloaded: true })
    const dictionary = `SELECT dictGet('ja4_processing.dict_browser_h2', 'browser_family', tuple({fp:String}))`
    const family = async () => (await (await fetch(ask(dictionary, signature.fingerprint))).text()).trim()
    expect(await family()).toBe('Edge')
    await expect(client.call('soc.addBrowserSignature', { connection, signature })).rejects.toMatchObject({
      code: 'conflict',
    })
    const { fingerprint } = signature
    const gone = await client.call('soc.deleteBrowserSignature', { connection, fingerprint: ` ${fingerprint} ` })
    expect(gone).toEqual({ deleted: [signature], reloaded: true })
    expect(await family()).toBe('')
    await expect(client.call('soc.deleteBrowserSignature', { connection, fingerprint })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
  const ask = (query: string, fp: string): string =>
    `${server.url}/?${new URLSearchParams({ query, param_fp: fp, user: USERS.soc.name, password: USERS.soc.password }).toString()}`

  it('nothing is written where the connection or its user may not, or what does not fit', async () => {
    const verdict = { address: '192.0.2.1', classification: 'bot' } as const
    const signature = { fingerprint: 'x', family: 'Other' } as const
    const barred = [
      await connect(USERS.soc, false),
      await connect(USERS.analyst, true),
      await connect(USERS.reader, true),
    ]
    for (const other of barred) {
      for (const attempt of [
        client.call('soc.classify', { connection: other, ...verdict }),
        client.call('soc.addBrowserSignature', { connection: other, signature }),
        client.call('soc.deleteBrowserSignature', { connection: other, fingerprint: 'x' }),
      ])
        await expect(attempt).rejects.toMatchObject({ code: 'conflict' })
    }
    const wrong: Parameters<typeof client.call<'soc.classify'>>[1][] = [
      { connection, ...verdict, address: '192.0.2.1; DROP' },
      { connection, ...verdict, address: '' },
    ]
    for (const bad of wrong)
      await expect(client.call('soc.classify', bad)).rejects.toMatchObject({ code: 'invalid-input' })
    for (const bad of [{ fingerprint: '  ' }, { confidence: 1.1 }, { confidence: -0.1 }])
      await expect(
        client.call('soc.addBrowserSignature', { connection, signature: { ...signature, ...bad } }),
      ).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
