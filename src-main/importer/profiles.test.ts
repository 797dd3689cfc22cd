import { existsSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { mapFields } from './fields.ts'
import { headerKey, profileById, profiles, recogniseProfile, timePositions } from './profiles.ts'

const evidence = new URL('../../../shared/evidence/', import.meta.url)
const there = existsSync(evidence)
if (!there) console.warn('The evidence folder is not there: tests over real files are skipped.')

/** The profile meant by each line of header-profiles.csv, in its order. */
const meant = [
  'ez-mftecmd-boot',
  'ez-mftecmd-sds',
  'ez-mftecmd-j',
  'ez-mftecmd-mft-resident',
  'ez-mftecmd-mft-source',
  'ez-mftecmd-mft',
  'ez-sbecmd',
  'ez-rbcmd',
  'ez-pecmd',
  'ez-pecmd-timeline',
  'ez-lecmd',
  'ez-jlecmd-automatic',
  'ez-jlecmd-custom',
  'ez-evtxecmd',
  'ez-recmd-batch',
  'ez-appcompatcache',
  'ez-wxtcmd-package',
  'ez-wxtcmd-activity',
  'ez-wxtcmd-operation',
  'ez-amcache-programs-old',
  'ez-amcache-files-old',
  'ez-amcache-files',
  'ez-amcache-files-2',
  'ez-amcache-pnp',
  'ez-amcache-containers',
  'ez-amcache-driver-packages',
  'ez-amcache-drivers',
  'ez-amcache-shortcuts',
  'ez-amcache-programs',
  'ez-srum-network',
  'ez-srum-push',
  'ez-srum-connections',
  'ez-srum-apps',
  'ez-srum-d8f',
  'ez-srum-312',
  'ez-srum-energy',
  'ez-mftecmd-listing',
  'ez-sum-chained',
  'ez-sum-system',
  'ez-sum-roles',
  'ez-sum-access',
  'ez-sum-clients',
  'ez-sum-clients-daily',
  'ez-sum-dns',
  'kape-copy',
  'kape-skip',
  'kape-triage',
  'sigcheck',
  'sigcheck-extended',
  'autoruns',
  'microsoft-mft',
  'hayabusa-standard',
  'hayabusa-verbose',
  'hayabusa-super-verbose',
  'hayabusa-minimal',
  'chainsaw-sigma',
  'chainsaw-antivirus',
  'chainsaw-account-tampering',
  'chainsaw-credential-access',
  'chainsaw-lateral-movement',
  'chainsaw-lateral-movement-old',
  'chainsaw-powershell-script',
  'chainsaw-rds-web-access',
  'chainsaw-log-tampering',
  'chainsaw-powershell-engine',
  'chainsaw-login-attacks',
  'chainsaw-indicator-removal',
  'chainsaw-persistence',
  'chainsaw-rdp-attacks',
  'chainsaw-ras-vpn',
  'chainsaw-service-installation',
  'chainsaw-service-tampering',
  'chainsaw-applocker',
  'chainsaw-defense-evasion',
  'chainsaw-mft',
  'chainsaw-mft-streams',
  'analyzemft',
  'browsinghistoryview',
  'browsinghistoryview-old',
  'crowdstrike-events',
  'shimcacheparser',
  'volatility-shimcache',
  'densityscout',
  'vanilla-windows',
  'evtx-etw-resources',
  'ps-history',
  'forensic-timeliner',
  'plaso-dynamic',
  'plaso-l2tcsv',
  'mactime',
  'kape-mini-timeline',
  'tzworks-pescan',
  'tzworks-wisp',
]

function headerLines(): { artifact: string; headers: string[] }[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(new URL('header-profiles.csv', evidence), 'utf8'), {
    header: true,
    skipEmptyLines: true,
  })
  return data.map((line) => {
    const text = line.header_line ?? ''
    const headers = Papa.parse<string[]>(text, { delimiter: text.includes('\t') ? '\t' : ',' }).data[0] ?? []
    return { artifact: line.artifact ?? '', headers }
  })
}
const without = (headers: readonly string[], gone: readonly string[]): string[] =>
  headers.filter((header) => !gone.some((one) => headerKey(one) === headerKey(header)))
