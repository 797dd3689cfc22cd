import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { CallName, Input, Output } from '#contract/contract'
import { createApp, type App } from '../app.ts'
import { openClient, type Client } from './client.ts'
import { testPorts } from './ports.ts'

/** The whole application with a connection to it, for the tests of one file. */
export type TestApp = {
  /** Its workspace; tests put their files there as well. */
  readonly folder: string
  readonly app: App
  readonly client: Client
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>
  /** Writes a file into the folder and answers its ticket. */
  offer(name: string, content: string | Buffer): Promise<string>
  /** Opens the workspace, after `end`. */
  open(): Promise<void>
  /** Ends the program; its workspace stays. */
  end(): Promise<void>
}

/** Starts the application before the tests of a file, every answer checked against the contract, and ends it after them. */
export function testApp(name: string): TestApp {
  let running: { app: App; client: Client } | null = null
  let folder = ''
  const now = (): { app: App; client: Client } => {
    if (!running) throw new Error('The program is not running.')
    return running
  }
  const test: TestApp = {
    get folder() {
      return folder
    },
    get app() {
      return now().app
    },
    get client() {
      return now().client
    },
    call: (call, input) => now().client.call(call, input),
    offer(file, content) {
      writeFileSync(join(folder, file), content)
      return now().app.files.offer(join(folder, file))
    },
    async open() {
      const app = await createApp(testPorts(folder), { checkAnswers: true })
      running = { app, client: openClient(app) }
    },
    async end() {
      const { app, client } = now()
      running = null
      client.close()
      await app.close()
    },
  }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), `huntbench-${name}-`))
    return test.open()
  })
  afterAll(async () => {
    if (running) await test.end()
    rmSync(folder, { recursive: true, force: true })
  })
  return test
}
