import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addressKind, firstAddress } from './addresses.ts'
import { foundIn, rowsFrom, rowsOf } from '../testing/evidenceRows.ts'
import type { TestRow } from '../testing/evidenceRows.ts'
import { networkAnomaly } from './networkAnomaly.ts'
import type { RowView } from './analyzer.ts'

const EVIDENCE = '../shared/evidence'
const runRows = (rows: readonly RowView[], settings: Record<string, unknown> = {}) =>
  foundIn(networkAnomaly, rows, settings)
const run = (records: readonly TestRow[], settings: Record<string, unknown> = {}) =>
  runRows(rowsFrom(records), settings)
const contacts = (count: number, more: TestRow = {}, every = 60): TestRow[] =>
  Array.from({ length: count }, (_, n) => ({
    src_ip: '10.0.0.5',
    dst_ip: '198.51.100.7',
    dst_port: '8443',
    protocol: 'tcp',
    bytes_sent: '312',
    bytes_received: '900',
    time: (n * every + (n % 3)) * 1_000_000,
    ...more,
  }))

test('regular contacts from the 20th are a beacon with all their rows', () => {
  expect(run(contacts(19))).toEqual([])
  expect(run(contacts(20))).toMatchObject([{ mitreTechnique: 'T1571', severity: 'high', evidenceTotal: 20 }])
  expect(run(contacts(20, { dst_port: '443' }))).toMatchObject([{ mitreTechnique: 'T1071.001', severity: 'medium' }])
  expect(run(contacts(10), { minimumContacts: 10 })).toHaveLength(1)
})

test.each(['53', '88', '123', '137', '138', '389', '67'])(
  'regular contacts to port %s inside the network are not',
  (dst_port) => {
    expect(run(contacts(500, { dst_port, dst_ip: '10.0.0.1' }))).toEqual([])
  },
)

test('broadcast, multicast and loopback are no destinations', () => {
  for (const dst_ip of ['255.255.255.255', '10.0.0.255', '239.255.255.250', '127.0.0.1', 'ff02::fb'])
    expect(run(contacts(100, { dst_ip }))).toEqual([])
})

test('unanswered attempts are no beacon', () => {
  expect(run(contacts(100, { connection_state: 'S0' }))).toEqual([])
})

test('a service that everyone uses is no more than low', () => {
  const rows = Array.from({ length: 12 }, (_, n) => contacts(30, { src_ip: `10.0.0.${n + 10}` })).flat()
  expect(new Set(run(rows).map((finding) => finding.severity))).toEqual(new Set(['low']))
})

test('10 MB sent to one destination are a large upload, less is not', () => {
  const upload = (bytes: number): TestRow => ({
    src_ip: '10.0.0.5',
    dst_ip: '198.51.100.7',
    dst_port: '443',
    bytes_sent: String(bytes),
    bytes_received: '10',
  })
  expect(run([upload(6_000_000), upload(3_000_000)])).toEqual([])
  expect(run([upload(6_000_000), upload(5_000_000)])).toMatchObject([
    { mitreTechnique: 'T1048', severity: 'medium', evidenceTotal: 2 },
  ])
  expect(run([upload(6_000_000)], { largeTransferMegabytes: 5 })).toHaveLength(1)
})

test('ports of attack tools are told, less so where nobody answered', () => {
  const row = (more: TestRow = {}): TestRow => ({
    src_ip: '10.0.0.5',
    dst_ip: '198.51.100.7',
    dst_port: '4444',
    bytes_sent: '10',
    ...more,
  })
  expect(run([row()])[0]).toMatchObject({ mitreTechnique: 'T1571', severity: 'medium' })
  expect(run([row({ bytes_sent: '', connection_state: 'REJ' })])[0]?.severity).toBe('low')
  expect(run([row({ dst_port: '443' })])).toEqual([])
  expect(run([row({ dst_port: '443' })], { oddPorts: [443] })).toHaveLength(1)
})

test('logons and other events with addresses are no contacts', () => {
  expect(run(contacts(100, { event_id: '4624', event_type: 'Security' }))).toEqual([])
})

test('addresses are understood', () => {
  expect(
    [
      '8.8.8.8',
      '10.1.2.3',
      '172.31.0.1',
      '100.64.0.1',
      '127.0.0.1',
      '224.0.0.1',
      'fe80::1',
      '2001:db8::1',
      'example.org',
      '::ffff:10.0.0.1',
    ].map(addressKind),
  ).toEqual(['public', 'private', 'private', 'private', 'loopback', 'group', 'private', 'public', 'none', 'private'])
  expect([firstAddress("['65.55.44.109']"), firstAddress('FE80::1'), firstAddress('Example.ORG')]).toEqual([
    '65.55.44.109',
    'fe80::1',
    'example.org',
  ])
})

const APT29 = `${EVIDENCE}/otrf-security-datasets/derived/dev/apt29_day1_zeek_conn.csv`
test.skipIf(!existsSync(APT29))('APT29: the beacon to 192.168.0.4:8443 is found, ordinary traffic is not', () => {
  const { rows } = rowsOf(APT29)
  const findings = runRows(rows)
  const beacons = findings.filter((finding) => finding.tags[0] === 'beacon')
  expect(beacons.map((finding) => [finding.title, finding.severity, finding.evidenceTotal])).toEqual([
    ['Beacon: 10.0.1.6 to 192.168.0.4:8443', 'high', 376],
  ])
  const cited = new Set(findings.flatMap((finding) => finding.evidence.map((each) => each.row)))
  const ordinary = new Set(['53', '67', '68', '88', '123', '135', '137', '138', '389', '5985', '49667', '55121'])
  expect(rows.filter((row) => ordinary.has(row.text('dst_port')) && cited.has(row.row))).toEqual([])
  expect(findings.filter((finding) => finding.severity === 'high')).toHaveLength(1)
})

test.skipIf(!existsSync(EVIDENCE)).each([
  ['zat/data/conn.log', 0],
  ['zat/data/http.log', 0],
  ['msticpy/docs/notebooks/data/az_net_flows.csv', 4],
  ['azure-sentinel-2021/Sample Data/CEF/SonicWallFirewall_Query_Data.csv', 2],
  ['azure-sentinel-2021/Sample Data/CEF/wirex_sample_dataHttp.csv', 2],
  ['otrf-security-datasets/LSASS_campaign_02/metasploit_procdump_lsass_memory_dump_zeek_logs/conn.log', 1],
])('%s does not drown in false alarms', (file, most) => {
  const findings = runRows(rowsOf(`${EVIDENCE}/${file}`).rows)
  expect(findings.length).toBeLessThanOrEqual(most)
  expect(findings.filter((finding) => finding.severity === 'high' || finding.severity === 'critical')).toEqual([])
})
