import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import { readFindings } from '../sqlite/findingsFile.ts'
import { analyzeDataset } from './analyzeDataset.ts'
import type { TaskContext } from './contexts.ts'

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-analyze-'))
  const path = join(folder, 'p.csv')
  const long = 'y'.repeat(3_000)
  writeFileSync(
    path,
    [
      'TimeGenerated,Computer,Account,CommandLine,ParentImage,IpAddress,EventID,LogonType',
      '2024-01-01 10:00:00,WS1,bob,whoami,C:\\a\\cmd.exe,,1,',
      `2024-01-01 10:00:01,ws1,BOB,vssadmin delete shadows ${long},C:\\a\\cmd.exe,,1,`,
      '2024-01-01 10:00:02,WS1,bob,vssadmin delete shadows /all,,,1,',
      ...Array.from({ length: 6 }, (_, n) => `2024-01-01 11:0${n}:00,DC,eve,,,198.51.100.7,4625,3`),
      '2024-01-01 11:07:00,DC,eve,,,198.51.100.7,4624,2',
      '2024-01-01 09:00:00,DC,ann,,,198.51.100.8,4624,2',
      ...Array.from({ length: 6 }, (_, n) => `2024-01-01 11:1${n}:00,DC,ann,,,198.51.100.8,4625,3`),
    ].join('\n'),
  )
  const target = join(folder, 'd.db')
  await importFile({ path, name: 'p.csv', dialect: {}, target }, { cancelled: () => false, progress: () => undefined })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const context = (cancelled: () => boolean = () => false): TaskContext => ({
  ...{ folder, workspace: '', cancelled, progress: () => undefined },
  datasets: createDatasetFiles(folder, cancelled),
})
const request = { datasetId: 'd', analyzers: undefined, config: {}, keep: true }

test('evidence says what the rows say: value, column, cut at its length, in row order', () => {
  const { file, found, bySeverity, byAnalyzer } = analyzeDataset(context(), request)
  const findings = [...readFindings(file ?? '')]
  expect([findings.length, sum(bySeverity), sum(byAnalyzer)]).toEqual([found, found, found])
  for (const finding of readFindings(file ?? '')) {
    if (finding.mitreTechnique !== 'T1490') continue
    expect([...finding.evidence]).toEqual([
      {
        datasetId: 'd',
        row: 2,
        field: 'CommandLine',
        value: `vssadmin delete shadows ${'y'.repeat(3_000)}`.slice(0, 2_000),
      },
      { datasetId: 'd', row: 3, field: 'CommandLine', value: 'vssadmin delete shadows /all' },
    ])
    expect(finding).toMatchObject({ host: 'ws1', user: 'BOB', evidenceTotal: 2 })
    expect(finding.description).toContain('The first, started by cmd.exe: vssadmin delete shadows y')
  }
  rmSync(file ?? '')
})

test('a logon after the failures is found by going over the rows again, one before them is not taken for it', () => {
  const { file } = analyzeDataset(context(), { ...request, analyzers: ['auth_anomaly'] })
  const titles = [...readFindings(file ?? '')].map((finding) => finding.title)
  expect(titles).toContain('Password guessed: eve')
  expect(titles).toContain('Password guessing: ann')
  rmSync(file ?? '')
})

test('findings that nobody keeps are counted and leave no file; a run that is cancelled leaves none either', () => {
  const counted = analyzeDataset(context(), { ...request, keep: false })
  expect(counted.file).toBeNull()
  expect(counted.found).toBeGreaterThan(2)
  let asked = 0
  expect(() =>
    analyzeDataset(
      context(() => (asked += 1) > 3),
      request,
    ),
  ).toThrow('Cancelled.')
  expect(readdirSync(folder).sort()).toEqual(['d.db', 'p.csv'])
})

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, count) => all + count, 0)
