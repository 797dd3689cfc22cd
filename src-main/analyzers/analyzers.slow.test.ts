import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { alert } from '#contract/alerts'
import { analyzerInfo } from '#contract/analyzers'
import { z } from 'zod'
import type { CanonicalField } from '#contract/values'
import { parseAnalyzerConfig } from './analyzerConfig.ts'
import { authEvents } from './authEvents.ts'
import { autostarts } from './autostarts.ts'
import { commandEvents } from './commandEvents.ts'
import { analyzed, rowsFrom } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'
import { analyzers } from './index.ts'
import { persistenceEvents } from './persistenceEvents.ts'

const all = analyzers.map((analyzer) => parseAnalyzerConfig(analyzer.name, {}))
const everyField = new Set<CanonicalField>(analyzers.flatMap((analyzer) => [...analyzer.reads]))
const run = (records: readonly TestRow[]) => analyzed(rowsFrom(records), all, everyField).findings

test('the six analyzers are there and describe themselves and their configuration', () => {
  expect(analyzers.map((analyzer) => analyzer.name).sort()).toEqual([
    'auth_anomaly',
    'entropy',
    'frequency_anomaly',
    'network_anomaly',
    'persistence',
    'suspicious_commands',
  ])
  for (const { name, title, description, needs, reads, mitreTechniques, config } of analyzers) {
    const configSchema = z.toJSONSchema(config, { io: 'input' })
    expect(
      analyzerInfo.safeParse({
        name,
        title,
        description,
        needs,
        mitreTechniques,
        configSchema: z.json().parse(configSchema),
        config: z.json().parse(config.parse({})),
      }).success,
    ).toBe(true)
    expect(needs.every((field) => reads.includes(field))).toBe(true)
    expect(reads).toEqual(expect.arrayContaining(['hostname', 'username']))
    const keys = Object.entries(configSchema.properties ?? {})
    expect(keys.length).toBeGreaterThan(0)
    for (const [key, schema] of keys)
      expect(schema, `${name}.${key}`).toMatchObject({ description: expect.any(String), default: expect.anything() })
  }
})

test('the thresholds are those of the product', () => {
  const defaults = Object.fromEntries(analyzers.map((analyzer) => [analyzer.name, analyzer.config.parse({})]))
  expect(defaults).toMatchObject({
    entropy: { minimumBits: 4.5, minimumLength: 20 },
    network_anomaly: { minimumContacts: 20, largeTransferMegabytes: 10 },
    frequency_anomaly: { rarePercent: 1, maximumCount: 3, minimumRows: 50 },
    auth_anomaly: { minimumFailures: 5, remoteLogonTypes: [3, 10] },
  })
})

const TECHNIQUES = '../shared/attack/techniques.csv'
test.skipIf(!existsSync(TECHNIQUES))('every technique is an active one of ATT&CK', () => {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(TECHNIQUES, 'utf8'), { header: true })
  const active = new Set(data.filter((each) => each['state'] === 'active').map((each) => each['id']))
  const used = [
    ...analyzers.flatMap((analyzer) => analyzer.mitreTechniques),
    ...[...autostarts, ...authEvents, ...commandEvents, ...persistenceEvents].flatMap((rule) => rule.technique ?? []),
  ]
  expect([...new Set(used)].filter((technique) => !active.has(technique))).toEqual([])
})

/** Values that wake the analyzers, mixed with any text. */
const WORDS = [
  'vssadmin delete shadows /all',
  'powershell -enc JAB0ACAAPQAgACcAZABpAHIAJwA7AA0ACgAm',
  'mimikatz.exe',
  'C:\\Users\\Public\\svchost.exe',
  'reg add HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run /v a',
  '4625',
  '4624',
  '7045',
  '4104',
  '1102',
  '13',
  '3',
  '10',
  'Security',
  'System',
  '10.0.0.5',
  '198.51.100.7',
  '4444',
  '8443',
  '20000000',
  '0xc0000072',
  'bob',
  'eve',
  'h1',
  'h2',
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\x',
  'Failed password for root from 203.0.113.5 port 1 ssh2',
  'Q2hhbmdlTWVBZ2FpbjEyMzQ1Njc4OTBBYkNkRWZHaElqS2xNbk9w',
  '${jndi:ldap://x}',
  '0',
  '-',
  '',
]
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
)
const record: fc.Arbitrary<TestRow> = fc.record(
  {
    ...Object.fromEntries([...everyField].map((field) => [field, value])),
    time: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  },
  { requiredKeys: [] },
)
const records = fc
  .array(record, { minLength: 1, maxLength: 80 })
  .map((list) => list.map((each, position) => ({ ...each, row: position + 1 })))

test('nothing throws, and every finding is an alert with evidence that exists', () => {
  const finding = alert.pick({
    title: true,
    severity: true,
    score: true,
    mitreTechnique: true,
    tags: true,
    evidenceTotal: true,
  })
  fc.assert(
    fc.property(records, (list) => {
      for (const found of run(list)) {
        expect(finding.safeParse(found).success, JSON.stringify(found)).toBe(true)
        expect(found.evidence.length).toBeGreaterThan(0)
        expect(found.evidenceTotal).toBeGreaterThanOrEqual(found.evidence.length)
        expect(found.title.trim()).not.toBe('')
        expect(found.subject).not.toBe('')
        for (const each of found.evidence) {
          expect(each.datasetId).toBe('dataset')
          expect(each.row).toBeGreaterThanOrEqual(1)
          expect(each.row).toBeLessThanOrEqual(list.length)
          expect(each.value.length).toBeLessThanOrEqual(2_000)
        }
        const rows = found.evidence.map((each) => each.row)
        expect(rows).toEqual(rows.toSorted((a, b) => a - b))
        if (found.firstTime !== null) expect(found.firstTime).toBeLessThanOrEqual(found.lastTime ?? -1)
      }
    }),
    { numRuns: 60 },
  )
})

test('a subject is reported once, running twice says the same, and the order of rows changes no subject', () => {
  const subjects = (list: readonly TestRow[]) =>
    run(list)
      .map((found) => `${found.analyzer} ${found.subject}`)
      .sort()
  fc.assert(
    fc.property(
      records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(run(list)).toEqual(run(list))
        const found = subjects(list)
        expect(new Set(found).size).toBe(found.length)
        expect(subjects(shuffled)).toEqual(found)
      },
    ),
    { numRuns: 40 },
  )
})

test('a huge cell is cut in the evidence and read to its end', () => {
  const [found] = run([{ command_line: `${'x '.repeat(500_000)} vssadmin delete shadows` }])
  expect(found?.mitreTechnique).toBe('T1490')
  expect(found?.evidence[0]?.value.length).toBe(2_000)
})

test('evidence stops at 10,000 rows, the count does not', () => {
  const [found] = run(Array.from({ length: 10_050 }, () => ({ command_line: 'vssadmin delete shadows' })))
  expect([found?.evidence.length, found?.evidenceTotal]).toEqual([10_000, 10_050])
})

test('texts made to cost hours cost seconds', { timeout: 120_000 }, () => {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [new URL('../testing/hostileTexts.ts', import.meta.url).pathname],
    { timeout: 90_000, killSignal: 'SIGKILL', encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  expect(stdout).toContain('\ndone')
  expect(status).toBe(0)
})
