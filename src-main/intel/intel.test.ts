import { existsSync, globSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Input, Output } from '#contract/contract'
import type { IntelMatchReport, IntelReport } from '#contract/intel'
import { failureOf } from '../testing/failureOf.ts'
import { huntSteps } from '../testing/huntSteps.ts'
import { testApp } from '../testing/testApp.ts'

const program = testApp('intel')
const { call } = program
const steps = huntSteps(program)

async function importList(input: Input<'intel.import'>): Promise<IntelReport> {
  const job = await steps.ended(call('intel.import', input))
  expect(job.failure).toBeNull()
  // The result of this kind of job, by contract.
  return job.result as IntelReport
}
async function lookup(...values: string[]): Promise<Output<'intel.lookup'>['lookups']> {
  return (await call('intel.lookup', { values })).lookups
}
const verdicts = async (...values: string[]) => (await lookup(...values)).map(({ verdict }) => verdict)
const drop = async ({ listId }: IntelReport) => call('intel.delete', { id: listId })

describe('a list', () => {
  test('with words for a verdict that are none is taken, and told how many lines say which', async () => {
    const text =
      'domain,verdict\na1.example,malicious\nb1.example,Phishing\nc1.example,phishing\nd1.example,scam\ne1.example,\n'
    const report = await importList({ text, name: 'Words' })
    const words = [
      { word: 'phishing', lines: 2 },
      { word: 'scam', lines: 1 },
    ]
    expect(report).toMatchObject({ verdict: 'malicious', indicators: 5, otherVerdicts: { lines: 3, words } })
    expect(await call('intel.get', { id: report.listId })).toMatchObject({
      format:
        'Table with named columns; 3 lines say a verdict by another word (phishing 2, scam 1) and took that of the list',
    })
    await drop(report)
  })

  test('of one value a line is understood in every writing, and lines that cannot be used are named', async () => {
    const text = [
      '# from the morning call',
      'evil[.]example.com',
      '*.wide.example.com, C2',
      'HXXP://Bad.example.com/Path',
      '198.51.100.0/24 - scanner net',
      'D41D8CD98F00B204E9800998ECF8427E',
      'mallory(at)example.com',
      '*.co.uk',
      '=HYPERLINK("http://x.example.com")',
      '<script>alert(1)</script>',
      'svchost.exe',
      `${'x'.repeat(9_000)}.com`,
      'call[.]example',
    ].join('\n')
    const report = await importList({ text, name: 'Call' })
    expect(report).toMatchObject({ name: 'Call', verdict: 'malicious', indicators: 7, duplicates: 0, rejected: 5 })
    const { rejects } = await call('intel.rejects', { id: report.listId })
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [8, 'co.uk is a public suffix: everything below it would be listed'],
      [9, 'begins like a formula'],
      [10, 'no indicator of a known kind'],
      [11, 'no domain under a known top-level domain'],
      [12, 'longer than 4,096 characters'],
    ])
    expect(
      await verdicts(
        ...['EVIL.example.com', 'sub.evil.example.com', 'wide.example.com', 'a.b.wide.example.com'],
        ...['http://bad.example.com/Path', 'http://bad.example.com/path', '198.51.100.77', '198.51.101.77'],
        ...['d41d8cd98f00b204e9800998ecf8427e', 'Mallory@Example.com', 'https://x.wide.example.com/y', 'no indicator'],
        ...['::ffff:198.51.100.77', '::ffff:c633:644d', 'call.example'],
      ),
    ).toEqual([
      ...['malicious', null, 'malicious', 'malicious', 'malicious', null, 'malicious', null],
      ...['malicious', 'malicious', 'malicious', null],
      ...['malicious', 'malicious', 'malicious'],
    ])
    const { indicators, total } = await call('intel.indicators', { id: report.listId, type: 'network' })
    expect([indicators, total]).toMatchObject([[{ value: '198.51.100.0/24', note: 'scanner net', line: 5 }], 1])
    await call('intel.update', { id: report.listId, subdomains: true })
    expect(await verdicts('sub.evil.example.com')).toEqual(['malicious'])
    await call('intel.update', { id: report.listId, enabled: false })
    expect(await verdicts('evil.example.com')).toEqual([null])
    await drop(report)
    expect(await failureOf(call('intel.get', { id: report.listId }))).toMatchObject({ code: 'not-found' })
  })

  test('of a value a line may say its verdict and a note behind it', async () => {
    const report = await importList({ text: '10.6.0.1, clean; our scanner\n10.6.0.2 benign\n10.6.0.3, malware\n' })
    const found = await lookup('10.6.0.1', '10.6.0.2', '10.6.0.3')
    expect(found.map(({ verdict, listings }) => [verdict, listings[0]?.note])).toEqual([
      ['clean', 'our scanner'],
      ['clean', null],
      ['malicious', 'malware'],
    ])
    await drop(report)
  })

  test('of several columns says verdict, source, confidence and expiry of each line', async () => {
    const text = [
      'indicator;type;verdict;source;confidence;valid_until;comment',
      '10.9.8.7;ip;suspicious;Feed A;high;2001-01-01;old',
      '10.9.8.7;ip;clean;Feed A;;;again',
      'good.example.org;domain;whitelisted;Feed B;90;2099-12-31T00:00:00Z;',
      'host-only;hostname;bad;;;;',
      '"a;b";;;;;;',
    ].join('\n')
    const report = await importList({ text, verdict: 'malicious', source: 'Vendor' })
    expect(report).toMatchObject({ indicators: 3, duplicates: 1, rejected: 1 })
    const [address, good] = await lookup('10.9.8.7', 'good.example.org')
    expect(address).toMatchObject({
      verdict: null,
      listings: [{ verdict: 'suspicious', expired: true, confidence: 75, source: 'Feed A' }],
    })
    expect(good).toMatchObject({
      verdict: 'clean',
      listings: [{ confidence: 90, expiresAt: '2099-12-31T00:00:00.000Z' }],
    })
    await drop(report)
  })

  test('that is replaced keeps its name and rules, and what it held before is gone', async () => {
    const first = await importList({ text: '10.0.0.1\n10.0.0.2\n', name: 'Kept', subdomains: true })
    await importList({ text: '10.0.0.2\n10.0.0.3\n', listId: first.listId })
    expect(await call('intel.get', { id: first.listId })).toMatchObject({
      name: 'Kept',
      indicators: 2,
      subdomains: true,
    })
    expect(await verdicts('10.0.0.1', '10.0.0.2', '10.0.0.3')).toEqual([null, 'malicious', 'malicious'])
    await program.end()
    await program.open()
    expect(await verdicts('10.0.0.1', '10.0.0.3')).toEqual([null, 'malicious'])
    await drop(first)
  })

  test('without any indicator is refused, with the first reason, and nothing is left of it', async () => {
    const job = await steps.ended(call('intel.import', { text: 'hello\nworld\n' }))
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'invalid-input' } })
    expect(job.failure?.message).toContain('Line 1: no indicator of a known kind.')
    const binary = await program.offer('list.bin', Buffer.from([0, 1, 2, 3, 0, 0, 255, 254, 0]))
    expect(await steps.ended(call('intel.import', { ticket: binary }))).toMatchObject({ state: 'failed' })
    expect((await call('intel.list', {})).total).toBe(0)
    expect(readdirSync(join(program.folder, 'datasets')).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('in UTF-16, in Latin-1 with a broken line, or naming one indicator ten thousand times, is read', async () => {
    const wide = await program.offer('wide.csv', Buffer.from('\ufeffvalue,type\r\n10.7.7.7,ipaddress\r\n', 'utf16le'))
    const broken = await program.offer(
      'broken.csv',
      Buffer.from('value,notes\n10.7.7.8,\u00e9t\u00e9\n10.7.7.9,a,b,c\n', 'latin1'),
    )
    const many = await program.offer('many.txt', '10.7.7.10\n'.repeat(10_000))
    const reports = [
      await importList({ ticket: wide }),
      await importList({ ticket: broken }),
      await importList({ ticket: many }),
    ]
    expect(reports.map(({ indicators, duplicates, rejected }) => [indicators, duplicates, rejected])).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [1, 9_999, 0],
    ])
    const listed = await call('intel.indicators', { id: reports[1]?.listId ?? '' })
    expect(listed.indicators).toMatchObject([{ value: '10.7.7.8', note: '\u00e9t\u00e9' }])
    for (const report of reports) await drop(report)
  })
})

