import { expect, it } from 'vitest'
import type { Alert } from '#contract/alerts'
import { alertMarkdown } from './alertMarkdown.ts'

const alert: Alert = {
  id: '1f0a9c7e-63d1-4a57-a6a4-3c0d8e5b0001',
  title: 'Shadow copies or backups deleted',
  description: '2 rows. The first, started by cmd.exe: vssadmin delete shadows',
  severity: 'critical',
  status: 'in-progress',
  analyzer: 'suspicious_commands',
  rule: null,
  score: 95,
  evidence: [{ datasetId: 'd', row: 1204, field: 'CommandLine', value: 'echo [x](http://198.51.100.7) | `vssadmin`' }],
  evidenceTotal: 2,
  mitreTechnique: 'T1490',
  tags: [],
  falsePositives: null,
  huntId: 'h',
  datasetId: 'd',
  caseId: null,
  assignee: null,
  host: 'WS_1',
  user: null,
  firstTime: '2019-01-15T05:15:17Z',
  lastTime: '2019-01-15T05:15:19Z',
  acknowledgedAt: null,
  resolvedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

it('is a report of its own: facts that are known, times with zone, and how much evidence is left out', () => {
  const text = alertMarkdown(
    alert,
    () => 'processes.csv',
    (_id, row) => row,
    'utc',
  )
  expect(text).toContain('## Shadow copies or backups deleted')
  expect(text).toContain('- First and last: 2019-01-15 05:15:17 – 05:15:19 UTC')
  expect(text).toContain('Evidence: 2 rows, 1 shown')
  expect(text).toContain('| processes.csv | 1,204 | CommandLine |')
  expect(text).not.toContain('Assignee')
})

it('keeps evidence text, so that none of it becomes a link or markup', () => {
  const text = alertMarkdown(
    alert,
    () => 'processes.csv',
    (_id, row) => row,
    'utc',
  )
  expect(text).toContain('echo \\[x\\](http://198.51.100.7) \\| \\`vssadmin\\`')
  expect(text).toContain('- Host: WS\\_1')
})
