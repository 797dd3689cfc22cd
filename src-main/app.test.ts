import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Job } from '#contract/jobs'
import { createApp } from './app.ts'
import { failureOf } from './testing/failureOf.ts'
import { testPorts } from './testing/ports.ts'
import { testApp } from './testing/testApp.ts'

// The whole application without a shell: real threads, real files, every answer checked against the contract.

const program = testApp('app')
const { call } = program

async function importText(huntId: string, name: string, text: string | Buffer, analyze = false): Promise<Job> {
  const path = join(program.folder, name)
  writeFileSync(path, text)
  const ticket = await program.app.files.offer(path)
  return program.client.finished((await call('datasets.import', { huntId, files: [{ ticket }], analyze })).jobId)
}

describe('hunts', () => {
  it('are created, renamed, closed, reopened, listed and deleted', async () => {
    const hunt = await call('hunts.create', { name: '  Triage  ' })
    expect(hunt).toMatchObject({
      name: 'Triage',
      status: 'active',
      datasets: 0,
      rows: 0,
      alertsOpen: 0,
      closedAt: null,
    })
    const closed = await call('hunts.update', { id: hunt.id, status: 'closed', name: 'Renamed' })
    expect(closed).toMatchObject({ name: 'Renamed', status: 'closed' })
    expect(closed.closedAt).not.toBeNull()
    expect(await call('hunts.update', { id: hunt.id, status: 'active' })).toMatchObject({
      status: 'active',
      closedAt: null,
    })
    await call('hunts.create', { name: 'Other', description: '100 % sure' })
    expect((await call('hunts.list', { text: '0 %' })).hunts.map((found) => found.name)).toEqual(['Other'])
    expect(await call('hunts.list', { text: 'Renamed', limit: 1 })).toMatchObject({ total: 1 })
    expect(await call('hunts.delete', { id: hunt.id })).toEqual({ ok: true, datasets: 0, alerts: 0 })
    expect(await failureOf(call('hunts.get', { id: hunt.id }))).toMatchObject({ code: 'not-found' })
  })

  it('open with the sample evidence that ships with the program and name what is in it', async () => {
    const { huntId, jobId } = await call('hunts.openSample', {})
    const job = await program.client.finished(jobId)
    expect(job).toMatchObject({ state: 'succeeded', failure: null })
    const overview = await call('hunts.overview', { id: huntId })
    expect(overview.hunt.rows).toBeGreaterThan(363)
    expect(overview.hunt.quarantined).toBe(0)
    expect(overview.hosts.map((host) => host.host)).toContain('MSTICAlertsWin1')
    expect(overview.techniques.map((technique) => technique.id)).toEqual(
      expect.arrayContaining(['T1490', 'T1136.001', 'T1105', 'T1059.001', 'T1003']),
    )
    expect(overview.timeline.buckets.reduce((sum, bucket) => sum + bucket.rows, 0)).toBe(
      overview.hunt.rows - overview.timeline.rowsWithoutTime,
    )
  })
})

