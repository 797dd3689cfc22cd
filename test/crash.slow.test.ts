import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from '../src-main/app.ts'
import { openClient } from '../src-main/testing/client.ts'
import { testPorts } from '../src-main/testing/ports.ts'

// kill -9 in the middle of an import loses that import and nothing else.

const KILLS = 20
/** Kills are spread over this many milliseconds after the import began, each anywhere in its part; the import itself takes about as long. */
const WITHIN_MS = 700

let folder: string
let big: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-crash-'))
  big = join(folder, 'big.csv')
  const line = (n: number): string =>
    `2024-01-01T00:00:${String(n % 60).padStart(2, '0')}Z,host${n % 50},http://site${n % 900}.example.com/${n},${n}`
  writeFileSync(big, `time,host,url,n\n${Array.from({ length: 120_000 }, (_, n) => line(n)).join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function killedAfter(workspace: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [resolve('src-main/testing/importChild.ts'), workspace, big], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let finished = false
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  await new Promise<void>((begun) =>
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('importing')) begun()
      if (chunk.includes('finished')) finished = true
    }),
  )
  await wait(milliseconds)
  child.kill('SIGKILL')
  await ended
  return finished
}

it(
  `survives ${KILLS} kills at random moments of an import: only that import is lost`,
  { timeout: 180_000 },
  async () => {
    const workspace = join(folder, 'workspace')
    const first = await createApp(testPorts(workspace))
    const client = openClient(first)
    const hunt = await client.call('hunts.create', { name: 'kept' })
    writeFileSync(join(folder, 'small.csv'), 'time,host\n2024-01-01T00:00:00Z,a\n2024-01-01T00:00:01Z,b\n')
    const { jobId } = await client.call('datasets.import', {
      huntId: hunt.id,
      files: [{ ticket: await first.files.offer(join(folder, 'small.csv')) }],
    })
    await client.finished(jobId)
    const kept = (await client.call('datasets.list', { huntId: hunt.id })).datasets[0]
    await first.close()

    let lost = 0
    for (let n = 0; n < KILLS; n++) {
      await killedAfter(workspace, ((n + Math.random()) / KILLS) * WITHIN_MS)
      const app = await createApp(testPorts(workspace))
      const { call } = openClient(app)
      const { datasets } = await call('datasets.list', { limit: 500 })
      const ready = datasets.filter((dataset) => dataset.state === 'ready')
      // Whatever is ready is whole, whatever is not says so and has no file.
      for (const dataset of ready) {
        const { total } = await call('rows.page', { datasetId: dataset.id, offset: dataset.rows - 1, limit: 1 })
        expect(total).toBe(dataset.id === kept?.id ? 2 : 120_000)
      }
      expect(datasets.filter((dataset) => dataset.state === 'importing')).toEqual([])
      expect(readdirSync(join(workspace, 'datasets')).sort()).toEqual(ready.map((dataset) => `${dataset.id}.db`).sort())
      expect((await call('rows.page', { datasetId: kept?.id ?? '' })).rows).toEqual([1, 2])
      lost = datasets.filter((dataset) => dataset.state === 'failed').length
      await app.close()
    }
    // The kills really fell into imports, or this test would prove nothing.
    expect(lost).toBeGreaterThan(KILLS / 4)
  },
)
