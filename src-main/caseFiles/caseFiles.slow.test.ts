import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { CaseFileMerge, CaseFileReport, CaseFileVerdict } from '#contract/caseFiles'
import type { Input } from '#contract/contract'
import { caseFileNouns } from '#contract/values'
import { openCaseFile } from '../sharing/readCaseFile.ts'
import { testApp, type TestApp } from '../testing/testApp.ts'

const anna = testApp('case-anna')
const ben = testApp('case-ben')

const EVENTS =
  'When,Box,CommandLine,pid,Hashes\n' +
  '2024-07-01 10:00:00,WS1,vssadmin delete shadows /all /quiet,4,\n' +
  Array.from(
    { length: 40 },
    (_, n) => `2024-07-01 11:${String(n).padStart(2, '0')}:00,WS2,"notepad ""${n}""\nsecond line",00${n},\n`,
  ).join('') +
  'too,few\n' +
  ',WS3,powershell -enc SQBFAFgA <script>alert(1)</script>,77,evil.example.com 203.0.113.9\n'

async function job<T>(app: TestApp, started: Promise<{ jobId: string }>): Promise<T> {
  const ended = await app.client.finished((await started).jobId)
  expect(ended.failure).toBeNull()
  // The result of this kind of job, by contract.
  return ended.result as T
}
async function evidence(app: TestApp): Promise<{ huntId: string; datasetId: string }> {
  const hunt = await app.call('hunts.create', { name: 'Night of 1 July', description: 'As told by the SOC.' })
  const ticket = await app.offer('events.csv', EVENTS)
  await job(app, app.call('datasets.import', { huntId: hunt.id, files: [{ ticket }], analyze: true }))
  const { datasets } = await app.call('datasets.list', { huntId: hunt.id })
  return { huntId: hunt.id, datasetId: datasets[0]?.id ?? '' }
}
const exported = async (app: TestApp, input: Input<'caseFiles.export'>): Promise<CaseFileReport> =>
  job<CaseFileReport>(app, app.call('caseFiles.export', { to: 'folder', ...input }))
const ticketOf = (app: TestApp, { path }: CaseFileReport) => app.app.files.offer(path ?? '')
const merged = async (app: TestApp, report: CaseFileReport, more: Partial<Input<'caseFiles.import'>> = {}) =>
  job<CaseFileMerge>(app, app.call('caseFiles.import', { ticket: await ticketOf(app, report), ...more }))
const verified = async (app: TestApp, report: CaseFileReport) =>
  job<CaseFileVerdict>(app, app.call('caseFiles.verify', { ticket: await ticketOf(app, report) }))
const texts = async (app: TestApp, datasetId: string) =>
  (await app.call('rows.page', { datasetId })).columns.map(({ cells }) => cells.map((cell) => String(cell ?? '')))

const ORIGIN = {
  connection: { id: '6f3f7f6e-2a07-4d5a-9b1e-6a1a5a3f0001', name: 'soc', url: 'https://soc.example.org:8443' },
  ...{ version: '25.8', panel: 'detections', part: 'rows', title: 'Detections', sql: 'SELECT 1', params: { limit: 5 } },
  ...{ queryId: 'huntbench-1', at: '2026-11-29T10:00:00.000Z', rows: 42, cut: false, sha256: '0'.repeat(64) },
}
/** As an answer of a server that was frozen says where it comes from. */
function frozen(app: TestApp, datasetId: string): void {
  const db = new Database(join(app.folder, 'workspace.db'))
  db.prepare('UPDATE datasets SET origin = ? WHERE id = ?').run(JSON.stringify(ORIGIN), datasetId)
  db.close()
}

async function allText(path: string): Promise<string> {
  const file = await openCaseFile(path, caseFileNouns)
  const blocks: Buffer[] = [Buffer.from(JSON.stringify([file.contents, file.manifest]))]
  for (const name of file.parts) for await (const block of file.read(name)) blocks.push(block)
  await file.close()
  return Buffer.concat(blocks).toString()
}

