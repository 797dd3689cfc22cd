import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { readBeginning } from './beginning.ts'
import { mapFields } from './fields.ts'
import { headerKey, placesShownFirst, profileById, profiles, timePositions } from './profiles.ts'
import { recogniseProfile } from './recogniseProfile.ts'

const evidence = new URL('../../../shared/evidence/', import.meta.url)
const there = existsSync(evidence)
if (!there) console.warn('The evidence folder is not there: tests over real files are skipped.')
const idOf = (headers: readonly string[]): string | undefined => recogniseProfile(headers)?.profile.id

describe.skipIf(!there)('files of real evidence', () => {
  const files: [string, string][] = [
    ['msticpy/docs/notebooks/data/processes_on_host.csv', 'security-4688'],
    ['msticpy/docs/notebooks/data/process_tree.csv', 'security-4688'],
    ['msticpy/docs/notebooks/data/host_logons.csv', 'security-4624'],
    ['msticpy/docs/notebooks/data/az_net_flows.csv', 'azure-netflow'],
    ['msticpy/tests/testdata/mde_proc_cs1.csv', 'defender-process-tree'],
    ['msticpy/tests/testdata/syslog_data.csv', 'sentinel-syslog'],
    ['dfir-nexus/tests/fixtures/cs1b_evtx_real_rows.csv', 'ez-evtxecmd'],
    ['plaso/test_data/end_to_end/l2tcsv.log', 'plaso-l2tcsv'],
    ['plaso/test_data/end_to_end/dynamic.log', 'plaso-dynamic'],
    ['plaso/test_data/m365_activity_log.csv', 'm365-cloudapp-activity'],
    ['plaso/test_data/networkminer.pcap.FileInfos.csv', 'networkminer-files'],
    ['timesketch/end_to_end_tests/test_data/evtx_part.csv', 'timesketch'],
    ['timesketch/end_to_end_tests/test_data/sigma_events.csv', 'timesketch'],
    ['sentinel-training/Artifacts/Telemetry/disable_accounts.csv', 'entra-signin'],
    ['sentinel-training/Artifacts/Telemetry/AuditLogs_Hunting.csv', 'entra-audit'],
    ['sentinel-training/Artifacts/Telemetry/office_activity_inbox_rule.csv', 'm365-officeactivity'],
    ['sentinel-training/Artifacts/Telemetry/azureActivity_adele.csv', 'azure-activity'],
    ['sentinel-training/Artifacts/Telemetry/solarigate-beacon-umbrella.csv', 'umbrella-dns'],
    ['azure-sentinel-2021/Sample Data/CEF/SonicWallFirewall_Query_Data.csv', 'sentinel-commonsecuritylog'],
    ['evtx-to-mitre-attack/dev/windows_events.csv', 'windows-events'],
    ['sigmahq-regression/dev/events.csv', 'sysmon'],
    ['otrf-security-datasets/derived/dev/covenant_copy_smb_CreateRequest.csv', 'windows-events'],
    ['otrf-security-datasets/derived/dev/psh_lsass_memory_dump_comsvcs.csv', 'windows-events-nologon'],
    ...[
      'conn',
      'dce_rpc',
      'dns',
      'dpd',
      'files',
      'http',
      'kerberos',
      'notice',
      'pe',
      'smb_files',
      'smb_mapping',
      'ssl',
      'weird',
    ].map((log): [string, string] => [`otrf-security-datasets/derived/dev/apt29_day1_zeek_${log}.csv`, `zeek-${log}`]),
    ['otrf-security-datasets/derived/dev/apt29_day1_zeek_x509.csv', 'zeek-x509'],
    ['foxio-ja4/ja4plus-mapping.csv', 'ja4-mapping'],
  ]
  test.each(files)('%s is %s', (file, id) => {
    const head = readFileSync(new URL(encodeURI(file), evidence), 'utf8')
      .slice(0, 20_000)
      .replace(/^\uFEFF/, '')
    const headers = Papa.parse<string[]>(head, { delimiter: ',', preview: 1 }).data[0] ?? []
    expect(idOf(headers)).toBe(id)
    const profile = profileById(id)
    const timeless = /disable_accounts|AuditLogs_Hunting|ja4plus/.test(file)
    expect(profile && timePositions(headers, profile).length > 0).toBe(!timeless)
    expect(mapFields(headers, profile).flat().length).toBeGreaterThan(2)
  })

  const logs = ['conn', 'dns', 'http', 'ssl', 'files', 'notice', 'weird', 'x509', 'smtp', 'ftp']
  test.each(logs)('zat/data/%s.log with dots in its names is a Zeek log', (log) => {
    const line = readFileSync(new URL(`zat/data/${log}.log`, evidence), 'utf8')
      .split('\n')
      .find((text) => text.startsWith('#fields'))
    expect(idOf(line?.trim().split('\t').slice(1) ?? [])).toBe(`zeek-${log}`)
  })
})

