import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { headerKey, profileById } from './profiles.ts'
import { recogniseProfile } from './recogniseProfile.ts'
import { knownHeaders } from './testing/knownHeaders.ts'

const evidence = new URL('../../../shared/evidence/', import.meta.url)
const there = existsSync(evidence)
if (!there) console.warn('The evidence folder is not there: the header lines of known tools are skipped.')

const without = (headers: readonly string[], gone: readonly string[]): string[] =>
  headers.filter((header) => !gone.some((one) => headerKey(one) === headerKey(header)))
/** Autoruns without its columns of files is what Velociraptor collects of it. */
const toolOf = (id: string): string => (id.endsWith('autoruns') ? 'autoruns' : (id.split('-')[0] ?? id))
/** What is left without these is in nobody's way: common words. */
const silent: Record<string, readonly string[]> = {
  ActivityPackage: ['AdditionalInformation'],
  SumDnsInfo: ['HostName', 'Address', 'LastSeen'],
  ChainsawRDSPowerShellScript: ['detections'],
  ChainsawLogTampering: ['detections'],
  ChainsawLoginAttacks: ['detections'],
  KapeMiniTimeline: ['User/Source'],
}
/** What is left without these is exactly what another table of the same tool looks like. */
const twins: Record<string, Readonly<Record<string, string>>> = {
  MFTSourceFile: { sourcefile: 'ez-mftecmd-mft' },
  AmcacheParserNewFiles: { OriginalFileName: 'ez-amcache-files' },
  HayabusaStandard: { ExtraFieldInfo: 'hayabusa-minimal' },
  ChainsawMFTDataStreams: { DataStreams: 'chainsaw-mft' },
  BrowsingHistoryView251AndNewer: { 'Visit Duration': 'browsinghistoryview-old' },
}
const idOf = (headers: readonly string[]): string | undefined => recogniseProfile(headers)?.profile.id

describe.skipIf(!there)('every header line of known tools', () => {
  const cases = there ? knownHeaders(evidence) : []

  test('there is a meant profile for each', () => {
    expect(cases).toHaveLength(93)
    expect(cases.filter(({ id }) => profileById(id) === null)).toEqual([])
  })
  test.each(cases)('$artifact is recognised as $id', ({ headers, id }) => {
    expect(idOf(headers)).toBe(id)
  })
  test.each(cases)('$artifact also in upper case, turned around and with one more column', ({ headers, id }) => {
    expect(idOf(headers.map((header) => header.toUpperCase()))).toBe(id)
    expect(idOf([...headers, 'My own column'])).toBe(id)
    expect(idOf(['row', ...[...headers].reverse()])).toBe(id)
  })
  test.each(cases)('$artifact also beside up to five columns of others, before or behind', ({ headers, id }) => {
    const others = ['Case', 'Host', 'Collected', 'Analyst', 'Evidence']
    for (const more of [1, 2, 5]) {
      expect(idOf([...headers, ...others.slice(0, more)]), `${more} behind`).toBe(id)
      expect(idOf([...others.slice(0, more), ...headers]), `${more} before`).toBe(id)
    }
    expect(idOf(headers.map((header, index) => `${index === 0 ? '\uFEFF' : ''} ${header} `))).toBe(id)
  })
  test.each(cases)('$artifact also without any one column', ({ artifact, headers, id }) => {
    const required = profileById(id)?.required ?? []
    for (const header of headers) {
      const rest = without(headers, [header])
      if (rest.length < 3 || silent[artifact]?.includes(header)) continue
      const found = recogniseProfile(rest)
      // Two exports of a tool may differ by that column only.
      expect(found?.profile.id, `without ${header}`).toBe(twins[artifact]?.[header] ?? id)
      if (found?.profile.id === id && required.some((one) => headerKey(one) === headerKey(header)))
        expect(found.reason.toLowerCase()).toContain(`not there: ${header.toLowerCase()}`)
    }
  })
  test('of other lines of the list none is taken for it, whatever is missing', () => {
    for (const { headers, id } of cases)
      for (const header of headers) {
        const found = idOf(without(headers, [header]))
        if (found !== undefined && headers.length > 2) expect(toolOf(found), `${id} without ${header}`).toBe(toolOf(id))
      }
  })

  test('only a few may be missing', () => {
    const { headers } = cases.find(({ artifact }) => artifact === 'PeCmd') ?? { headers: [] }
    const required = profileById('ez-pecmd')?.required ?? []
    expect(required).toHaveLength(21)
    expect(idOf(without(headers, required.slice(0, 3)))).toBe('ez-pecmd')
    expect(idOf(without(headers, required.slice(0, 4)))).toBeUndefined()
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
    ['eventTime,eventSource,eventName,awsRegion,sourceIPAddress,userAgent,userIdentity.arn', 'cloudtrail'],
    ['CreationDate,UserIds,Operations,RecordType,Identity', 'm365-audit-search'],
    [
      'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,trans_depth,method,host,uri,user_agent,status_code,request_body_len,call_id',
      'zeek',
    ],
    ['name,city,age', undefined],
    // Headers that share words with tools.
    ['HostName,Address,LastSeen,OS', undefined],
    ['Id,Name,Platform,Expires', undefined],
    ['timestamp,path,Event ID,Record ID,Computer,User', undefined],
    ['Year,FileName,Title,Author,Publisher,Pages,ISBN,Shelf', undefined],
    ['JobName,ExecutableName,RunTime,ExitCode,User,Host,Queue,Priority', undefined],
    ['FileName,FileSize,FileType,Owner', undefined],
    ['Time of Day,Process Name,PID,Operation,Path,Result,Detail', undefined],
    ['No.,Time,Source,Destination,Protocol,Length,Info', undefined],
    ['(PDH-CSV 4.0) (UTC)(0),x', undefined],
    ['RoleName,ProductName,Seats,Price', undefined],
    ['CreationDate,Name,Owner,Identity', undefined],
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
