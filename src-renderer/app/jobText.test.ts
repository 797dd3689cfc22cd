import { expect, test } from 'vitest'
import { endedText, failedFiles, jobShare, onlyDataset, runningText } from './jobText.ts'
import type { Job } from './jobText.ts'

const START = '2026-01-01T00:00:00.000Z'
const job = (more: Partial<Job>): Job => ({
  id: 'a',
  kind: 'import',
  title: 'Security_FS03.csv.gz',
  huntId: 'h',
  datasetId: null,
  state: 'running',
  done: 412e6,
  total: 665e6,
  unit: 'bytes',
  rows: 1_284_300,
  rate: 218_000,
  note: null,
  startedAt: START,
  finishedAt: null,
  failure: null,
  result: null,
  ...more,
})
const after = (seconds: number) => new Date(START).getTime() + seconds * 1000

test('an import says bytes, rows, rate and what is left', () => {
  expect(runningText(job({}), after(14))).toBe('412 MB of 665 MB · 1,284,300 rows · 218,000 rows/s · 9 s left')
})

test('before it is known nothing is said about the rest', () => {
  expect(runningText(job({ total: null, rate: null, rows: null }), after(14))).toBe('412 MB')
  expect(jobShare(job({ total: null }))).toBeNull()
  expect(runningText(job({ state: 'queued' }), after(14))).toBe('Waiting for its turn')
})

test('an analyzer run counts rows', () => {
  const run = job({ kind: 'analyze', unit: 'rows', done: 4481, total: 6366, rows: 4481, rate: null, note: '1 finding' })
  expect(runningText(run, after(0.5))).toBe('4,481 of 6,366 rows · 1 finding')
})

test('an ended import says what it came to', () => {
  const result = {
    hunt: { id: 'h', name: 'x' },
    datasets: [{ id: 'd', rows: 14220, quarantined: 2 }],
    failed: [{ file: 'b.csv', code: 'not-a-table', message: 'It is a picture.' }],
    alerts: 3,
  }
  const ended = job({ state: 'succeeded', finishedAt: new Date(after(0.4)).toISOString(), result })
  expect(endedText(ended)).toBe('14,220 rows kept, 2 quarantined · 3 new alerts · 1 file could not be imported · 0.4 s')
  expect(failedFiles(ended)).toEqual([{ file: 'b.csv', message: 'It is a picture.' }])
  expect(onlyDataset(ended)).toBe('d')
})

test('an ended analyzer run says how many alerts are new, also none', () => {
  const ended = job({
    kind: 'analyze',
    state: 'succeeded',
    finishedAt: new Date(after(2)).toISOString(),
    result: { rowsAnalyzed: 363, alertsCreated: 0 },
  })
  expect(endedText(ended)).toBe('363 rows analyzed · 0 new alerts · 2 s')
})

test('records that were repaired are told from those that still do not fit', () => {
  const result = { rows: 364, repaired: 1, remaining: [{ id: 2, reason: '2 of 3 fields' }] }
  const ended = job({ kind: 'repair', state: 'succeeded', finishedAt: new Date(after(0.2)).toISOString(), result })
  expect(endedText(ended)).toBe('1 record became a row · 1 still do not fit · 0.2 s')
  expect(endedText({ ...ended, kind: 'read' })).toBe('364 rows read anew · 0.2 s')
})

test('says what rules added and removed', () => {
  const run = job({
    kind: 'rules',
    unit: 'steps',
    state: 'succeeded',
    finishedAt: '2026-11-20T10:00:02.000Z',
    result: { rules: 10, datasets: 2, alertsCreated: 0, alertsKept: 4, alertsRemoved: 3, alertsLeft: 0, skipped: [] },
  })
  expect(endedText(run)).toMatch(/^0 new alerts · 3 removed/)
})