/** Autoruns without its columns of files is what Velociraptor collects of it. */
const toolOf = (id: string): string => (id.endsWith('autoruns') ? 'autoruns' : (id.split('-')[0] ?? id))
const idOf = (headers: readonly string[]): string | undefined => recogniseProfile(headers)?.profile.id

describe.skipIf(!there)('every header line of known tools', () => {
  const lines = there ? headerLines() : []
  const cases = lines.map(({ artifact, headers }, index) => ({ artifact, headers, id: meant[index] ?? '' }))

  test('there is a meant profile for each', () => {
    expect(lines).toHaveLength(93)
    expect(meant).toHaveLength(93)
  })
  test.each(cases)('$artifact is recognised as $id', ({ headers, id }) => {
    expect(idOf(headers)).toBe(id)
  })
  test.each(cases)('$artifact also in upper case, turned around and with one more column', ({ headers, id }) => {
    expect(idOf(headers.map((header) => header.toUpperCase()))).toBe(id)
    expect(idOf([...headers, 'My own column'])).toBe(id)
    expect(idOf(['row', ...[...headers].reverse()])).toBe(id)
  })
  test.each(cases)('$artifact also without any one optional column', ({ headers, id }) => {
    const profile = profileById(id)
    if (!profile || profile.prefix) return
    const required = new Set(profile.required.map(headerKey))
    for (const header of headers.filter((one) => !required.has(headerKey(one))))
      expect(idOf(without(headers, [header])), `without ${header}`).toBe(id)
  })
  test.each(cases)(
    '$artifact as nearly itself or as a log of the same tool without a required column',
    ({ headers, id }) => {
      const { required, prefix } = profileById(id) ?? { required: [], prefix: true }
      if (prefix) return
      for (const header of required) {
        const found = recogniseProfile(without(headers, [header]))
        if (required.length < 8) expect(found?.profile.id, `without ${header}`).not.toBe(id)
        else expect(found && toolOf(found.profile.id), `without ${header}`).toBe(toolOf(id))
        if (found?.profile.id === id) expect(found.reason).toContain(`not there: ${header}`)
      }
    },
  )

  test('only a few may be missing', () => {
    const { headers } = lines.find(({ artifact }) => artifact === 'PeCmd') ?? { headers: [] }
    const required = profileById('ez-pecmd')?.required ?? []
    expect(required).toHaveLength(21)
    expect(idOf(without(headers, required.slice(0, 3)))).toBe('ez-pecmd')
    expect(idOf(without(headers, required.slice(0, 4)))).toBeUndefined()
  })
})

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

