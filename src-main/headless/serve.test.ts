import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openCommand } from './desktop.ts'
import { parseServeArguments } from './serveArguments.ts'

const main = join(import.meta.dirname, 'main.ts')

let folder: string
let children: ChildProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-serve-'))
  children = []
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Served = { child: ChildProcess; said: { out: string; err: string }; closed: Promise<unknown[]> }

function serve(...args: string[]): Served {
  const child = spawn(process.execPath, [main, '--workspace', folder, '--no-open', ...args])
  children.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (part: Buffer) => (said.out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said.err += part.toString()))
  return { child, said, closed: once(child, 'close') }
}

async function address({ child, said, closed }: Served): Promise<URL> {
  await Promise.race([once(child.stdout ?? child, 'data'), closed])
  if (!said.out.includes('\n')) throw new Error(`It did not start: ${said.err}`)
  return new URL(/http:\S+/.exec(said.out)?.[0] ?? '')
}

test('prints its address in one line, answers the calls of a page, has the case file it was given, and Ctrl-C ends it and tells the page', async () => {
  const served = serve(join(import.meta.dirname, '..', 'caseFiles', 'testdata', 'version1.huntcase'))
  const url = await address(served)
  expect(served.said.out).toBe(`Huntbench is served at ${url.href}\n`)
  const token = url.searchParams.get('token')
  const socket = new WebSocket(`ws://${url.host}/wire`, {
    headers: { origin: url.origin, authorization: `Bearer ${token}` },
  })
  await once(socket, 'open')
  socket.send(JSON.stringify({ t: 'call', id: 1, name: 'workspace.info', input: {} }))
  const [message] = (await once(socket, 'message')) as [Buffer]
  expect(JSON.parse(message.toString())).toMatchObject({ t: 'ok', id: 1, value: { shell: 'headless', folder } })
  socket.send(JSON.stringify({ t: 'call', id: 2, name: 'caseFiles.waiting', input: {} }))
  const [waiting] = (await once(socket, 'message')) as [Buffer]
  expect(JSON.parse(waiting.toString())).toMatchObject({ value: { files: [{ name: 'version1.huntcase' }], total: 1 } })

  const closed = once(socket, 'close')
  served.child.kill('SIGINT')
  expect((await closed)[0]).toBe(1001)
  expect(await served.closed).toEqual([0, null])
  expect(served.said.err).toBe('')
})

test('a workspace that is in use and a port that is in use are told in one line', async () => {
  const first = serve()
  await address(first)
  const second = serve()
  expect(await second.closed).toEqual([1, null])
  expect(second.said.err).toMatch(/^Another Huntbench [^\n]+\n$/)
  first.child.kill('SIGTERM')
  expect(await first.closed).toEqual([0, null])

  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const bound = other.address()
  const port = typeof bound === 'object' && bound !== null ? String(bound.port) : ''
  const third = serve('--port', port)
  expect(await third.closed).toEqual([1, null])
  expect(third.said.err).toBe(`Port ${port} is in use. Choose another with --port, or leave --port out.\n`)
  other.close()
})

test('its arguments are a port, a workspace and whether to open a browser', () => {
  expect(parseServeArguments([])).toEqual({ port: 0, workspace: undefined, open: true, caseFile: undefined })
  expect(parseServeArguments(['--port', '8080', '--workspace=w', '--no-open'])).toEqual({
    port: 8080,
    workspace: 'w',
    open: false,
    caseFile: undefined,
  })
  expect(parseServeArguments(['night.huntcase'])).toMatchObject({ caseFile: 'night.huntcase' })
  expect(parseServeArguments(['-h'])).toBe('help')
  for (const args of [
    ['--port', 'x'],
    ['--port', '65536'],
    ['--port', '-1'],
    ['--host', '0.0.0.0'],
    ['here'],
    ['a.huntcase', 'b.huntcase'],
    ['--workspace', ''],
  ]) {
    expect(parseServeArguments(args)).toEqual({ wrong: expect.stringMatching(/^[^\n]+$/) as string })
  }
})

test('a browser is opened only where there is a desktop', () => {
  expect(openCommand('http://x', 'linux', {})).toBeUndefined()
  expect(openCommand('http://x', 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', ['http://x']])
  expect(openCommand('http://x', 'darwin', {})).toEqual(['open', ['http://x']])
  expect(openCommand('http://x?a=1&b=2', 'win32', {})?.[1]).toContain('http://x?a=1&b=2')
})
