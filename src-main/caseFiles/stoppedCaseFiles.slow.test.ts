import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseFileReport } from '#contract/caseFiles'
import type { Job } from '#contract/jobs'
import { testApp, type TestApp } from '../testing/testApp.ts'

const anna = testApp('case-stop-anna')
const ben = testApp('case-stop-ben')
const ROWS = 80_000
let huntId = ''
let report: CaseFileReport

beforeAll(async () => {
  huntId = (await anna.call('hunts.create', { name: 'Long night' })).id
  const rows = Array.from({ length: ROWS }, (_, n) => `2024-07-01 10:00:00,WS${n % 7},notepad ${n * 7919} ${n}\n`)
  const ticket = await anna.offer('rows.csv', `When,Box,CommandLine\n${rows.join('')}`)
  await ended(anna, anna.call('datasets.import', { huntId, files: [{ ticket }], analyze: false }))
  report = reportOf(await ended(anna, exportAll()))
})

const exportAll = () => anna.call('caseFiles.export', { huntIds: [huntId], rows: 'all', sources: true, to: 'folder' })
const importAll = async () => ben.call('caseFiles.import', { ticket: await ben.app.files.offer(report.path ?? '') })
const ended = async (app: TestApp, started: Promise<{ jobId: string }>): Promise<Job> =>
  app.client.finished((await started).jobId)
// The result of this kind of job, by contract.
const reportOf = ({ result }: Job): CaseFileReport => result as CaseFileReport

/** The job once it was cancelled in the middle. */
async function cancelled(app: TestApp, started: Promise<{ jobId: string }>): Promise<Job> {
  const { jobId } = await started
  // Events come some times a second only; this job may take no longer.
  while ((await app.call('jobs.get', { id: jobId })).done === 0) await wait(1)
  await app.call('jobs.cancel', { id: jobId })
  return app.client.finished(jobId)
}

/** Files of a workspace beside its database, and how many hunts it has. */
const leftOf = async (app: TestApp) => ({
  hunts: (await app.call('hunts.list', {})).total,
  files: ['datasets', 'uploads', 'sources', 'exports'].map((name) => listed(join(app.folder, name))),
})
function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

describe('a job that is cancelled tells how far it was and leaves nothing behind', () => {
  test('writing a case file', async () => {
    const before = await leftOf(anna)
    const job = await cancelled(anna, exportAll())
    expect(job).toMatchObject({ state: 'cancelled', unit: 'rows', total: ROWS })
    expect(job.done).toBeGreaterThan(0)
    expect(await leftOf(anna)).toEqual(before)
  })

  test('reading one', async () => {
    const before = await leftOf(ben)
    const job = await cancelled(ben, importAll())
    expect(job).toMatchObject({ state: 'cancelled', unit: 'bytes' })
    expect(job.done).toBeGreaterThan(0)
    expect(job.done).toBeLessThanOrEqual(job.total ?? 0)
    expect(await leftOf(ben)).toEqual(before)
  })

  test('verifying one', async () => {
    const before = await leftOf(ben)
    const ticket = await ben.app.files.offer(report.path ?? '')
    expect(await cancelled(ben, ben.call('caseFiles.verify', { ticket }))).toMatchObject({ state: 'cancelled' })
    expect(await leftOf(ben)).toEqual(before)
  })
})

/** A disk of so many kilobytes in place of a folder; false where this user may not have one. */
const small = (folder: string, kilobytes: number): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'none', folder]).status === 0
const mounted: string[] = []
const withSmallDisk = (folder: string, kilobytes: number): void => {
  expect(small(folder, kilobytes)).toBe(true)
  mounted.push(folder)
}
const release = (): void => {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['-l', folder])
}
afterAll(release)
const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && mountWorks()
function mountWorks(): boolean {
  if (!small('/mnt', 64)) return false
  spawnSync('umount', ['-l', '/mnt'])
  return true
}

describe.runIf(mayMount)('a disk that becomes full is told and leaves everything as it was', () => {
  test('writing a case file', async () => {
    withSmallDisk(join(anna.folder, 'exports'), 64)
    const job = await ended(anna, exportAll())
    expect(job.failure).toMatchObject({ code: 'disk-full', message: expect.stringContaining('Nothing was written') })
    expect(listed(join(anna.folder, 'exports'))).toEqual([])
    release()
    expect(readFileSync(report.path ?? '').length).toBe(report.bytes)
  })

  test('reading one: no room for its rows, for its source, or for what is decrypted', async () => {
    const before = await leftOf(ben)
    for (const [folder, kilobytes] of [
      ['datasets', 1_024],
      ['sources', 64],
    ] as const) {
      withSmallDisk(join(ben.folder, folder), kilobytes)
      const job = await ended(ben, importAll())
      expect(job.failure, folder).toMatchObject({ code: 'disk-full' })
      expect(listed(join(ben.folder, folder))).toEqual([])
      release()
    }
    const identity = await generateX25519Identity()
    const recipients = [await identityToRecipient(identity)]
    const locked = await ended(
      anna,
      anna.call('caseFiles.export', { huntIds: [huntId], rows: 'all', recipients, to: 'folder' }),
    )
    withSmallDisk(join(ben.folder, 'uploads'), 64)
    const ticket = await ben.app.files.offer(reportOf(locked).path ?? '')
    const job = await ended(ben, ben.call('caseFiles.import', { ticket, identity }))
    expect(job.failure).toMatchObject({ code: 'disk-full' })
    expect(listed(join(ben.folder, 'uploads'))).toEqual([])
    release()
    expect(await leftOf(ben)).toEqual(before)
    expect((await ended(ben, importAll())).failure).toBeNull()
  })
})