test('columns that a profile shows first are told by their place, of two with one name the one before', () => {
  const profile = profileById('hayabusa-standard')
  const headers = ['EventID', 'details', 'Other', 'RuleTitle', 'Details']
  expect(profile && placesShownFirst(headers, profile)).toEqual([4, 5, null, 3, null])
})

describe('time columns', () => {
  test('date and time of day of l2tcsv belong together', () => {
    const headers =
      'date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra'.split(
        ',',
      )
    const profile = profileById('plaso-l2tcsv')
    expect(profile && timePositions(headers, profile)).toEqual([{ position: 0, with: 1, zone: 2, format: 'mdy' }])
  })
  test('each date of pescan takes the time behind it', () => {
    const headers = 'compiled,time-UTC,created,time-UTC,access,time-UTC,modify,time-UTC,size'.split(',')
    const profile = profileById('tzworks-pescan')
    expect(profile && timePositions(headers, profile).map(({ position, with: clock }) => [position, clock])).toEqual([
      [6, 7],
      [0, 1],
      [2, 3],
      [4, 5],
    ])
  })
})

describe('the format that a profile says', () => {
  const zeek =
    'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state,history'
  const l2tcsv = 'date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename'
  test.each([
    [zeek, '1709633472.123456,C,10.0.0.1,1,10.0.0.2,2,tcp,-,-,-,-,S0,S', 'epoch-s', undefined],
    [zeek, '0,C,10.0.0.1,1,10.0.0.2,2,tcp,-,-,-,-,S0,S', 'epoch-s', undefined],
    [zeek, '2024-03-05T10:11:12.123456Z,C,10.0.0.1,1,10.0.0.2,2,tcp,-,-,-,-,S0,S', 'iso', undefined],
    [l2tcsv, '03/05/2024,10:11:12,UTC,M...,FILE,x,y,-,-,s,d,2,f', 'mdy', 'profile'],
    [l2tcsv, '25/03/2024,10:11:12,UTC,M...,FILE,x,y,-,-,s,d,2,f', 'dmy', 'data'],
  ])('%s holds unless the times are written otherwise: %s', (header, line, format, order) => {
    const { plan } = readBeginning(Buffer.from(`${header}\n${line}\n`), true, {})
    const time = plan.columns[plan.timePosition ?? -1]
    expect([time?.timeFormat, time?.dayMonthSource]).toEqual([format, order])
  })
})

describe('the data file', () => {
  test('ids are unique, and what a profile says about its required columns names columns it has', () => {
    expect(new Set(profiles.map((profile) => profile.id)).size).toBe(profiles.length)
    for (const profile of profiles) {
      const keys = profile.required.map(headerKey)
      expect(new Set(keys).size, profile.id).toBe(keys.length)
      if (!profile.prefix) expect(idOf(profile.required), profile.id).toBe(profile.id)
    }
  })
})
