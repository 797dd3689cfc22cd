import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { testPorts } from '../testing/ports.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { openStore, type Store } from './pool.ts'

// Each question here takes minutes where nothing stops it: a test that ends says that it was stopped.

let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-cancelled-'))
  const folders = workspaceFolders(folder)
  const path = join(folder, 'long.csv')
  // Random letters a and b: expressions that count need a state for each of them.
  let seed = 1
  const letter = (): string => ((seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) & 65_536 ? 'a' : 'b')
  const long = Array.from({ length: 2_000_000 }, letter).join('')
  const rows = Array.from({ length: 300_000 }, (_, n) => `${n},${long.slice(n, n + 60)}`)
  writeFileSync(path, `n,text\n0,${long}\n${rows.join('\n')}\n`)
  await importFile(
    { path, name: 'long.csv', dialect: {}, target: join(folders.datasets, 'd.db') },
    { cancelled: () => false, progress: () => undefined },
  )
  const { database: workspace, datasets, backups } = folders
  store = await openStore({ workspace, datasets, backups }, testPorts(folder).log)
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it.each([
  ['one long cell', 'text:/(a.{1,30}b.{1,30}){1,30}#/'],
  ['one long cell by another way', 'text:/a[ab]{900}c/'],
  ['many cells', Array.from({ length: 60 }, (_, n) => `NOT /(a.{1,9}b){1,20}${n}#/`).join(' ')],
])(
  'a hostile expression over %s stops when it is cancelled',
  async (_, q) => {
    const abort = new AbortController()
    const question = store.read({ signal: abort.signal, key: 'd' }).rows.count('d', { q })
    question.catch(() => undefined)
    await sleep(400)
    abort.abort()
    await expect(question).rejects.toMatchObject({ code: 'cancelled' })
    expect(await store.read({ key: 'd' }).rows.count('d', {})).toBe(300_001)
  },
  20_000,
)
