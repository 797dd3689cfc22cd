import { expect, test } from 'vitest'
import { AppError } from '#contract/appError'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { analyzed, rowsFrom } from '../testing/evidenceRows.ts'
import { analyzers } from './index.ts'
import { newRoom } from './room.ts'
import { subjectTable } from './subjectTable.ts'

const failure = (attempt: () => unknown): AppError => {
  try {
    attempt()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('It did not fail with an AppError.')
}

test('every row is fed once to all analyzers, and findings come best first', () => {
  const counts: number[] = []
  const rows = rowsFrom([
    { command_line: 'whoami' },
    { command_line: 'vssadmin delete shadows' },
    { command_line: 'x' },
  ])
  const selected = analyzers.map((analyzer) => parseAnalyzerConfig(analyzer.name, {}))
  const result = analyzed(rows, selected, new Set(['command_line']), (count) => counts.push(count))
  expect(result.rowsAnalyzed).toBe(3)
  expect(counts).toEqual([1, 2, 3])
  expect(result.findings.map((finding) => [finding.analyzer, finding.mitreTechnique])).toEqual([
    ['suspicious_commands', 'T1490'],
    ['suspicious_commands', 'T1033'],
  ])
})

test('an analyzer that has nothing to look at is skipped with the reason', () => {
  const selected = [parseAnalyzerConfig('network_anomaly', {}), parseAnalyzerConfig('entropy', {})]
  const result = analyzed(rowsFrom([{ command_line: 'x' }]), selected, new Set(['command_line']))
  expect(result.skipped).toEqual([
    { analyzer: 'network_anomaly', reason: 'No column feeds any of dst_ip, dst_port, domain, bytes_sent.' },
  ])
  expect(analyzed([], selected, new Set())).toMatchObject({ findings: [], rowsAnalyzed: 0, skipped: [{}, {}] })
})

test('a configuration is filled up with defaults', () => {
  expect(parseAnalyzerConfig('auth_anomaly', { minimumFailures: 9 }).config).toMatchObject({
    minimumFailures: 9,
    sprayAccounts: 5,
  })
  expect(parseAnalyzerConfig('entropy', undefined).config).toMatchObject({ minimumBits: 4.5 })
})

test.each([
  ['auth_anomaly', { minimumFailures: 'many' }, 'auth_anomaly.minimumFailures'],
  ['auth_anomaly', { minimumFailures: -1 }, 'auth_anomaly.minimumFailures'],
  ['network_anomaly', { oddPorts: [80, 70_000] }, 'network_anomaly.oddPorts.1'],
  ['entropy', { bits: 3 }, 'entropy.bits'],
  ['entropy', 7, 'entropy'],
])('a bad configuration of %s names the bad key', (name, raw, path) => {
  const error = failure(() => parseAnalyzerConfig(name, raw))
  expect([error.code, error.detail?.['path']]).toEqual(['invalid-input', path])
  expect(error.message).toContain(path)
})

test('an unknown analyzer is refused with the names of the known ones', () => {
  const error = failure(() => parseAnalyzerConfig('magic', {}))
  expect(error.code).toBe('invalid-input')
  for (const { name } of analyzers) expect(error.message).toContain(name)
})

test('subjects beyond the limit are counted and said', () => {
  const table = subjectTable(newRoom(1_000_000), 0, 2)
  expect([table.at('a'), table.at('b'), table.at('c'), table.at('a'), table.at('c')]).toEqual([0, 1, -1, 0, -1])
  expect(table.note()).toContain('2 rows of further ones')
})
