import { expect, it } from 'vitest'
import type { Alert, AlertGroup } from '#contract/alerts'
import { chosenOf, groupLines } from './groupLines.ts'

const group = (key: string, alerts: number): AlertGroup => ({
  ...{ key, title: key, filter: { host: key }, alerts, open: alerts, worst: 'high', score: 50, rows: 1 },
  severityCounts: { critical: 0, high: alerts, medium: 0, low: 0, info: 0 },
  firstTime: null,
  lastTime: null,
})
const alert = (id: string): Alert => ({
  ...{ id, title: id, description: '', severity: 'high', status: 'new', analyzer: 'entropy', rule: null, score: 1 },
  ...{ evidence: [], evidenceTotal: 1, mitreTechnique: null, tags: [], falsePositives: null, huntId: 'h' },
  ...{ datasetId: null, caseId: null, assignee: null, host: null, user: null, firstTime: null, lastTime: null },
  ...{ acknowledgedAt: null, resolvedAt: null, createdAt: '', updatedAt: '' },
})
const groups = [group('a', 3), group('b', 1)]

it('an open group shows its alerts and how many are not listed', () => {
  const lines = groupLines(groups, new Set(['a']), (key) => (key === 'a' ? [alert('1'), alert('2')] : undefined))
  expect(
    lines.map((line) => (line.kind === 'alert' ? line.alert.id : line.kind === 'more' ? line.left : line.group.key)),
  ).toEqual([...['a', '1', '2', 1, 'b']])
  expect(groupLines(groups, new Set(['b']), () => undefined)).toHaveLength(2)
})

it('lines that are chosen count every alert once, whole groups with all theirs', () => {
  const lines = groupLines(groups, new Set(['a', 'b']), (key) => [alert(`${key}1`)])
  expect(chosenOf(lines)).toMatchObject({ total: 4, alerts: [] })
  expect(chosenOf(lines.slice(1))).toMatchObject({ total: 2, alerts: [{ id: 'a1' }], groups: [{ key: 'b' }] })
})
