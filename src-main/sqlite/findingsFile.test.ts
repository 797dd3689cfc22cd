import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AnalyzerFinding, FindingEvidence } from '../analyzers/analyzer.ts'
import { readFindings, writeFindings } from './findingsFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'huntbench-findings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const evidence: FindingEvidence[] = [
  { datasetId: 'd', row: 1, field: 'CommandLine', value: 'whoami "é界"' },
  { datasetId: 'd', row: 7, field: 'Image', value: '' },
]
const finding = (score: number, analyzer: string, subject: string): AnalyzerFinding => ({
  ...{ title: `About ${subject}`, description: 'x', severity: 'low', score, evidence, evidenceTotal: 9 },
  ...{ mitreTechnique: null, tags: ['t'], falsePositives: null, host: 'h', user: null, firstTime: 1, lastTime: null },
  ...{ subject, analyzer },
})
const whole = (found: AnalyzerFinding) => ({ ...found, evidence: [...found.evidence] })

test('findings come back whole, highest score first', () => {
  const path = join(folder, 'a.db')
  const counted: string[] = []
  const given = [finding(5, 'entropy', 'b'), finding(90, 'persistence', 'c'), finding(5, 'entropy', 'a')]
  writeFindings(path, given, (told) => counted.push(told.subject))
  expect(counted).toEqual(['b', 'c', 'a'])
  expect([...readFindings(path)].map((found) => found.subject)).toEqual(['c', 'a', 'b'])
  const read: ReturnType<typeof whole>[] = []
  for (const found of readFindings(path)) read.push(whole(found))
  expect(read).toEqual([given[1], given[2], given[0]])
})

test('what fails on the way fails, and leaves no file open', () => {
  const path = join(folder, 'b.db')
  const stop = (): never => {
    throw new Error('stopped')
  }
  expect(() => writeFindings(path, [finding(1, 'entropy', 'a')], stop)).toThrow('stopped')
  rmSync(path)
  expect(existsSync(path)).toBe(false)
})