describe('a hunt with all its rows', () => {
  test('opens in another workspace without the sources: rows, alerts, notes, hypotheses, rules, searches, tags', async () => {
    const { huntId, datasetId } = await evidence(anna)
    await anna.call('annotations.create', { datasetId, rows: [1, 42], text: 'Shadow copies first', tag: 'suspicious' })
    await anna.call('rows.tag', { datasetId, filter: { q: 'notepad' }, tag: 'benign' })
    const claim = await anna.call('hypotheses.create', { huntId, title: 'Ransomware', text: 'It begins with shadows' })
    await anna.call('hypotheses.addEvidence', { id: claim.id, rows: { datasetId, rows: [1] } })
    await anna.call('searches.create', { huntId, name: 'Encoded', q: 'enc', datasetId })
    frozen(anna, datasetId)
    const report = await exported(anna, { huntIds: [huntId], rows: 'all' })
    expect(report.rows).toBe(42)

    const seen = await ben.call('caseFiles.inspect', { ticket: await ticketOf(ben, report) })
    expect(seen).toMatchObject({
      encrypted: null,
      contents: {
        title: 'Night of 1 July',
        tlp: 'AMBER',
        hunts: [{ id: huntId, here: false }],
        records: { annotations: 1, hypotheses: 1 },
      },
    })
    expect((await ben.call('hunts.list', {})).total).toBe(0)
    expect(await verified(ben, report)).toMatchObject({ ok: true, altered: [] })
    const preview = await merged(ben, report, { preview: true })
    expect(preview).toMatchObject({
      applied: false,
      rows: 42,
      conflictsTotal: 0,
      leftOutTotal: 0,
      outcomes: { hunts: { new: 1 } },
    })
    expect((await ben.call('hunts.list', {})).total).toBe(0)
    await merged(ben, report)

    expect(await texts(ben, datasetId)).toEqual(await texts(anna, datasetId))
    const { origin } = await ben.call('datasets.get', { id: datasetId })
    expect(origin).toEqual(ORIGIN)
    for (const call of ['alerts.list', 'annotations.list', 'hypotheses.list', 'searches.list'] as const)
      expect(await ben.call(call, { huntId })).toEqual(await anna.call(call, { huntId }))
    for (const row of [1, 2, 42])
      expect((await ben.call('rows.get', { datasetId, row })).cells).toEqual(
        (await anna.call('rows.get', { datasetId, row })).cells,
      )
    const overview = async (app: TestApp) => app.call('hunts.overview', { id: huntId })
    expect(await overview(ben)).toEqual(await overview(anna))
    expect(await ben.call('datasets.iocs', { id: datasetId })).toEqual(
      await anna.call('datasets.iocs', { id: datasetId }),
    )
    expect(await ben.call('datasets.quarantine', { id: datasetId })).toEqual(
      await anna.call('datasets.quarantine', { id: datasetId }),
    )
    expect(await ben.call('rows.count', { datasetId, q: 'tag:benign' })).toEqual({ count: 40 })

    const again = await merged(ben, report)
    expect(Object.values(again.outcomes).flatMap((outcome) => Object.keys(outcome ?? {}))).not.toContain('updated')
    expect(again).toMatchObject({ rows: 0, conflictsTotal: 0 })
  })

  test('holds no path of this machine and nothing secret', async () => {
    const { huntId } = await evidence(anna)
    await anna.call('notifications.createChannel', {
      channel: { name: 'SOC', kind: 'webhook', url: 'https://hooks.example.org/T0PSECRET' },
    })
    const report = await exported(anna, { huntIds: [huntId], rows: 'all', sources: true })
    const text = await allText(report.path ?? '')
    expect(text).toContain('vssadmin delete shadows')
    expect(text).not.toContain('T0PSECRET')
    expect(text).not.toContain(anna.folder)
    expect(readFileSync(join(anna.folder, 'events.csv'), 'utf8')).toBe(EVENTS)
  })
})

