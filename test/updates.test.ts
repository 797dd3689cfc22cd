import { describe, expect, it } from 'vitest'
import { contract, type Output } from '../src-preload/contract/contract.ts'
import { testApp } from '../src-main/testing/testApp.ts'

// A change of one thing leaves the others as they are, whatever is changed and however it came to be.

const program = testApp('updates')
const { call } = program

/** Without what every change moves. */
const said = <T extends { updatedAt?: unknown }>({ updatedAt: _, ...rest }: T) => rest

describe('what a change leaves out stays', () => {
  it('in a hunt', async () => {
    const { id } = await call('hunts.create', { name: 'h', description: 'd', analyzeOnImport: false })
    const closed = await call('hunts.update', { id, status: 'closed' })
    expect(said(await call('hunts.update', { id, name: 'other' }))).toEqual({ ...said(closed), name: 'other' })
    expect(await call('hunts.update', { id, description: 'x' })).toMatchObject({ name: 'other', status: 'closed' })
    expect(await call('hunts.get', { id })).toMatchObject({ description: 'x', analyzeOnImport: false })
  })

  it('in a rule of conditions, in one of an analyzer, and in one that becomes the other', async () => {
    const { id: huntId } = await call('hunts.create', { name: 'h' })
    const shared = { name: 'r', description: 'd', enabled: false, huntId }
    const conditions = [{ op: 'exists' as const, field: 'url' }]
    const more = { severity: 'low' as const, actor: 'hostname', dedupeMinutes: 3, message: 'm', tags: ['t'] }
    const rule = { kind: 'condition' as const, ...shared, ...more, conditions, mitreTechnique: 'T1490' }
    const made = await call('rules.create', { rule: { ...rule, falsePositives: 'f' } })
    const after = await call('rules.update', { id: made.id, rule: { kind: 'condition', name: 'renamed' } })
    expect(said(after)).toEqual({ ...said(made), name: 'renamed' })
    expect(said(await call('rules.update', { id: made.id, enabled: true }))).toEqual({ ...said(after), enabled: true })

    const own = { kind: 'analyzer' as const, analyzer: 'entropy', severity: 'high' as const }
    const analyzer = await call('rules.create', { rule: { ...own, ...shared } })
    const other = await call('rules.update', { id: analyzer.id, rule: { kind: 'analyzer', description: 'new' } })
    expect(said(other)).toEqual({ ...said(analyzer), description: 'new' })
    const turned = await call('rules.update', { id: analyzer.id, rule: { kind: 'condition', conditions } })
    expect(turned).toMatchObject({ ...shared, description: 'new', kind: 'condition', severity: 'medium', conditions })
    await expect(call('rules.update', { id: turned.id, rule: { kind: 'analyzer' } })).rejects.toMatchObject({
      code: 'invalid-input',
      detail: { path: 'rule.analyzer' },
    })
    expect(await call('rules.get', { id: turned.id })).toEqual(turned)
  })

  it('in a saved search', async () => {
    const { id: huntId } = await call('hunts.create', { name: 'h' })
    const view = {
      q: 'url:a',
      from: '2024-01-01T00:00:00.000Z',
      to: '2024-01-02T00:00:00.000Z',
      columns: [{ name: 'a', pinned: true }],
    }
    const sort = { column: 'a', descending: true }
    const made = await call('searches.create', { huntId, name: 's', ...view, sort, zone: 'local' })
    const after = await call('searches.update', { id: made.id, name: 'other' })
    expect(said(after)).toEqual({ ...said(made), name: 'other' })
  })

  it('in a notification channel', async () => {
    const { id: huntId } = await call('hunts.create', { name: 'h' })
    const flags = { enabled: false, minSeverity: 'low' as const, huntId, allowPrivate: true, allowHttp: true }
    const channel = { kind: 'webhook' as const, name: 'c', url: 'http://127.0.0.1:9/x', ...flags }
    const made = await call('notifications.createChannel', { channel })
    const after = await call('notifications.updateChannel', { id: made.id, channel: { name: 'other' } })
    expect(said(after)).toEqual({ ...said(made), name: 'other' })
  })

  it('in a connection', async () => {
    const server = { name: 'c', url: 'https://ch.example:8443', user: 'u', password: 'p', ca: 'PEM', allowWrite: true }
    const databases = { processingDatabase: 'made', logsDatabase: 'seen', verifyTls: false, maxSeconds: 7 }
    const made = await call('connections.create', { connection: { ...server, ...databases, askAboveRows: 5 } })
    const after = await call('connections.update', { id: made.id, connection: { name: 'other' } })
    expect(said(after)).toEqual({ ...said(made), name: 'other' })
  })

  it('in a hypothesis', async () => {
    const { id: huntId } = await call('hunts.create', { name: 'h' })
    const says = { text: 't', status: 'active' as const, reason: 'r', mitreTechnique: 'T1490' }
    const made = await call('hypotheses.create', { huntId, title: 'h', ...says })
    const after = await call('hypotheses.update', { id: made.id, title: 'other' })
    expect(said(after)).toEqual({ ...said(made), title: 'other' })
  })

  it('in a keyword theme', async () => {
    const made = await call('keywords.createTheme', { name: 't', colour: 'pink', enabled: false })
    const after = await call('keywords.updateTheme', { id: made.id, name: 'other' })
    expect(said(after)).toEqual({ ...said(made), name: 'other' })
  })

  it('in the settings', async () => {
    const before = await call('settings.update', { theme: 'dark', density: 'relaxed', analyzeOnImport: false })
    expect(await call('settings.update', { analystName: 'Kim' })).toEqual({ ...before, analystName: 'Kim' })
  })

  it('in a dataset and in an alert', async () => {
    const { id: huntId } = await call('hunts.create', { name: 'h' })
    const ticket = await program.offer(
      'a.csv',
      'when,host,command_line\n2024-01-01 10:00:00,W,vssadmin delete shadows\n',
    )
    const dialect = { timeZone: 'Asia/Tokyo', skewSeconds: 5, fields: { host: ['hostname' as const] } }
    const { jobId } = await call('datasets.import', { huntId, files: [{ ticket, dialect }], analyze: true })
    await program.client.finished(jobId)
    const dataset = (await call('datasets.list', { huntId })).datasets[0]
    if (!dataset) throw new Error('nothing was imported')
    const renamed: Partial<Output<'datasets.update'>> = await call('datasets.update', { id: dataset.id, name: 'other' })
    delete renamed.jobId
    expect(renamed).toEqual({ ...dataset, name: 'other' })

    const alert = (await call('alerts.list', { huntId })).alerts[0]
    if (!alert) throw new Error('nothing was found')
    const set = { assignee: 'Kim', caseId: 'C-1', tags: ['x'], severity: 'low' as const }
    const before = await call('alerts.update', { id: alert.id, ...set })
    const after = await call('alerts.update', { id: alert.id, status: 'acknowledged' })
    expect(after).toMatchObject({ ...set, status: 'acknowledged', title: before.title })
  })
})

it('no call that updates fills in what its input leaves out', () => {
  const updates = Object.entries(contract).filter(([name]) => /\.(?:update|bulkUpdate)/.test(name))
  expect(updates.length).toBeGreaterThan(6)
  for (const [name, entry] of updates) {
    if (!('input' in entry)) continue
    const asked: unknown = entry.example
    const parsed: unknown = entry.input.parse(asked)
    // A reason, and that it takes a change back, belong to the change itself and not to what is changed.
    const change = { reason: undefined, undo: false }
    expect({ ...change, ...Object(parsed) }, name).toEqual({ ...change, ...Object(asked) })
  }
  const rule = { id: '9b0a3b0c-7d0e-4a55-8a6e-0d8f5c7b0001', rule: { kind: 'condition' } }
  expect(contract['rules.update'].input.parse(rule)).toEqual(rule)
})