test('of several lists all verdicts are told, the worst first, expired ones last and not counted', async () => {
  const texts = [
    { text: '10.1.1.1\n', name: 'Clean', verdict: 'clean' as const },
    { text: '10.1.1.0/24\n', name: 'Net', verdict: 'suspicious' as const },
    { text: '10.1.1.1\n', name: 'Old', verdict: 'malicious' as const, expiresAt: '2001-01-01T00:00:00Z' },
  ]
  const reports = []
  for (const input of texts) reports.push(await importList(input))
  const [found] = await lookup('10.1.1.1')
  expect(found?.verdict).toBe('suspicious')
  expect(found?.listings.map(({ list, by, expired }) => [list, by, expired])).toEqual([
    ['Net', 'network', false],
    ['Clean', 'exact', false],
    ['Old', 'exact', true],
  ])
  for (const report of reports) await drop(report)
})

describe('alerts of listed indicators', () => {
  const match = async (input: Input<'intel.match'>): Promise<IntelMatchReport> => {
    const job = await steps.ended(call('intel.match', input))
    expect(job.failure).toBeNull()
    // The result of this kind of job, by contract.
    return job.result as IntelMatchReport
  }

  test('one for each with all its rows; again doubles nothing, and what is no longer listed goes unless somebody decided', async () => {
    const { id: huntId, datasets } = await steps.hunt('Matched', [
      'Time,Computer,User,CommandLine\n' +
        '2024-01-01 10:00:00,WS1,ann,curl hxxp://a.evil-c2[.]com/x 10.66.0.1\n' +
        '2024-01-01 11:00:00,WS1,ann,ping 10.66.0.1 10.66.0.1\n' +
        '2024-01-01 12:00:00,WS2,bob,nothing\n',
    ])
    const list = await importList({ text: '*.evil-c2.com\n', name: 'Domains', confidence: 90 })
    const other = await importList({ text: '10.66.0.0/16\n', name: 'Nets', verdict: 'suspicious' })
    expect(await match({ huntId })).toMatchObject({ datasets: 1, indicators: 3, alertsCreated: 3, skipped: [] })
    const { alerts } = await call('alerts.list', { huntId, analyzer: 'intel_list' })
    expect(
      alerts.map(({ title, severity, evidenceTotal, host, user }) => [title, severity, evidenceTotal, host, user]),
    ).toEqual(
      [
        ['Listed as malicious: a[.]evil-c2[.]com', 'high', 1, 'WS1', 'ann'],
        ['Listed as malicious: hxxp://a[.]evil-c2[.]com/x', 'high', 1, 'WS1', 'ann'],
        ['Listed as suspicious: 10[.]66[.]0[.]1', 'medium', 2, 'WS1', 'ann'],
      ].sort((a, b) => (a[1] === b[1] ? 0 : a[1] === 'high' ? -1 : 1)),
    )
    const net = alerts.find(({ severity }) => severity === 'medium')
    expect(net?.evidence.map(({ row, field, datasetId }) => [row, field, datasetId])).toEqual([
      [1, 'CommandLine', datasets[0]],
      [2, 'CommandLine', datasets[0]],
    ])
    expect(net?.description).toContain('Nets lists it as suspicious as part of 10.66.0.0/16')
    expect(await match({ datasetId: datasets[0] })).toMatchObject({ alertsCreated: 0, alertsKept: 3, alertsRemoved: 0 })

    await call('alerts.update', { id: alerts[0]?.id ?? '', status: 'resolved' })
    await drop(list)
    expect(await match({ huntId })).toMatchObject({ alertsCreated: 0, alertsKept: 1, alertsRemoved: 1 })
    await call('intel.allow', { values: ['10.66.0.1'] })
    expect(await match({ huntId })).toMatchObject({ indicators: 0, alertsRemoved: 1 })
    await call('intel.disallow', { values: ['10.66.0.1'] })
    await drop(other)
  })

  test('come with an import where that is wanted', async () => {
    const list = await importList({ text: '10.55.0.1\n' })
    await call('settings.update', { matchListsOnImport: true })
    const { id } = await call('hunts.create', { name: 'On import' })
    const ticket = await program.offer('hit.csv', 'ip\n10.55.0.1\n')
    await steps.ended(call('datasets.import', { huntId: id, files: [{ ticket }], analyze: true }))
    expect((await call('alerts.list', { huntId: id, analyzer: 'intel_list' })).total).toBe(1)
    await call('settings.update', { matchListsOnImport: false })
    await drop(list)
  })
})