describe('only the cited rows', () => {
  test('go, keep what is said about them, and come back to where they belong; more of them can come later', async () => {
    const { huntId, datasetId } = await evidence(anna)
    const note = await anna.call('annotations.create', { datasetId, rows: [5, 42], text: 'Two of many' })
    const report = await exported(anna, { huntIds: [huntId] })
    const cited = (await anna.call('caseFiles.plan', { huntIds: [huntId] })).cited.rows
    expect(report.rows).toBe(cited)
    await merged(ben, report)
    const rowsOf = async (app: TestApp, q: string) => {
      const page = await app.call('rows.page', { datasetId, q })
      return page.columns.map(({ cells }) => cells.map((cell) => String(cell ?? '')))
    }
    const q = `note:${note.id}`
    expect(await rowsOf(ben, q)).toEqual(await rowsOf(anna, q))
    expect((await ben.call('datasets.get', { id: datasetId })).rows).toBe(cited)

    // Ben speaks of a row that Anna has under another number.
    const own = await ben.call('annotations.create', { datasetId, filter: { q: 'SQBFAFgA' }, text: 'Encoded command' })
    await merged(anna, await exported(ben, { huntIds: [huntId] }))
    expect(await anna.call('rows.count', { datasetId, q: '' })).toEqual({ count: 42 })
    expect(await rowsOf(anna, `note:${own.id}`)).toEqual(await rowsOf(ben, `note:${own.id}`))

    // Anna speaks of further rows: they come to Ben between those that he has.
    const third = await anna.call('annotations.create', { datasetId, rows: [3, 4], text: 'And these' })
    const more = await merged(ben, await exported(anna, { huntIds: [huntId] }))
    expect(more.outcomes.annotations).toEqual({ same: 2, new: 1 })
    expect((await ben.call('datasets.get', { id: datasetId })).rows).toBe(cited + 2)
    for (const id of [note.id, own.id, third.id])
      expect(await rowsOf(ben, `note:${id}`)).toEqual(await rowsOf(anna, `note:${id}`))
    const alerts = await anna.call('alerts.list', { huntId })
    for (const { id } of alerts.alerts) {
      const cellsOf = async (app: TestApp) =>
        Promise.all(
          (await app.call('alerts.evidence', { id })).evidence.map(
            async ({ row }) => (await app.call('rows.get', { datasetId, row })).cells,
          ),
        )
      expect(await cellsOf(ben)).toEqual(await cellsOf(anna))
    }
    // All rows at last.
    await merged(ben, await exported(anna, { huntIds: [huntId], rows: 'all' }))
    expect(await texts(ben, datasetId)).toEqual(await texts(anna, datasetId))
    for (const id of [note.id, own.id, third.id])
      expect(await rowsOf(ben, `note:${id}`)).toEqual(await rowsOf(anna, `note:${id}`))
  })
})

