import { expect, test } from 'vitest'
import type { CaseFileMerge, CaseFileReport } from '#contract/caseFiles'
import { testApp, type TestApp } from '../testing/testApp.ts'

const anna = testApp('case-lists-anna')
const ben = testApp('case-lists-ben')

async function job<T>(app: TestApp, started: Promise<{ jobId: string }>): Promise<T> {
  const ended = await app.client.finished((await started).jobId)
  expect(ended.failure).toBeNull()
  // The result of this kind of job, by contract.
  return ended.result as T
}
const verdictOf = async (app: TestApp, value: string) =>
  (await app.call('intel.lookup', { values: [value] })).lookups[0]?.verdict ?? null

test('lists of indicators go where they are chosen; the version that was changed last holds as a whole', async () => {
  const { id: huntId } = await anna.call('hunts.create', { name: 'Beacon' })
  const text = 'value,verdict,note\nevil[.]example,malicious,seen twice\n198.51.100.0/24,suspicious,\nnonsense,,\n'
  const { listId } = await job<{ listId: string }>(anna, anna.call('intel.import', { text, name: 'Morning' }))
  await anna.call('intel.allow', { values: ['10.0.0.1'] })
  const plan = await anna.call('caseFiles.plan', { huntIds: [huntId] })
  expect(plan.lists).toEqual([{ id: listId, name: 'Morning', indicators: 2, fits: true }])
  expect(plan.records.intelLists).toBe(0)

  const exported = async (app: TestApp, listIds: string[]) => {
    const asked = app.call('caseFiles.export', { huntIds: [huntId], listIds, to: 'folder' })
    return (await job<CaseFileReport>(app, asked)).path ?? ''
  }
  const merged = async (app: TestApp, path: string) =>
    job<CaseFileMerge>(app, app.call('caseFiles.import', { ticket: await app.app.files.offer(path) }))
  expect((await merged(ben, await exported(anna, []))).outcomes.intelLists).toBeUndefined()
  expect((await ben.call('intel.list', {})).total).toBe(0)

  const first = await exported(anna, [listId])
  expect((await merged(ben, first)).outcomes.intelLists).toEqual({ new: 1 })
  expect((await merged(ben, first)).outcomes.intelLists).toEqual({ same: 1 })
  const told = async (app: TestApp) => (await app.call('intel.indicators', { id: listId })).indicators
  expect(await told(ben)).toEqual(await told(anna))
  expect(await verdictOf(ben, 'evil.example')).toBe('malicious')
  expect(await verdictOf(ben, '198.51.100.9')).toBe('suspicious')
  expect(await verdictOf(ben, '10.0.0.1')).toBeNull()
  expect(await ben.call('intel.get', { id: listId })).toMatchObject({ name: 'Morning', indicators: 2, rejected: 0 })

  const again = anna.call('intel.import', { text: 'other[.]example\n', name: 'Evening', listId })
  await job(anna, again)
  expect((await merged(ben, await exported(anna, [listId]))).outcomes.intelLists).toEqual({ updated: 1 })
  for (const app of [anna, ben]) {
    // The older version changes nothing any more.
    expect((await merged(app, first)).outcomes.intelLists).toEqual({ same: 1 })
    expect(await verdictOf(app, 'evil.example')).toBeNull()
    expect(await verdictOf(app, 'other.example')).toBe('malicious')
    expect(await app.call('intel.get', { id: listId })).toMatchObject({ name: 'Evening', indicators: 1 })
  }
  const missing = anna.call('caseFiles.export', { huntIds: [huntId], listIds: [huntId], to: 'folder' })
  await expect(missing).rejects.toMatchObject({ code: 'not-found', detail: { path: 'listIds' } })
})