describe('recognition', () => {
  const connection =
    'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state,history'

  test('spells Zeek names with dots or underscores', () => {
    expect(idOf(connection.split(','))).toBe('zeek-conn')
    expect(idOf(connection.replaceAll('.', '_').split(','))).toBe('zeek-conn')
  })
  test.each([
    [
      'Pid,Ppid,TokenIsElevated,Name,Exe,CommandLine,Hash,Authenticode,Username,WorkingSetSize,Fqdn',
      'velociraptor-pslist',
    ],
    ['Pid,Name,Family,Type,Status,Laddr.IP,Laddr.Port,Raddr.IP,Raddr.Port,Timestamp', 'velociraptor-netstat'],
    ['Timestamp,RuleTitle,Level,Computer,Channel,EventID,RecordID,Details,ExtraFieldInfo,RuleID', 'hayabusa-standard'],
    ['timestamp,detections,path,count,Event.System.Provider,Event ID,Record ID,Computer,Event Data', 'chainsaw-sigma'],
    ['timestamp,detections,Event ID,Computer,Event Data,Channel', 'chainsaw-sigma'],
    [
      'Time,Entry Location,Entry,Enabled,Category,Profile,Description,Signer,Company,Image Path,Version,Launch String',
      'autoruns',
    ],
    ['TimeCreated,EventID,Computer,TargetUserName,TargetDomainName,LogonType,IpAddress,IpPort', 'security-4624'],
    ['_time,host,EventCode,Image,CommandLine,ParentImage,User,ProcessId,Hashes', 'sysmon-splunk'],
    [
      'Event.System.EventID,Event.System.Channel,Event.System.Computer,Event.System.EventRecordID,Event.EventData.Image',
      'evtx-dump',
    ],
    ['ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,tunnel_type,action', 'zeek'],
    ['ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,seen.indicator,seen.indicator_type,seen.where', 'zeek-intel'],
    [
      'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,service,duration,orig_bytes,resp_bytes,conn_state',
      'zeek-conn',
    ],
    ['ts,host,port_num,port_proto,service', 'zeek-known_services'],
    [
      'Timestamp,DeviceName,ActionType,FileName,FolderPath,SHA256,ProcessCommandLine,RegistryKey,RemoteUrl,AdditionalFields,InitiatingProcessFileName,InitiatingProcessCommandLine',
      'defender-events',
    ],
    [
      'Timestamp,NetworkMessageId,SenderFromAddress,SenderIPv4,RecipientEmailAddress,Subject,EmailDirection,DeliveryAction',
      'defender-email',
    ],
    [
      'Timestamp,ActionType,Application,AccountDisplayName,IPAddress,ActivityType,ObjectName,RawEventData',
      'defender-cloudapp',
    ],
    [
      'Timestamp,ActionType,LogonType,Application,Protocol,AccountUpn,DeviceName,DestinationDeviceName',
      'defender-identity-logons',
    ],
    ['Timestamp,AlertId,Title,Category,Severity,ServiceSource,DetectionSource,AttackTechniques', 'defender-alerts'],
    ['@timestamp,winlog.channel,winlog.event_id,winlog.computer_name,winlog.event_data.Image,message', 'winlogbeat'],
    ['RecordId,CreationDate,RecordType,Operation,UserId,AuditData,AssociatedAdminUnits', 'm365-audit-portal'],
    [
      'RecordType,CreationDate,UserIds,Operations,AuditData,ResultIndex,ResultCount,Identity,IsValid,ObjectState',
      'm365-audit-search',
    ],
    [
      'Date (UTC),Request ID,User agent,Correlation ID,User ID,User,Username,User type,Application,IP address,Location,Status,Client app',
      'entra-signin-portal',
    ],
    [
      'eventVersion,userIdentity.type,userIdentity.arn,eventTime,eventSource,eventName,awsRegion,sourceIPAddress,userAgent',
      'cloudtrail',
    ],
    [
      'eventVersion,userIdentity_type,userIdentity_arn,eventTime,eventSource,eventName,awsRegion,sourceIPAddress,userAgent',
      'cloudtrail',
    ],
    [
      'Timestamp,DeviceId,DeviceName,ActionType,FileName,FolderPath,SHA1,SHA256,ProcessId,ProcessCommandLine,AccountName,InitiatingProcessFileName,InitiatingProcessCommandLine',
      'defender-processes',
    ],
    [
      'Timestamp,DeviceName,ActionType,RemoteIP,RemotePort,RemoteUrl,LocalIP,LocalPort,Protocol,InitiatingProcessFileName',
      'defender-network',
    ],
    [
      'Timestamp,DeviceName,ActionType,AccountName,LogonType,LogonId,RemoteIP,InitiatingProcessFileName',
      'defender-logons',
    ],
    [
      'TimeGenerated [UTC],Account,AccountType,Computer,EventSourceName,Channel,Task,Level,EventID,Activity,NewProcessName',
      'sentinel-securityevent',
    ],
    ['UtcTime,ProcessGuid,ProcessId,Image,CommandLine,User,ParentImage,Hashes', 'sysmon'],
    ['message,datetime,timestamp_desc,anything', 'timesketch'],
    ['name,city,age', undefined],
    ['time,message', undefined],
    ['', undefined],
  ])('%s is %s', (line, id) => {
    expect(idOf(line.split(','))).toBe(id)
  })
  test('says why', () => {
    expect(recogniseProfile(connection.split(','))?.reason).toBe('All 13 required headers are present')
  })
  test('DensityScout writes no header; its first record begins with a bracket', () => {
    expect(idOf(['(0.04526) ', ' C:\\Windows\\a.exe'])).toBe('densityscout')
    expect(idOf(['(a', 'b', 'c', 'd'])).toBeUndefined()
  })
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
