import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFile } from '../importer/importFile.ts'
import { createDatasetFiles } from '../sqlite/datasetFiles.ts'
import { readAllFindings } from '../sqlite/findingsFile.ts'
import { analyzeDataset, type AnalyzeResult } from '../worker/analyzeDataset.ts'
import type { TaskContext } from '../worker/contexts.ts'
import { analyzeInShares, sharesOf, type SharedResult } from './analyzeInShares.ts'
import { analyzers } from './index.ts'

const NAMES = analyzers.map(({ name }) => name)
let folder: string
let context: TaskContext
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'huntbench-shares-'))
  const path = join(folder, 'p.csv')
  writeFileSync(path, evidence())
  const target = join(folder, 'd.db')
  await importFile({ path, name: 'p.csv', dialect: {}, target }, { cancelled: () => false, progress: () => undefined })
  const never = (): boolean => false
  context = {
    folder,
    workspace: '',
    cancelled: never,
    progress: () => undefined,
    datasets: createDatasetFiles(folder, never),
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Something for each analyzer, on several hosts. */
function evidence(): string {
  const lines = [
    'TimeGenerated,Computer,Account,EventID,LogonType,Image,CommandLine,IpAddress,DestinationIp,DestinationPort,SentBytes',
  ]
  const at = (second: number): string => new Date(1_700_000_000_000 + second * 1000).toISOString()
  for (let n = 0; n < 240; n += 1) {
    const host = `WS${n % 5}`
    const program = n === 77 ? 'C:\\Users\\bob\\odd.exe' : 'C:\\Windows\\System32\\cmd.exe'
    const command =
      n % 7 === 0
        ? 'vssadmin delete shadows /all'
        : n % 11 === 0
          ? 'reg add hkcu\\software\\microsoft\\windows\\currentversion\\run /v x /d c:\\users\\public\\x.exe'
          : n % 13 === 0
            ? `tool Zk3x9QpL7vTe2RbW8yNc4MdH${n}`
            : 'whoami'
    lines.push(`${at(n * 60)},${host},bob,1,,${program},${command},,,,`)
    lines.push(
      `${at(n * 60 + 1)},${host},,3,,${program},,10.0.0.${n % 5},203.0.113.9,4444,${n === 9 ? 90_000_000 : 512}`,
    )
    if (n % 9 === 0) lines.push(`${at(n * 60 + 2)},DC,eve,4625,3,,,198.51.100.7,,,`)
  }
  return lines.join('\n')
}

const share = (names: string[]): Promise<AnalyzeResult> =>
  Promise.resolve(analyzeDataset(context, { datasetId: 'd', analyzers: names, config: {}, keep: true }))

function told({ files, ...counts }: SharedResult): unknown {
  const findings: unknown[] = []
  for (const { evidence, ...finding } of readAllFindings(files)) findings.push({ ...finding, evidence: [...evidence] })
  for (const file of files) rmSync(file)
  return { findings, ...counts }
}

test('analyzers in any shares tell the same alerts, in the same order, with the same evidence and counts', async () => {
  const one = await analyzeInShares([NAMES], share, () => undefined)
  expect(Object.keys(one.byAnalyzer).sort()).toEqual([...NAMES].sort())
  const alone = told(one)
  for (const shares of [
    sharesOf(NAMES, 1_000_000, 2),
    NAMES.map((name) => [name]),
    [NAMES.slice(3), NAMES.slice(0, 3)],
  ]) {
    expect(shares.length).toBeGreaterThan(1)
    expect(told(await analyzeInShares(shares, share, () => undefined))).toEqual(alone)
  }
})

test('where they would not have found room together, all run once more in one thread', async () => {
  const asked: string[][] = []
  const run = async (names: string[]): Promise<AnalyzeResult> => {
    asked.push(names)
    const result = await share(names)
    return { ...result, kept: { ...result.kept, bytes: 41 * 1024 * 1024 } }
  }
  const shares = sharesOf(NAMES, 1_000_000, 2)
  const result = await analyzeInShares(shares, run, () => undefined)
  expect(asked).toEqual([...shares, shares.flat()])
  expect(result.files).toHaveLength(1)
  for (const file of result.files) rmSync(file)
})

test('a share that fails leaves no file of the other; few rows and one processor stay in one thread', async () => {
  let file: string | null = null
  const run = async (names: string[]): Promise<AnalyzeResult> => {
    if (names.includes('entropy')) throw new Error('damaged')
    const result = await share(names)
    file = result.file
    return result
  }
  await expect(analyzeInShares(sharesOf(NAMES, 1_000_000, 2), run, () => undefined)).rejects.toThrow('damaged')
  expect([file === null, existsSync(file ?? '')]).toEqual([false, false])
  expect([sharesOf(NAMES, 99_999, 2).length, sharesOf(NAMES, 1_000_000, 1).length]).toEqual([1, 1])
  expect(sharesOf(['entropy'], 1_000_000, 2)).toEqual([['entropy']])
})
