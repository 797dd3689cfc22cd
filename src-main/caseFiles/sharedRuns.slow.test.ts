import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CaseFileMerge, CaseFileReport } from '#contract/caseFiles'
import type { Input } from '#contract/contract'
import { testApp, type TestApp } from '../testing/testApp.ts'

const anna = testApp('case-runs-anna')
const ben = testApp('case-runs-ben')

const EVENTS = `When,Host,CommandLine\n${Array.from({ length: 50 }, (_, n) => `2024-07-01 10:00:${String(n).padStart(2, '0')},WS1,notepad ${n}\n`).join('')}2024-07-01 11:00:00,WS1,vssadmin delete shadows\n`

async function job<T>(app: TestApp, started: Promise<{ jobId: string }>): Promise<T> {
  const ended = await app.client.finished((await started).jobId)
  expect(ended.failure).toBeNull()
  // The result of this kind of job, by contract.
  return ended.result as T
}
/** The last case file. */
let fileSent = ''
async function send(from: TestApp, to: TestApp, input: Input<'caseFiles.export'>): Promise<CaseFileMerge> {
  const { path } = await job<CaseFileReport>(from, from.call('caseFiles.export', { to: 'folder', ...input }))
  fileSent = path ?? ''
  return job<CaseFileMerge>(to, to.call('caseFiles.import', { ticket: await to.app.files.offer(path ?? '') }))
}
async function searchedIn(app: TestApp, caseId: string): Promise<string[]> {
  const { path } = await job<CaseFileReport>(
    app,
    app.call('reports.build', { caseId, format: 'markdown', to: 'folder' }),
  )
  const text = readFileSync(path ?? '', 'utf8').replaceAll('\\', '')
  return text.slice(text.indexOf('## Searched without result')).split('\n')
}

test('what was searched without result is told at the colleague as it was here, who has only the cited rows', async () => {
  const hunt = await anna.call('hunts.create', { name: 'Beacon' })
  const ticket = await anna.offer('events.csv', EVENTS)
  await job(anna, anna.call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: true }))
  await job(anna, anna.call('keywords.scan', { huntId: hunt.id }))
  const kase = await anna.call('cases.create', { title: 'Foothold', links: [{ kind: 'hunt', target: hunt.id }] })
  await anna.call('searches.create', { huntId: hunt.id, name: 'Encoded', q: 'powershell' })
  const all = { huntIds: [hunt.id], caseIds: [kase.id] }
  const first = await send(anna, ben, all)
  expect(first.outcomes.detectorRuns?.new).toBeGreaterThan(10)

  const told = async (app: TestApp, what: RegExp) => (await searchedIn(app, kase.id)).find((line) => what.test(line))
  const analyzer = /^\| Analyzer: Random-looking text /
  expect(await told(anna, analyzer)).toContain('nothing in 51 rows of 1 dataset')
  expect(await told(ben, analyzer)).toBe(await told(anna, analyzer))
  expect(await told(anna, /^\| \d+ keywords of all themes /)).toContain('nothing in 51 rows')
  expect(await told(ben, /keywords of all themes/)).toBe(await told(anna, /keywords of all themes/))
  expect(await told(ben, /^\| Saved search: Encoded /)).toContain('only 1 of 51 rows are here')

  // Ben asks his one row: that takes nothing from what Anna knows.
  await job(ben, ben.call('analyzers.run', { huntId: hunt.id }))
  expect(await told(ben, analyzer)).toContain('nothing in 51 rows of 1 dataset')
  await send(ben, anna, all)
  expect(await told(anna, analyzer)).toContain('nothing in 51 rows of 1 dataset')
  expect((await send(ben, anna, all)).outcomes.detectorRuns).toEqual({ same: expect.any(Number) })
})

test('a note leads to the dataset and the alert that are here, where both imported the same file', async () => {
  const hunt = await anna.call('hunts.create', { name: 'Night' })
  await send(anna, ben, { huntIds: [hunt.id] })
  const ids: string[] = []
  const alertIds: string[] = []
  for (const app of [anna, ben]) {
    const ticket = await app.offer('night.csv', EVENTS)
    await job(app, app.call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: true }))
    ids.push((await app.call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? '')
    alertIds.push((await app.call('alerts.list', { huntId: hunt.id })).alerts[0]?.id ?? '')
  }
  const [annas = '', bens = ''] = ids
  expect(annas).not.toBe(bens)
  const text = (n: 0 | 1) => `See [[row:${ids[n]}/51]] and [[alert:${alertIds[n]}]].`
  const kase = await anna.call('cases.create', {
    ...{ title: 'Foothold', description: text(0) },
    links: [
      { kind: 'hunt', target: hunt.id },
      { kind: 'row', target: `${annas}/51` },
    ],
  })
  const note = await anna.call('cases.createNote', { caseId: kase.id, title: 'How', text: text(0) })
  const all = { huntIds: [hunt.id], caseIds: [kase.id] }
  expect((await send(anna, ben, all)).outcomes.datasets).toEqual({ same: 1 })
  const seen = await ben.call('caseFiles.inspect', { ticket: await ben.app.files.offer(fileSent) })
  expect(seen.contents?.datasets).toMatchObject([{ id: annas, here: true }])
  const notes = async (app: TestApp) => (await app.call('cases.notes', { id: kase.id })).notes
  const rows = async (app: TestApp) =>
    (await app.call('cases.links', { id: kase.id, kind: 'row' })).links.map(({ target, found }) => [target, found])
  expect(await notes(ben)).toMatchObject([{ text: text(1) }])
  expect((await ben.call('cases.get', { id: kase.id })).description).toBe(text(1))
  expect(await rows(ben)).toEqual([[`${bens}/51`, true]])
  expect(await send(anna, ben, all)).toMatchObject({ outcomes: { caseNotes: { same: 1 }, cases: { same: 1 } } })

  // Ben writes on; at Anna's it leads to her dataset again.
  await ben.call('cases.updateNote', { id: note.id, text: `${text(1)} And [[row:${bens}/2]].` })
  await ben.call('cases.link', { id: kase.id, links: [{ kind: 'row', target: `${bens}/2` }] })
  expect((await send(ben, anna, all)).conflictsTotal).toBe(0)
  expect(await notes(anna)).toMatchObject([{ text: `${text(0)} And [[row:${annas}/2]].` }])
  expect((await rows(anna)).toSorted()).toEqual([
    [`${annas}/2`, true],
    [`${annas}/51`, true],
  ])
  expect((await send(anna, ben, all)).outcomes).toMatchObject({ caseNotes: { same: 1 }, cases: { same: 1 } })
})

test('a case file of version 1 is read', async () => {
  const path = join(import.meta.dirname, 'testdata', 'version1.huntcase')
  const ticket = await ben.app.files.offer(path)
  const merge = await job<CaseFileMerge>(ben, ben.call('caseFiles.import', { ticket }))
  expect(merge).toMatchObject({ rows: 3, outcomes: { datasets: { new: 1 }, cases: { new: 1 }, caseNotes: { new: 1 } } })
})
