import { expect, test } from 'vitest'
import { foundBy } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'
import { frequencyAnomaly } from './frequencyAnomaly.ts'

const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) =>
  foundBy(frequencyAnomaly, records, settings)
const common = (count: number): TestRow[] =>
  Array.from({ length: count }, () => ({ process_name: 'C:\\Windows\\System32\\svchost.exe' }))
const rare: TestRow = { process_name: 'C:\\x\\evil.exe', hostname: 'h' }

test('a value of at most 1 % and three rows is rare, a fourth row ends that', () => {
  expect(run([...common(400), rare, rare, rare])).toMatchObject([{ evidenceTotal: 3, severity: 'low', host: 'h' }])
  expect(run([...common(400), rare, rare, rare, rare])).toEqual([])
})

test('1 % holds too, and 50 rows are needed', () => {
  expect(run([...common(150), rare, rare])).toEqual([])
  expect(run([...common(100), rare])).toHaveLength(1)
  expect(run([...common(40), rare], { rarePercent: 10 })).toEqual([])
  expect(run([...common(49), rare], { rarePercent: 10 })).toHaveLength(1)
})

test('temporary names count as one, and unique values say nothing', () => {
  const temporary = (n: number): TestRow => ({
    process_name: `C:\\Windows\\Temp\\CC563BBE-DE32-44D3-8E35-F3FC78E7${1000 + n}\\dismhost.exe`,
  })
  expect(run([...common(1_000), ...Array.from({ length: 9 }, (_, n) => temporary(n))])).toEqual([])
  expect(
    run(
      Array.from({ length: 200 }, (_, n) => ({
        user_agent: `agent-${String.fromCharCode(97 + (n % 26))}-${'x'.repeat(n)}`,
      })),
    ),
  ).toEqual([])
})

test('the list is limited and says what it leaves out', () => {
  const many = Array.from({ length: 40 }, (_, n): TestRow => ({ process_name: `C:\\x\\${'z'.repeat(n + 1)}.exe` }))
  const findings = run([...common(4_000), ...many], { maximumFindings: 10 })
  expect(findings).toHaveLength(10)
  expect(findings[0]?.description).toContain('30 further')
})

test('never more than medium', () => {
  const findings = run([...common(400), { process_name: 'C:\\Users\\Public\\a.exe' }, { service_name: 'x' }])
  expect(findings.map((finding) => finding.severity)).toEqual(['medium'])
})
