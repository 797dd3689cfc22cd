import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AlertFilter } from '#contract/alerts'
import { alertGroupings, severities } from '#contract/values'
import type { Finding } from '../../analyzers/analyzer.ts'
import { openReadable, openWritable, type ReadDb, type WriteDb } from '../db.ts'
import { migrate } from '../migrate.ts'
import { list, open, stats, type AlertQuery } from './alerts.read.ts'
import { updateByFilter, updateByIds } from './alertChanges.write.ts'
import { groups } from './alertGroups.read.ts'
import { history } from './alertHistory.read.ts'
import { keep } from './alerts.write.ts'
import * as datasets from './datasets.write.ts'
import * as huntsRead from './hunts.read.ts'
import * as hunts from './hunts.write.ts'

// Two hunts with 50,000 alerts in all: every answer is right, and comes by an index.

/** Long by nature: seconds on an idle machine, many times that on a busy one. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ALERTS = 50_000
const HUNTS = ['hunt-a', 'hunt-b']
const ANALYZERS = ['entropy', 'suspicious_commands']
/** More would take its time in a test and find nothing else. */
const EVIDENCE_ROWS = 2

let folder: string
let db: WriteDb
let readable: ReadDb

const finding = (n: number): Finding & { analyzer: string } => ({
  analyzer: ANALYZERS[n % 2] ?? '',
  subject: `subject ${n}`,
  title: `Alert ${n}`,
  description: `About ${n}`,
  severity: severities[n % 5] ?? 'info',
  score: n % 101,
  mitreTechnique: n % 3 === 0 ? `T1${String(n % 20).padStart(3, '0')}` : null,
  tags: ['found'],
  falsePositives: null,
  host: `host${n % 100}`,
  user: null,
  firstTime: 1_700_000_000_000_000 + n * 1_000_000,
  lastTime: null,
  evidence: Array.from({ length: EVIDENCE_ROWS }, (_, row) => ({
    datasetId: 'd',
    row: row + 1,
    field: 'CommandLine',
    value: n === 31_337 ? 'needle 100%_off' : `command ${n}`,
  })),
  evidenceTotal: EVIDENCE_ROWS,
})

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-alerts-'))
  const path = join(folder, 'workspace.db')
  db = openWritable(path)
  migrate(db, join(folder, 'backups'))
  for (const [n, id] of HUNTS.entries()) {
    hunts.create(db, { id, name: id, description: '', analyzeOnImport: false, now: n })
    const source = { sourcePath: '/x', sourceMember: null, sourceStored: false, dialect: {}, reading: {} }
    datasets.begin(db, { id: `dataset-${id}`, huntId: id, name: id, file: 'x', size: 1, now: n, ...source })
    const findings = Array.from({ length: ALERTS / 2 }, (_, at) => finding(n * (ALERTS / 2) + at))
    for (let at = 0; at < findings.length; at += 5_000)
      keep(db, id, `dataset-${id}`, findings.slice(at, at + 5_000), 1_000 + at, null)
  }
  readable = openReadable(path)
})
afterAll(() => {
  readable.close()
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const at = (now: number) => ({ by: 'kim', now, undo: false })
const listed = (query: Partial<AlertQuery>) => list(readable, { sort: 'score', limit: 100, offset: 0, ...query })

/** What SQLite plans to do for each question that `ask` puts to it. */
function plansOf(ask: (db: ReadDb) => unknown): string[] {
  const asked: string[] = []
  const listening: ReadDb = Object.assign(Object.create(readable), {
    prepare: (sql: string) => {
      asked.push(sql)
      return readable.prepare(sql)
    },
  })
  ask(listening)
  return [...new Set(asked)].map((sql) => {
    const values = new Array<null>(sql.split('?').length - 1).fill(null)
    const steps = readable.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
    return steps.map((step) => step.detail).join('\n')
  })
}

describe('with 50,000 alerts', () => {
  it('the default order is by score and then newest, on every page, without gaps or repeats', () => {
    const seen = new Set<string>()
    let last = { score: Infinity, createdAt: '9' }
    for (let offset = 0; offset < 5_000; offset += 500) {
      const { alerts, total } = listed({ limit: 500, offset })
      expect(total).toBe(ALERTS)
      for (const alert of alerts) {
        seen.add(alert.id)
        expect(alert.score < last.score || (alert.score === last.score && alert.createdAt <= last.createdAt)).toBe(true)
        last = alert
      }
    }
    expect(seen.size).toBe(5_000)
    expect(listed({ offset: ALERTS - 3, limit: 500 }).alerts).toHaveLength(3)
  })

  it('every filter finds exactly what it names', () => {
    const total = (filter: AlertFilter): number => listed(filter).total
    expect(total({ huntId: 'hunt-b' })).toBe(25_000)
    expect(total({ datasetId: 'dataset-hunt-a' })).toBe(25_000)
    expect(total({ severity: ['critical', 'high'] })).toBe(20_000)
    expect(total({ analyzer: 'entropy', huntId: 'hunt-a' })).toBe(12_500)
    expect(total({ mitreTechnique: 'T1003' })).toBe(
      Array.from({ length: ALERTS }, (_, n) => n).filter((n) => n % 3 === 0 && n % 20 === 3).length,
    )
    expect(total({ status: 'resolved' })).toBe(0)
    expect(listed({ text: '100%_OFF' })).toMatchObject({ total: 1, alerts: [{ title: 'Alert 31337' }] })
    expect(total({ text: 'host42' })).toBe(500)
  })

  it('statistics add up', () => {
    const all = stats(readable, undefined)
    expect(all).toMatchObject({ total: ALERTS, severityCounts: { critical: 10_000, info: 10_000 } })
    expect(all.statusCounts).toMatchObject({ new: ALERTS, resolved: 0 })
    expect(all.analyzerCounts).toEqual({ entropy: 25_000, suspicious_commands: 25_000 })
    expect(all.topMitre).toHaveLength(10)
    expect(stats(readable, 'hunt-a').total).toBe(25_000)
  })

  it('a bulk change by filter or by 50,000 ids changes just those, and one unknown id changes nothing', () => {
    const change = updateByFilter(db, { huntId: 'hunt-a', severity: 'critical' }, { status: 'acknowledged' }, at(9_000))
    expect(change).toEqual({ updated: 5_000, huntIds: ['hunt-a'] })
    expect(stats(readable, undefined).statusCounts).toMatchObject({ acknowledged: 5_000, new: 45_000 })
    const ids = db.prepare<[], string>('SELECT id FROM alerts').pluck().all()
    expect(() => updateByIds(db, [...ids, 'nobody'], { status: 'resolved' }, at(9_001))).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    )
    expect(stats(readable, undefined).statusCounts).toMatchObject({ acknowledged: 5_000, resolved: 0 })
    const all = updateByIds(db, ids, { assignee: 'kim' }, at(9_002))
    expect([all.updated, all.huntIds.toSorted()]).toEqual([ALERTS, HUNTS])
    expect(listed({ assignee: 'kim', status: 'acknowledged' }).total).toBe(5_000)
  })

  it('groups by rule, host, user and technique add up to the same alerts, and their filters give just those', () => {
    for (const by of alertGroupings) {
      const found = groups(readable, { huntId: 'hunt-a', by, limit: 500, offset: 0 })
      expect(found.alerts).toBe(25_000)
      expect(found.groups.reduce((sum, { alerts }) => sum + alerts, 0)).toBe(25_000)
      for (const { filter, alerts } of found.groups.slice(0, 3))
        expect(listed({ huntId: 'hunt-a', ...filter }).total).toBe(alerts)
    }
    const hosts = groups(readable, { by: 'host', severity: 'low', limit: 2, offset: 1 })
    expect([hosts.total, hosts.groups.length, hosts.groups[0]?.worst]).toEqual([20, 2, 'low'])
    expect(groups(readable, { by: 'user', limit: 10, offset: 0 }).groups).toMatchObject([{ key: '', alerts: ALERTS }])
    const [analyzer] = groups(readable, { by: 'rule', limit: 10, offset: 0 }).groups
    expect(analyzer?.filter).toEqual({ rule: null, analyzer: 'entropy' })
  })

  it('a bulk change adds and removes tags, and each alert knows who changed what, with how many others', () => {
    const [one] = listed({ huntId: 'hunt-b' }).alerts
    const id = one?.id ?? ''
    const filter: AlertFilter = { huntId: 'hunt-b', host: one?.host }
    const change = { addTags: ['seen', 'found'], removeTags: ['gone'], caseId: 'C-7' }
    const { updated } = updateByFilter(db, filter, change, { by: 'kim', now: 10_000, undo: false })
    expect(listed({ tag: 'seen' }).total).toBe(updated)
    expect(listed({ tag: 'see' }).total).toBe(0)
    updateByFilter(db, filter, { removeTags: ['seen'], caseId: null }, { by: 'kim', now: 10_001, undo: true })
    expect(listed({ tag: 'seen' }).total).toBe(0)
    expect(history(readable, id, 2, 0)).toMatchObject({
      total: 5,
      changes: [
        { field: 'tags', from: 'found, seen', to: 'found', undo: true, alerts: updated, by: 'kim' },
        { field: 'case', from: 'C-7', to: null, undo: true },
      ],
    })
    expect(history(readable, id, 10, 4)?.changes).toMatchObject([
      { field: 'assignee', from: null, to: 'kim', alerts: ALERTS },
    ])
  })

  it('what changes nothing leaves no line in the history', () => {
    const id = listed({}).alerts[0]?.id ?? ''
    const before = history(readable, id, 1, 0)?.total
    updateByIds(db, [id], { assignee: 'kim' }, { by: 'kim', now: 10_002, undo: false })
    expect(history(readable, id, 1, 0)?.total).toBe(before)
  })

  it('list, filters, statistics and groups each take a moment', () => {
    const took = (ask: () => unknown): number => {
      const times = Array.from({ length: 3 }, () => {
        // Time of the processor: other tests run beside it.
        const start = process.threadCpuUsage()
        ask()
        return process.threadCpuUsage(start).user / 1_000
      })
      return Math.min(...times)
    }
    const measured = {
      list: took(() => listed({ huntId: 'hunt-a' })),
      deep: took(() => listed({ huntId: 'hunt-a', offset: 20_000 })),
      filter: took(() => listed({ huntId: 'hunt-a', status: 'acknowledged', severity: ['critical', 'high'] })),
      byHost: took(() => listed({ huntId: 'hunt-a', host: 'host7' })),
      stats: took(() => stats(readable, 'hunt-a')),
      statsOfAll: took(() => stats(readable, undefined)),
      ...Object.fromEntries(
        alertGroupings.map((by) => [`by ${by}`, took(() => groups(readable, { by, limit: 500, offset: 0 }))]),
      ),
      text: took(() => listed({ text: 'needle' })),
    }
    // Each takes under 50 ms on a core of its own; where several share one, caches make it more.
    for (const [what, ms] of Object.entries(measured)) expect(ms, what).toBeLessThan(400)
  })

  it('lists in the default order come from an index and need no sorting, of one hunt and of all', () => {
    for (const filter of [{}, { huntId: 'hunt-a' }]) {
      const [page, count] = plansOf((asked) => list(asked, { sort: 'score', limit: 100, offset: 0, ...filter }))
      expect(page).toMatch(/USING INDEX alerts_/)
      expect(page).not.toMatch(/TEMP B-TREE/)
      expect(count).not.toMatch(/TEMP B-TREE/)
    }
  })

  it('what a filter, an overview or a statistic of a hunt asks for is found by an index', () => {
    const filters: AlertFilter[] = [{ status: 'new' }, { severity: ['critical'] }, { datasetId: 'dataset-hunt-a' }]
    const asking = (filter: AlertFilter) => (asked: ReadDb) =>
      list(asked, { sort: 'score', limit: 100, offset: 0, huntId: 'hunt-a', ...filter })
    const questions = [...filters.map(asking), (asked: ReadDb) => stats(asked, 'hunt-a')]
    for (const plan of [...questions, (asked: ReadDb) => open(asked, 'hunt-a', 10)].flatMap(plansOf))
      expect(plan).not.toMatch(/SCAN (?!CONSTANT)/)
  })

  it('hunts are listed last changed first without counting the alerts of those that are not shown', () => {
    expect(huntsRead.list(readable, { limit: 1, offset: 0 })).toMatchObject({
      total: 2,
      hunts: [{ id: 'hunt-b', alertsOpen: 25_000 }],
    })
    const [page] = plansOf((asked) => huntsRead.list(asked, { limit: 10, offset: 0 }))
    expect(page).toMatch(/USING INDEX hunts_by_change/)
    expect(page).not.toMatch(/TEMP B-TREE/)
    expect(page).not.toMatch(/SCAN (?!h USING INDEX)/)
  })
})
