import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { testPorts } from '../testing/ports.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { openStore, type Store } from './pool.ts'
import { writeFileSync } from 'node:fs'

let folder: string
let store: Store
const DATASET = 'd'
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-pool-'))
  const folders = workspaceFolders(folder)
  const path = join(folder, 'big.csv')
  writeFileSync(
    path,
    `a,b\n${Array.from({ length: 300_000 }, (_, n) => `${(n * 7919) % 300_000},some text ${n}`).join('\n')}\n`,
  )
  await importFile(
    { path, name: 'big.csv', dialect: {}, target: join(folders.datasets, `${DATASET}.db`) },
    { cancelled: () => false, progress: () => undefined },
  )
  store = await openStore(
    { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
    testPorts(folder).log,
  )
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('a long scan that is cancelled ends with cancelled, and the thread goes on answering', async () => {
  const abort = new AbortController()
  const scan = store
    .read({ signal: abort.signal, key: DATASET })
    .rows.count(DATASET, 'nothing holds this and -that and -those')
  setTimeout(() => abort.abort(), 5)
  await expect(scan).rejects.toMatchObject({ code: 'cancelled' })
  expect(await store.read({ key: DATASET }).rows.count(DATASET, undefined)).toBe(300_000)
})

it('a question that waits in the queue is cancelled without being asked', async () => {
  const abort = new AbortController()
  const waiting = Array.from({ length: 6 }, () => store.read({ key: DATASET }).rows.count(DATASET, 'b:"some text 29999"'))
  const late = store.read({ signal: abort.signal, key: DATASET }).rows.count(DATASET, 'x')
  abort.abort()
  await expect(late).rejects.toMatchObject({ code: 'cancelled' })
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => 1))
})

it('every page of a sorted view is the same order, however deep, as one long sort', async () => {
  const sort = { column: 'a', descending: true }
  const read = store.read({ key: DATASET }).rows
  for (const offset of [0, 123_456, 299_990]) {
    const page = await read.page(DATASET, { sort, columns: ['a'], limit: 10, offset })
    expect(page.columns[0]?.cells).toEqual(page.rows.map((_, n) => 299_999 - offset - n))
    expect(await read.position(DATASET, { sort, row: page.rows[3] ?? 0 })).toBe(offset + 3)
  }
})

it('failures keep their code and detail across threads', async () => {
  await expect(store.read().rows.page('missing', { limit: 1, offset: 0 })).rejects.toMatchObject({
    code: 'dataset-damaged',
    detail: { id: 'missing' },
  })
  await expect(store.write.alerts.updateByIds(['none'], { status: 'new' }, 0)).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('a dataset file that is not one of ours is refused and harms nothing', async () => {
  writeFileSync(
    join(folder, 'datasets', 'junk.db'),
    'this is no database at all, but long enough to be looked at as one'.repeat(50),
  )
  await expect(store.read().rows.page('junk', { limit: 1, offset: 0 })).rejects.toMatchObject({
    code: 'dataset-damaged',
  })
  expect(await store.read({ key: DATASET }).rows.count(DATASET, undefined)).toBe(300_000)
})