describe('two analysts', () => {
  test('who changed different things get both; of the same thing the newer holds, both notes are kept, and it can be decided', async () => {
    const { huntId, datasetId } = await evidence(anna)
    const note = await anna.call('annotations.create', { datasetId, rows: [1], text: 'Shadow copies.' })
    const [alert] = (await anna.call('alerts.list', { huntId })).alerts
    const id = alert?.id ?? ''
    await merged(ben, await exported(anna, { huntIds: [huntId] }))

    await anna.call('annotations.update', { id: note.id, text: 'Shadow copies. Anna was here.', colour: 'red' })
    await ben.call('annotations.update', { id: note.id, text: 'Shadow copies. Ben too.' })
    await anna.call('alerts.update', { id, status: 'acknowledged', assignee: 'anna' })
    await ben.call('alerts.update', { id, status: 'false-positive', severity: 'low' })
    const fromBen = await exported(ben, { huntIds: [huntId] })
    const fromAnna = await exported(anna, { huntIds: [huntId] })

    const preview = await merged(anna, fromBen, { preview: true })
    expect(preview.conflicts).toEqual([
      expect.objectContaining({
        noun: 'alerts',
        field: 'status',
        keeps: 'theirs',
        mine: expect.objectContaining({ value: 'acknowledged' }),
        theirs: expect.objectContaining({ value: 'false-positive' }),
      }),
      expect.objectContaining({ noun: 'annotations', field: 'text', keeps: 'both' }),
    ])
    expect(await anna.call('alerts.get', { id })).toMatchObject({ status: 'acknowledged' })
    await merged(anna, fromBen)
    await merged(ben, fromAnna)
    for (const app of [anna, ben]) {
      expect(await app.call('alerts.get', { id })).toMatchObject({
        status: 'false-positive',
        severity: 'low',
        assignee: 'anna',
      })
      expect(await app.call('annotations.get', { id: note.id })).toMatchObject({
        text: 'Shadow copies. Anna was here.\n\nShadow copies. Ben too.',
        colour: 'red',
      })
    }
    const twice = await merged(anna, fromBen)
    expect(twice).toMatchObject({ conflictsTotal: 0, rows: 0 })

    // Both change it again, and Anna decides.
    await anna.call('alerts.update', { id, status: 'in-progress' })
    await ben.call('alerts.update', { id, status: 'resolved' })
    const later = await exported(ben, { huntIds: [huntId] })
    const asked = await merged(anna, later, { preview: true })
    const key = asked.conflicts[0]?.key ?? ''
    await merged(anna, later, { decisions: { [key]: 'mine' } })
    expect(await anna.call('alerts.get', { id })).toMatchObject({ status: 'in-progress' })
    const back = await merged(ben, await exported(anna, { huntIds: [huntId] }))
    expect(back.conflictsTotal).toBe(0)
    expect(await ben.call('alerts.get', { id })).toMatchObject({ status: 'in-progress' })
  })

  test('of whom one deletes and the other keeps: it is listed, comes back or stays deleted as decided', async () => {
    const { huntId, datasetId } = await evidence(anna)
    const note = await anna.call('annotations.create', { datasetId, rows: [1], text: 'Shadow copies.' })
    const search = await anna.call('searches.create', { huntId, name: 'Encoded', q: 'enc', datasetId })
    await merged(ben, await exported(anna, { huntIds: [huntId] }))
    await anna.call('annotations.delete', { id: note.id })
    await anna.call('searches.delete', { id: search.id })
    const fromBen = await exported(ben, { huntIds: [huntId] })
    const keys = [`annotations/${note.id}/deleted`, `searches/${search.id}/deleted`]
    const preview = await merged(anna, fromBen, { preview: true })
    expect(preview.conflicts.map(({ key, keeps }) => [key, keeps])).toEqual(keys.map((key) => [key, 'theirs']))
    const left = await merged(anna, fromBen, { decisions: Object.fromEntries(keys.map((key) => [key, 'mine'])) })
    expect(left).toMatchObject({ leftOutTotal: 2, outcomes: { annotations: { 'left-out': 1 } } })
    expect((await anna.call('annotations.list', { huntId })).total).toBe(0)
    expect((await anna.call('searches.list', { huntId })).total).toBe(0)
    // What was deleted does not take anything from the other.
    await merged(ben, await exported(anna, { huntIds: [huntId] }))
    // What was decided holds for the next file too, which says so and names how it is taken back.
    const again = await merged(anna, fromBen)
    expect(again.conflictsTotal).toBe(0)
    expect(again.leftOut.map(({ key, reason }) => [key, reason])).toEqual(
      keys.map((key) => [key, expect.stringContaining('as was decided on')]),
    )
    expect((await anna.call('annotations.list', { huntId })).total).toBe(0)
    await merged(anna, fromBen, { decisions: Object.fromEntries(keys.map((key) => [key, 'theirs'])) })
    for (const app of [anna, ben]) {
      expect((await app.call('annotations.get', { id: note.id })).text).toBe('Shadow copies.')
      expect((await app.call('searches.list', { huntId })).searches).toMatchObject([{ id: search.id }])
    }
    expect(await merged(anna, fromBen)).toMatchObject({ conflictsTotal: 0, leftOutTotal: 0 })
    // What is deleted once more is asked about once more.
    await anna.call('searches.delete', { id: search.id })
    expect((await merged(anna, fromBen)).conflicts).toMatchObject([{ key: keys[1], keeps: 'theirs' }])
    // A hunt that was deleted comes back with all it held, without a question for each.
    await anna.call('hunts.delete', { id: huntId })
    expect(await merged(anna, fromBen)).toMatchObject({ conflictsTotal: 0, outcomes: { annotations: { new: 1 } } })
  })

  test('who found the same alert in the same file have one', async () => {
    const { huntId } = await evidence(anna)
    const report = await exported(anna, { huntIds: [huntId], rows: 'all' })
    await merged(ben, report)
    const before = await ben.call('alerts.list', { huntId })
    await job(ben, ben.call('analyzers.run', { huntId }))
    await merged(ben, report)
    expect((await ben.call('alerts.list', { huntId })).total).toBe(before.total)
  })
})

