import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Input } from '#contract/contract'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'
import { commands, datasetSteps } from '../testing/datasetSteps.ts'

// A dataset file that is being written anew, cancelled and killed: the whole application without a shell.

/** Long by nature: seconds on an idle machine, many times that on a busy one. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const program = testApp('rewriting')
const { call } = program
const { imported, update, ended, times, leftovers } = datasetSteps(program)

beforeAll(() => call('settings.update', { analystName: 'Kim' }))

describe('a change that is under way', () => {
  const MANY = `When,Who,What many\n${'2024-01-01 10:00:00,someone,http://example.com/a\n'.repeat(300_000)}`

  it('is the only one, and cancelled it leaves everything as it was', async () => {
    const { id } = await imported(MANY)
    const before = await call('datasets.get', { id })
    const { jobId } = await call('datasets.update', { id, timeZone: 'Europe/Berlin' })
    if (jobId === null) throw new Error('a job was expected')
    expect(await failureOf(call('datasets.rescan', { id }))).toMatchObject({ code: 'conflict' })
    expect(await failureOf(call('datasets.update', { id, skewSeconds: 5, name: 'other' }))).toMatchObject({
      code: 'conflict',
    })
    await program.client.progressed(jobId)
    await call('jobs.cancel', { id: jobId })
    expect(await program.client.finished(jobId)).toMatchObject({ state: 'cancelled' })
    expect(await call('datasets.get', { id })).toEqual(before)
    expect(await call('datasets.history', { id })).toMatchObject({ total: 0 })
    expect(leftovers()).toEqual([])
    expect(await update({ id, timeZone: 'Europe/Berlin' })).toMatchObject({ state: 'succeeded' })
    expect((await times(id))[0]).toBe('2024-01-01T09:00:00.000Z')
  })

  it('ends when its dataset is deleted, and nothing is left', async () => {
    const { id } = await imported(MANY)
    const { jobId } = await call('datasets.update', { id, timeZone: 'Asia/Tokyo' })
    await program.client.progressed(jobId ?? '')
    await call('datasets.delete', { id })
    expect(await call('jobs.get', { id: jobId ?? '' })).toMatchObject({ state: 'cancelled' })
    expect(readdirSync(join(program.folder, 'datasets')).filter((name) => name.includes(id))).toEqual([])
  })
})

describe('a program that is killed while a dataset file takes the place of the old one', () => {
  /** The workspace as it was before the change was recorded, the file as it is after: what a kill in between leaves. */
  async function killed(id: string, between: 'before' | 'after', change: Input<'datasets.update'>): Promise<void> {
    const files = { lasting: join(program.folder, 'datasets', `${id}.db`), other: join(program.folder, 'other.db') }
    const row = () => workspace((db) => db.prepare('SELECT * FROM datasets WHERE id = ?').get(id))
    await program.end()
    const old = row()
    const bytes = between === 'before' ? copy(files.lasting) : null
    await program.open()
    await update(change)
    await program.end()
    workspace((db) => {
      const names = Object.keys(Object(old))
      db.prepare(`REPLACE INTO datasets (${names.join()}) VALUES (${names.map((name) => `@${name}`).join()})`).run(old)
      db.exec(`UPDATE datasets SET rewriting = 1 WHERE id = '${id}'; DELETE FROM mappings`)
      db.exec(`DELETE FROM dataset_changes WHERE dataset_id = '${id}'`)
    })
    if (bytes !== null) {
      writeFileSync(files.other, bytes)
      renameSync(files.other, files.lasting)
    }
    writeFileSync(join(program.folder, 'datasets', `.${id}.0.db`), 'half a file')
    await program.open()
  }
  const workspace = <T>(work: (db: Database.Database) => T): T => {
    const db = new Database(join(program.folder, 'workspace.db'))
    try {
      return work(db)
    } finally {
      db.close()
    }
  }
  const copy = (path: string): Buffer => new Database(path, { readonly: true }).serialize()

  it('goes on as if the change had been made, where the new file stands in its place', async () => {
    const { id } = await imported(commands('killed after'), { dialect: { skewSeconds: 10 } })
    await killed(id, 'after', { id, timeZone: 'Europe/Berlin', reason: 'r' })
    expect(await call('datasets.get', { id })).toMatchObject({
      state: 'ready',
      timeZone: 'Europe/Berlin',
      skewSeconds: 10,
      firstTime: '2024-07-01T08:00:10.000Z',
    })
    expect(await call('datasets.history', { id })).toMatchObject({ changes: [{ reason: 'r', by: 'Kim' }], total: 1 })
    expect(leftovers()).toEqual([])
    await ended(call('datasets.undo', { id }))
    expect((await times(id))[0]).toBe('2024-07-01T10:00:10.000Z')
  })

  it('goes on as if nothing had been, where the old file stands in its place', async () => {
    const { id } = await imported(commands('killed before'), { dialect: { skewSeconds: 10 } })
    await killed(id, 'before', { id, timeZone: 'Europe/Berlin' })
    expect(await call('datasets.get', { id })).toMatchObject({ skewSeconds: 10, firstTime: '2024-07-01T10:00:10.000Z' })
    expect(await call('datasets.history', { id })).toMatchObject({ total: 0 })
    expect(leftovers()).toEqual([])
  })

  it('starts also where that file is gone', async () => {
    const [lost, other] = [await imported(commands('gone')), await imported(commands('there'))]
    await program.end()
    workspace((db) => db.exec(`UPDATE datasets SET rewriting = 1 WHERE id = '${lost.id}'`))
    rmSync(join(program.folder, 'datasets', `${lost.id}.db`))
    await program.open()
    expect(await failureOf(call('rows.page', { datasetId: lost.id }))).toMatchObject({ code: 'dataset-damaged' })
    expect(await times(other.id)).toHaveLength(2)
  })
})
