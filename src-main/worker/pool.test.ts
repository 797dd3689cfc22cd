import { getEventListeners } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { openReadable } from '../sqlite/db.ts'
import { testPorts } from '../testing/ports.ts'
import { workspaceFolders } from '../workspace/workspaceFolders.ts'
import { openStore, type Store } from './pool.ts'
import { readFileSync, writeFileSync } from 'node:fs'

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
  const scan = store.read({ signal: abort.signal, key: DATASET }).rows.count(DATASET, { q: 'b:/s.m. t.x. [0-9]+z/' })
  setTimeout(() => abort.abort(), 5)
  await expect(scan).rejects.toMatchObject({ code: 'cancelled' })
  expect(await store.read({ key: DATASET }).rows.count(DATASET, {})).toBe(300_000)
})

it('a question that waits in the queue is cancelled without being asked', async () => {
  const abort = new AbortController()
  const waiting = Array.from({ length: 6 }, () =>
    store.read({ key: DATASET }).rows.count(DATASET, { q: 'b:"some text 29999"' }),
  )
  const late = store.read({ signal: abort.signal, key: DATASET }).rows.count(DATASET, { q: 'x' })
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
  await expect(
    store.write.alerts.updateByIds(['none'], { status: 'new' }, { by: '', now: 0, undo: false }),
  ).rejects.toMatchObject({
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
  expect(await store.read({ key: DATASET }).rows.count(DATASET, {})).toBe(300_000)
})

it('a signal that many calls share keeps nothing of the calls that have ended', async () => {
  const abort = new AbortController()
  for (let n = 0; n < 20; n++) await store.read({ signal: abort.signal }).datasets.totals()
  await expect(store.read({ signal: abort.signal }).rows.page('missing', { limit: 1, offset: 0 })).rejects.toThrow()
  expect(getEventListeners(abort.signal, 'abort')).toEqual([])
})

it('a call whose signal was aborted before is refused at once, even while every thread is busy', async () => {
  const ended: string[] = []
  const questions = ['some text 1', 'some text 2', 'some text 3']
  const scans = questions.map((q) =>
    store
      .read({ key: DATASET })
      .rows.count(DATASET, { q })
      .finally(() => ended.push('scan')),
  )
  const late = store.read({ signal: AbortSignal.abort(), key: DATASET }).rows.count(DATASET, { q: 'x' })
  await expect(late.finally(() => ended.push('late'))).rejects.toMatchObject({ code: 'cancelled' })
  await Promise.all(scans)
  expect(ended).toEqual(['late', 'scan', 'scan', 'scan'])
})

it('a task that is cancelled while its thread still starts does not run to its end', async () => {
  const folders = workspaceFolders(join(folder, 'starting'))
  const fresh = await openStore(
    { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
    testPorts(folder).log,
  )
  const abort = new AbortController()
  const hash = fresh.task({ signal: abort.signal }).evidence.hash(join(folder, 'big.csv'))
  abort.abort()
  await expect(hash).rejects.toMatchObject({ code: 'cancelled' })
  await fresh.close()
})

it('once closed it answers nothing more and starts no thread again; what was to be written is written', async () => {
  const folders = workspaceFolders(join(folder, 'closing'))
  const open = () =>
    openStore(
      { workspace: folders.database, datasets: folders.datasets, backups: folders.backups },
      testPorts(folder).log,
    )
  const closing = await open()
  const tasks = Array.from({ length: 6 }, () => closing.task().evidence.hash(join(folder, 'big.csv')))
  const writes = Array.from({ length: 5 }, (_, n) => closing.write.settings.put({ [`key${n}`]: String(n) }))
  const ended = Promise.allSettled(tasks)
  const closed = closing.close()
  await expect(closing.write.settings.put({ late: '1' })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(closing.read().settings.all()).rejects.toMatchObject({ code: 'unavailable' })
  await expect(closing.task().evidence.hash(join(folder, 'big.csv'))).rejects.toMatchObject({ code: 'unavailable' })
  await closed
  // The two threads may have ended the first two; none of the others was begun.
  const refused = (await ended).filter((end) => end.status === 'rejected')
  expect(refused.length).toBeGreaterThanOrEqual(4)
  for (const end of refused) expect(end.reason).toMatchObject({ code: 'unavailable' })
  await Promise.all(writes)
  const again = await open()
  expect(Object.keys(await again.read().settings.all()).sort()).toEqual(['key0', 'key1', 'key2', 'key3', 'key4'])
  await again.close()
})

it('a damaged workspace file is not taken for a damaged dataset', async () => {
  const folders = workspaceFolders(join(folder, 'damaged'))
  const paths = { workspace: folders.database, datasets: folders.datasets, backups: folders.backups }
  const first = await openStore(paths, testPorts(folder).log)
  await first.close()
  const bytes = readFileSync(folders.database)
  const db = openReadable(folders.database)
  // Only the pages of alerts are overwritten, so that the file opens.
  const size = Number(db.pragma('page_size', { simple: true }))
  // Triggers have no page.
  const pages = db
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'alerts' AND rootpage > 0")
    .pluck()
    .all()
  db.close()
  for (const page of pages) bytes.fill(0xff, (page - 1) * size, page * size)
  writeFileSync(folders.database, bytes)
  const second = await openStore(paths, testPorts(folder).log)
  await expect(second.read().alerts.stats(undefined)).rejects.toMatchObject({ code: 'workspace-damaged' })
  await second.close()
})
