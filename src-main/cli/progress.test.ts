import { expect, test } from 'vitest'
import type { Job } from '#contract/jobs'
import { createProgress } from './progress.ts'

const job: Job = {
  id: '0d5f6a3e-5a64-4f36-9c0c-54e3c8f0a001',
  kind: 'import',
  title: 'Importing 3 files',
  huntId: null,
  datasetId: null,
  state: 'running',
  done: 50,
  total: 200,
  unit: 'bytes',
  rows: 1234,
  rate: 617.4,
  note: 'a.csv',
  startedAt: '2026-01-02T03:04:05Z',
  finishedAt: null,
  failure: null,
  result: null,
}

function screen(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, columns: 60, write: (text: string) => written.push(text) }
}

test('on a terminal one line changes and is taken away in the end', () => {
  const terminal = screen(true)
  const progress = createProgress(terminal)
  progress.show(job)
  progress.show({ ...job, title: 'x'.repeat(100) })
  progress.clear()
  progress.clear()
  expect(terminal.written[0]).toBe('\rImporting 3 files · 25 % · 1,234 rows · 617 rows/s · a.csv\u001B[K')
  expect(terminal.written[1]).toHaveLength(1 + 59 + 3)
  expect(terminal.written.slice(2)).toEqual(['\r\u001B[K'])
})

test('elsewhere a line is written every two seconds', () => {
  const file = screen(false)
  let now = 0
  const progress = createProgress(file, () => now)
  for (now = 0; now <= 4_500; now += 100) progress.show({ ...job, total: null, rows: null, rate: null, note: null })
  progress.show({ ...job, finishedAt: job.startedAt })
  progress.clear()
  expect(file.written).toEqual(['Importing 3 files\n', 'Importing 3 files\n'])
})
