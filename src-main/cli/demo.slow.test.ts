import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clickhouseMissing } from '../clickhouse/localServer.ts'

const missing = clickhouseMissing()

describe.skipIf(missing !== null)(`huntbench demo${missing === null ? '' : ` (${missing})`}`, () => {
  let folder: string
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'huntbench-demo-'))))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const demo = (port: number) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), 'demo', '--port', String(port), '--requests', '5000'],
      { env: { ...process.env, TMPDIR: folder, HUNTBENCH_WORKSPACE: join(folder, 'workspace') } },
    )
    const text = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text.out += part))
    child.stderr.setEncoding('utf8').on('data', (part: string) => (text.err += part))
    const code = new Promise<number | null>((resolve) => void child.on('close', resolve))
    return { child, text, code }
  }
  const call = async (name: string, input: object) => {
    const args = [join(import.meta.dirname, 'main.ts'), 'call', name, JSON.stringify(input)]
    const env = { ...process.env, HUNTBENCH_WORKSPACE: join(folder, 'workspace') }
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    return JSON.parse(stdout) as { connections: { id: string }[] }
  }
  const ask = async (url: string, sql: string, user = 'demo', password = ''): Promise<string> => {
    const response = await fetch(`${url}/?user=${user}&password=${password}`, { method: 'POST', body: sql })
    return (await response.text()).trim()
  }

  test('says how to reach a filled ClickHouse, and Ctrl-C ends all of it', async () => {
    const port = await freePort()
    const { child, text, code } = demo(port)
    while (!text.out.includes('Ctrl-C ends it')) {
      expect([child.exitCode, text.err]).toEqual([null, expect.any(String)])
      await sleep(50)
    }
    const url = `http://127.0.0.1:${port}`
    expect(text.out).toContain(url)
    expect(text.out).toContain('demo (no password; writes)')
    expect(Number(await ask(url, 'SELECT count() FROM ja4_logs.http_logs'))).toBeGreaterThan(15_000)
    expect(Number(await ask(url, 'SELECT count() FROM ja4_processing.view_form_bruteforce_detected'))).toBe(6)
    expect(await ask(url, "SELECT getSetting('readonly')", 'reader', 'reader')).toBe('1')
    expect(await ask(url, "SELECT getSetting('readonly')", 'analyst', 'analyst')).toBe('2')
    // Whatever a page in a browser sends there reaches nothing of the machine.
    for (const user of ['demo', 'default'])
      expect(await ask(url, "SELECT * FROM file('/etc/hostname', 'RawBLOB')", user)).toMatch(/ACCESS_DENIED/)
    expect(await ask(url, 'DROP TABLE ja4_logs.http_logs', 'analyst', 'analyst')).toMatch(/READONLY|ACCESS_DENIED/)

    // The connection is in the workspace, which is free again, and reaches the demo.
    expect(text.out).toContain('Connection  Demo')
    const { connections } = await call('connections.list', {})
    expect(connections).toEqual([expect.objectContaining({ name: 'Demo', url, user: 'demo', password: 'none' })])
    expect(await call('connections.test', { id: connections[0]?.id })).toMatchObject({ outcome: 'ok', missing: [] })

    const second = demo(port)
    expect(await second.code).toBe(1)
    expect(second.text.out).toContain(`Port ${port} is taken`)

    child.kill('SIGINT')
    expect(await code).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
    expect(readdirSync(folder).filter((name) => name.startsWith('huntbench-clickhouse'))).toEqual([])
  })

  test('takes the same connection elsewhere, and leaves nothing when it is killed', async () => {
    const port = await freePort()
    const { child, text, code } = demo(port)
    while (!text.out.includes('Ctrl-C ends it')) {
      expect([child.exitCode, text.err]).toEqual([null, expect.any(String)])
      await sleep(50)
    }
    const { connections } = await call('connections.list', {})
    expect(connections).toEqual([expect.objectContaining({ name: 'Demo', url: `http://127.0.0.1:${port}` })])
    const [data] = readdirSync(folder).filter((name) => name.startsWith('huntbench-clickhouse'))
    child.kill('SIGKILL')
    await code
    while (data !== undefined && existsSync(join(folder, data))) await sleep(20)
    expect(data).toBeDefined()
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