describe('an import', () => {
  it('keeps every row, quarantines bad records and gives the rows back as they were', async () => {
    const hunt = await call('hunts.create', { name: 'h' })
    const text = 'time,host,n\n2024-01-01T10:00:00Z,a,1\n2024-01-01T11:00:00Z,b\n2024-01-02T10:00:00Z,"c\nd",007\n'
    const job = await importText(hunt.id, 'x.csv', text)
    expect(job.state).toBe('succeeded')
    const { datasets } = await call('datasets.list', { huntId: hunt.id })
    expect(datasets).toMatchObject([{ rows: 2, quarantined: 1, state: 'ready', columns: 3 }])
    const datasetId = datasets[0]?.id ?? ''
    const page = await call('rows.page', { datasetId })
    expect(page).toMatchObject({
      total: 2,
      rows: [1, 2],
      times: ['2024-01-01T10:00:00.000Z', '2024-01-02T10:00:00.000Z'],
    })
    expect(page.columns.map((column) => column.cells.map(String))).toEqual([
      ['2024-01-01T10:00:00Z', '2024-01-02T10:00:00Z'],
      ['a', 'c\nd'],
      ['1', '007'],
    ])
    expect(await call('datasets.quarantine', { id: datasetId })).toMatchObject({
      total: 1,
      quarantine: [{ line: 3, reason: '2 of 3 fields' }],
    })
    expect(await call('datasets.bytes', { id: datasetId, row: 2 })).toMatchObject({
      text: '2024-01-02T10:00:00Z,"c\nd",007',
      proof: 'matches',
    })
  })

  it('links the same bytes to the first dataset of the hunt and imports them anew into another hunt', async () => {
    const [first, second] = [await call('hunts.create', { name: 'a' }), await call('hunts.create', { name: 'b' })]
    await importText(first.id, 'x.csv', 'a,b\n1,2\n')
    const again = await importText(first.id, 'copy.csv', 'a,b\n1,2\n')
    const { datasets } = await call('datasets.list', { huntId: first.id })
    expect(datasets).toHaveLength(1)
    expect(again.result).toMatchObject({ datasets: [{ id: datasets[0]?.id, duplicateOf: datasets[0]?.id }] })
    await importText(second.id, 'x.csv', 'a,b\n1,2\n')
    expect(await call('datasets.list', { huntId: second.id })).toMatchObject({ total: 1 })
  })

  it('says why a file is no table, keeps the entry and goes on with the others', async () => {
    const hunt = await call('hunts.create', { name: 'h' })
    writeFileSync(join(program.folder, 'bad.bin'), Buffer.from('504b0304000000', 'hex'))
    writeFileSync(join(program.folder, 'good.csv'), 'a,b\n1,2\n')
    const files = await Promise.all(
      ['bad.bin', 'good.csv'].map(async (name) => ({
        ticket: await program.app.files.offer(join(program.folder, name)),
      })),
    )
    const { jobId } = await call('datasets.import', { huntId: hunt.id, files })
    expect(await program.client.finished(jobId)).toMatchObject({
      state: 'succeeded',
      result: { datasets: [{ file: 'good.csv', rows: 1 }], failed: [{ file: 'bad.bin', code: 'not-a-table' }] },
    })
    expect(await call('hunts.progress', { id: hunt.id })).toMatchObject({ total: 2, ready: 1, failed: 1, importing: 0 })
    expect(await call('datasets.list', { huntId: hunt.id, state: 'failed' })).toMatchObject({
      datasets: [{ file: 'bad.bin', failure: { code: 'not-a-table' } }],
    })
  })

  it('that is cancelled ends within two seconds and leaves nothing behind', async () => {
    const hunt = await call('hunts.create', { name: 'h' })
    const line = `2024-01-01T00:00:00Z,${'host'.repeat(10)},http://example.com/${'x'.repeat(40)}\n`
    const path = join(program.folder, 'big.csv')
    writeFileSync(path, `time,host,url\n${line.repeat(600_000)}`)
    const { jobId } = await call('datasets.import', {
      huntId: hunt.id,
      files: [{ ticket: await program.app.files.offer(path) }],
    })
    await program.client.progressed(jobId)
    const asked = performance.now()
    await call('jobs.cancel', { id: jobId })
    expect(await program.client.finished(jobId)).toMatchObject({ state: 'cancelled' })
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect(await call('datasets.list', { huntId: hunt.id })).toMatchObject({ total: 0 })
    expect(readdirSync(join(program.folder, 'datasets')).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe('rows', () => {
  it('sort by any column in both directions, empty cells last, numbers as numbers', async () => {
    const hunt = await call('hunts.create', { name: 'h' })
    const lines = Array.from({ length: 40 }, (_, n) => `${n},word${n},x`)
    await importText(hunt.id, 'x.csv', `n,w,e\n${lines.join('\n')}\n1.50,zz,\n,Apple,x\n`)
    const datasetId = (await call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? ''
    const sorted = async (column: string, descending: boolean) =>
      (
        await call('rows.page', { datasetId, sort: { column, descending }, columns: [column], limit: 500 })
      ).columns[0]?.cells.map(String)
    const up = await sorted('n', false)
    expect(up?.slice(0, 4)).toEqual(['0', '1', '1.50', '2'])
    expect(up?.at(-1)).toBe('null')
    const down = await sorted('n', true)
    expect(down?.slice(0, 2)).toEqual(['39', '38'])
    expect(down?.at(-1)).toBe('null')
    expect((await sorted('w', false))?.[0]).toBe('Apple')
    expect(await failureOf(call('rows.page', { datasetId, sort: { column: 'no"such' } }))).toMatchObject({
      code: 'not-found',
    })
  })

  it('narrow by words, fields and exact values, and find where a row stands', async () => {
    const hunt = await call('hunts.create', { name: 'h' })
    await importText(
      hunt.id,
      'x.csv',
      'time,Computer,CommandLine\n2024-01-01 10:00:00,A,net user bob\n2024-01-01 11:00:00,B,Net Use\n2024-01-01 12:00:00,AB,50%_off\n',
    )
    const datasetId = (await call('datasets.list', { huntId: hunt.id })).datasets[0]?.id ?? ''
    const rowsOf = async (q: string) => (await call('rows.page', { datasetId, q })).rows
    expect(await rowsOf('net')).toEqual([1, 2])
    expect(await rowsOf('net -user')).toEqual([2])
    expect(await rowsOf('%_')).toEqual([3])
    expect(await rowsOf('hostname:a')).toEqual([1, 3])
    expect(await rowsOf('Computer:"a"')).toEqual([1])
    expect(await call('rows.count', { datasetId, q: 'net' })).toEqual({ count: 2 })
    expect(await call('rows.position', { datasetId, sort: { column: 'Computer', descending: true }, row: 1 })).toEqual({
      position: 2,
    })
    expect(await call('rows.position', { datasetId, q: 'net', row: 3 })).toEqual({ position: null })
    expect(await failureOf(call('rows.page', { datasetId, q: 'nofield:x' }))).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'q' },
    })
    expect(await call('rows.facets', { datasetId, column: 'Computer', q: 'net' })).toMatchObject({
      distinct: 2,
      empty: 0,
      total: 2,
    })
    const histogram = await call('rows.histogram', { datasetId, q: 'net' })
    expect(histogram.buckets.reduce((sum, bucket) => sum + bucket.rows, 0)).toBe(2)
    expect(histogram.rowsWithoutTime).toBe(0)
  })
})

describe('alerts', () => {
  const COMMANDS =
    'TimeGenerated,Computer,SubjectUserName,NewProcessName,CommandLine\n' +
    '2024-01-01 10:00:00,WS1,bob,C:\\Windows\\System32\\vssadmin.exe,vssadmin delete shadows /all /quiet\n' +
    '2024-01-01 10:01:00,WS1,bob,C:\\x\\mimikatz.exe,mimikatz.exe privilege::debug sekurlsa::logonpasswords\n'

  async function withAlerts(): Promise<string> {
    const hunt = await call('hunts.create', { name: 'h' })
    await importText(hunt.id, 'p.csv', COMMANDS, true)
    return hunt.id
  }

  it('are found on import, stand on their rows, and are not doubled by another run', async () => {
    const huntId = await withAlerts()
    const { alerts, total } = await call('alerts.list', { huntId })
    expect(total).toBeGreaterThanOrEqual(2)
    expect(alerts.map((alert) => alert.mitreTechnique)).toEqual(expect.arrayContaining(['T1490', 'T1003']))
    expect(alerts.map((alert) => alert.score)).toEqual(alerts.map((alert) => alert.score).sort((a, b) => b - a))
    const shadow = alerts.find((alert) => alert.mitreTechnique === 'T1490')
    expect(shadow?.evidence).toMatchObject([{ row: 1 }])
    await call('alerts.update', { id: shadow?.id ?? '', status: 'resolved', tags: ['mine', 'mine'] })
    const { jobId } = await call('analyzers.run', { huntId })
    const job = await program.client.finished(jobId)
    expect(job.result).toMatchObject({ alertsCreated: 0, rowsAnalyzed: 2 })
    expect(await call('alerts.list', { huntId })).toMatchObject({ total })
    expect(await call('alerts.get', { id: shadow?.id ?? '' })).toMatchObject({ status: 'resolved', tags: ['mine'] })
  })

  it('set acknowledged and resolved times once', async () => {
    const huntId = await withAlerts()
    const id = (await call('alerts.list', { huntId })).alerts[0]?.id ?? ''
    const acknowledged = await call('alerts.update', { id, status: 'acknowledged' })
    expect(acknowledged.acknowledgedAt).not.toBeNull()
    const resolved = await call('alerts.update', { id, status: 'resolved' })
    await call('alerts.update', { id, status: 'new' })
    const again = await call('alerts.update', { id, status: 'false-positive' })
    expect(again).toMatchObject({ acknowledgedAt: acknowledged.acknowledgedAt, resolvedAt: resolved.resolvedAt })
    expect(await call('alerts.update', { id, assignee: 'kim' })).toMatchObject({
      assignee: 'kim',
      status: 'false-positive',
    })
    expect(await call('alerts.update', { id, assignee: null })).toMatchObject({ assignee: null })
  })

  it('change in bulk all or not at all, and say how many', async () => {
    const huntId = await withAlerts()
    const { alerts, total } = await call('alerts.list', { huntId })
    const ids = alerts.map((alert) => alert.id)
    const unknown = '00000000-0000-4000-8000-000000000000'
    expect(await failureOf(call('alerts.bulkUpdate', { ids: [...ids, unknown], status: 'resolved' }))).toMatchObject({
      code: 'not-found',
    })
    expect((await call('alerts.stats', { huntId })).statusCounts['resolved']).toBe(0)
    expect(await call('alerts.bulkUpdate', { ids, status: 'in-progress' })).toEqual({ updated: total })
    expect(await call('alerts.bulkUpdate', { filter: { huntId, mitreTechnique: 'T1490' }, assignee: 'kim' })).toEqual({
      updated: 1,
    })
    const stats = await call('alerts.stats', { huntId })
    expect(stats).toMatchObject({ total, statusCounts: { 'in-progress': total } })
    expect(stats.topMitre.length).toBeGreaterThan(0)
    expect(await failureOf(call('alerts.bulkUpdate', { ids }))).toMatchObject({ code: 'invalid-input' })
  })

  it('are filtered by status, severity, technique, time and text, and go with their dataset', async () => {
    const huntId = await withAlerts()
    expect(await call('alerts.list', { huntId, text: 'SEKURLSA' })).toMatchObject({ total: 1 })
    expect((await call('alerts.list', { huntId, severity: ['info'], status: 'resolved' })).total).toBe(0)
    expect((await call('alerts.list', { huntId, analyzer: 'suspicious_commands' })).total).toBeGreaterThanOrEqual(2)
    const [start, next] = ['2024-01-01T10:00:00Z', '2024-01-01T10:01:00.000Z']
    const shadow = (await call('alerts.list', { huntId, mitreTechnique: 'T1490' })).total
    expect((await call('alerts.list', { huntId, mitreTechnique: 'T1490', from: start, to: next })).total).toBe(shadow)
    expect((await call('alerts.list', { huntId, mitreTechnique: 'T1490', from: next })).total).toBe(0)
    expect((await call('alerts.list', { huntId, mitreTechnique: 'T1490', to: start })).total).toBe(0)
    const dataset = (await call('datasets.list', { huntId })).datasets[0]
    const { alerts } = await call('datasets.delete', { id: dataset?.id ?? '' })
    expect(alerts).toBeGreaterThanOrEqual(2)
    expect(await call('alerts.list', { huntId })).toMatchObject({ total: 0 })
    expect(readdirSync(join(program.folder, 'datasets'))).not.toContain(`${dataset?.id}.db`)
  })
})

describe('the wire', () => {
  it('refuses unknown calls and bad input with the path of the bad field', async () => {
    expect(await failureOf(program.client.raw('hunts.explode', {}))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(program.client.raw('constructor', {}))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(program.client.raw('jobs.changed', {}))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(program.client.raw('hunts.list', { limit: 0 }))).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'limit' },
    })
    expect(await failureOf(program.client.raw('hunts.get', { id: '../../etc' }))).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'id' },
    })
    expect(await failureOf(program.client.raw('alerts.bulkUpdate', null))).toMatchObject({ code: 'invalid-input' })
  })

  it('refuses a second program on the same workspace and lets it in afterwards', async () => {
    await expect(createApp(testPorts(program.folder))).rejects.toMatchObject({ code: 'workspace-locked' })
    await program.end()
    await program.open()
    expect(await call('workspace.info', {})).toMatchObject({ shell: 'headless', sample: true })
  })

  it('keeps settings over a restart and refuses values that do not fit', async () => {
    await call('settings.update', { theme: 'light', analystName: 'Kim' })
    expect(await failureOf(program.client.raw('settings.update', { theme: 'pink' }))).toMatchObject({
      code: 'invalid-input',
      detail: { path: 'theme' },
    })
    await program.end()
    await program.open()
    expect(await call('settings.get', {})).toMatchObject({ theme: 'light', analystName: 'Kim', zone: 'utc' })
  })
})
