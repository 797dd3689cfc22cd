import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApp } from '../src-main/app.ts'
import { openClient } from '../src-main/testing/client.ts'
import type { Found } from '../src-main/testing/importChild.ts'
import { testPorts } from '../src-main/testing/ports.ts'

// kill -9 in the middle of an import loses that import and nothing else.

const KILLS = 20
const ROWS = 60_000
/** Kills are spread over this many milliseconds after the import began, each anywhere in its part; the import itself takes about as long. */
const WITHIN_MS = 450

let folder: string
let big: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-crash-'))
  big = join(folder, 'big.csv')
  const line = (n: number): string =>
    `2024-01-01T00:00:${String(n % 60).padStart(2, '0')}Z,host${n % 50},http://site${n % 900}.example.com/${n},${n}`
  writeFileSync(big, `time,host,url,n\n${Array.from({ length: ROWS }, (_, n) => line(n)).join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Starts the program on the workspace, hears what it finds there, and kills it so long after its import began. Without
 * milliseconds it is not to import.
 */
async function foundBy(workspace: string, milliseconds?: number): Promise<Found> {
  const file = milliseconds === undefined ? [] : [big]
  const child = spawn(process.execPath, [resolve('src-main/testing/importChild.ts'), workspace, ...file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  let found: Found | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    found ??= JSON.parse(line) as Found
    if (line !== 'importing') continue
    await wait(milliseconds)
    child.kill('SIGKILL')
  }
  await ended
  if (!found) throw new Error('The program did not open the workspace.')
  return found
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

    // Each program tells what the kill of the one before it left behind.
    const seen: Found[] = []
    for (let n = 0; n < KILLS; n++) seen.push(await foundBy(workspace, ((n + Math.random()) / KILLS) * WITHIN_MS))
    seen.push(await foundBy(workspace))
    for (const { datasets, files } of seen) {
      const ready = datasets.filter(({ state }) => state === 'ready')
      // Whatever is ready is whole to its last row, whatever is not says so and has no file.
      for (const { id, rows, total } of ready) {
        expect(rows).toBe(id === kept?.id ? 2 : ROWS)
        expect(total).toBe(rows)
      }
      expect(ready.map(({ id }) => id)).toContain(kept?.id)
      expect(datasets.filter(({ state }) => state === 'importing')).toEqual([])
      expect(files.sort()).toEqual(ready.map(({ id }) => `${id}.db`).sort())
    }
    // The kills really fell into imports, or this test would prove nothing.
    expect(seen.at(-1)?.datasets.filter(({ state }) => state === 'failed').length).toBeGreaterThan(KILLS / 4)
  },
)