const evidence = new URL('../../../shared/evidence/', import.meta.url)
describe.skipIf(!existsSync(evidence))('real lists (the evidence folder is there)', () => {
  const path = (name: string): string => fileURLToPath(new URL(name, evidence))
  const imported = async (name: string) => importList({ ticket: await program.app.files.offer(path(name)) })

  test('of Volexity import as they are', async () => {
    const files = globSync('volexity-threat-intel/**/{iocs,indicators}.csv', { cwd: fileURLToPath(evidence) })
    expect(files.length).toBeGreaterThan(20)
    const reports = []
    for (const name of files) reports.push(await imported(name))
    expect(reports.filter(({ format }) => format !== 'Indicators as Volexity publishes them')).toEqual([])
    // Most files are called indicators.csv.
    expect(new Set(reports.map(({ name }) => name)).size).toBe(files.length)
    // One name with two dots in a row.
    expect(reports.map(({ rejected }) => rejected).reduce((sum, n) => sum + n)).toBe(1)
    expect(
      await verdicts(
        'www.azuredeploystore[.]com',
        '80.85.154.48',
        '2A9296AC999E78F6C0BEE8ACA8BFA4D4638AA30D9C8CCC65124B1CBFC9CAAB5F',
      ),
    ).toEqual(['malicious', 'malicious', 'malicious'])
    for (const report of reports) await drop(report)
  })

  test('of JA3 and JA4 import as they are; a JA4 is known for something and proves nothing', async () => {
    const reports = [
      await imported('abusech-sslbl/src/ja3_fingerprints.csv'),
      await imported('foxio-ja4/ja4plus-mapping.csv'),
    ]
    expect(reports.map(({ indicators, rejected }) => [indicators, rejected])).toEqual([
      [98, 0],
      [70, 0],
    ])
    const [ja3, ja4] = await lookup('b386946a5a44d1ddcc843bc75336dfce', 't12i190700_d83cc789557e_16bbda4055b2')
    expect(ja3).toMatchObject({ verdict: 'malicious', listings: [{ note: 'JA3, Dridex' }] })
    expect(ja4).toMatchObject({ type: 'ja4', verdict: 'unknown' })
    expect(ja4?.listings[0]?.note).toContain('Cobalt Strike')
    for (const report of reports) await drop(report)
  })
})