describe('an encrypted file', () => {
  test('opens with its passphrase only, tells nothing without it, and nothing of it stays behind', async () => {
    const { huntId, datasetId } = await evidence(anna)
    const report = await exported(anna, {
      huntIds: [huntId],
      rows: 'all',
      passphrase: 'correct horse battery',
      sources: true,
    })
    expect(report).toMatchObject({ encrypted: true, sources: 1 })
    const bytes = readFileSync(report.path ?? '')
    expect(bytes.toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /)
    const ticket = await ticketOf(ben, report)
    expect(await ben.call('caseFiles.inspect', { ticket })).toMatchObject({ encrypted: 'passphrase', contents: null })
    const wrong = ben.call('caseFiles.inspect', { ticket, passphrase: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-input', detail: { path: 'passphrase' } })
    const seen = await ben.call('caseFiles.inspect', { ticket, passphrase: 'correct horse battery' })
    expect(seen.contents?.title).toBe('Night of 1 July')
    await job(ben, ben.call('caseFiles.import', { ticket, passphrase: 'correct horse battery' }))
    expect(readdirSync(join(ben.folder, 'uploads'))).toEqual([])
    // The source came along: original bytes are shown and proved.
    const bytesOf = await ben.call('datasets.bytes', { id: datasetId, row: 1 })
    expect(bytesOf).toMatchObject({ proof: 'matches' })
  })

  test('for a key opens with that key', async () => {
    const identity = await generateX25519Identity()
    const { huntId } = await evidence(anna)
    const report = await exported(anna, { huntIds: [huntId], recipients: [await identityToRecipient(identity)] })
    const ticket = await ticketOf(ben, report)
    expect(await ben.call('caseFiles.inspect', { ticket })).toMatchObject({ encrypted: 'recipients', contents: null })
    expect((await ben.call('caseFiles.inspect', { ticket, identity })).contents?.hunts).toHaveLength(1)
    const other = await generateX25519Identity()
    await expect(ben.call('caseFiles.inspect', { ticket, identity: other })).rejects.toMatchObject({
      detail: { path: 'identity' },
    })
    const started = await anna.call('caseFiles.export', {
      huntIds: [huntId],
      recipients: ['age1nonsense'],
      to: 'folder',
    })
    expect((await anna.client.finished(started.jobId)).failure).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'recipients' },
    })
  })
})

test('verify names the part and the source that was altered, and import changes nothing', async () => {
  const { huntId } = await evidence(anna)
  const report = await exported(anna, { huntIds: [huntId], rows: 'all', sources: true })
  const bytes = readFileSync(report.path ?? '')
  const at = bytes.indexOf('sources/')
  bytes[at + 200] = (bytes[at + 200] ?? 0) ^ 1
  const before = (await ben.call('hunts.list', {})).total
  const ticket = await ben.offer('altered.huntcase', bytes)
  const verdict = await job<CaseFileVerdict>(ben, ben.call('caseFiles.verify', { ticket }))
  expect(verdict.ok).toBe(false)
  expect(verdict.altered).toEqual([
    expect.objectContaining({ about: 'Source events.csv', reason: expect.stringContaining('Nothing was changed') }),
  ])
  const failed = await ben.client.finished((await ben.call('caseFiles.import', { ticket })).jobId)
  expect(failed.failure).toMatchObject({ code: 'invalid-input' })
  expect((await ben.call('hunts.list', {})).total).toBe(before)
  expect(readdirSync(join(ben.folder, 'datasets')).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a case file that the desktop names waits until somebody looks at it', async () => {
  const { huntId } = await evidence(anna)
  const report = await exported(anna, { huntIds: [huntId] })
  await ben.app.files.openCaseFile(report.path ?? '')
  const { files } = await ben.call('caseFiles.waiting', {})
  expect(files).toEqual([{ ticket: expect.any(String), name: report.name }])
  await ben.call('caseFiles.inspect', { ticket: files[0]?.ticket ?? '' })
  expect(await ben.call('caseFiles.waiting', {})).toEqual({ files: [], total: 0 })
})
