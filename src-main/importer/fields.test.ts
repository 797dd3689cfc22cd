import { describe, expect, test } from 'vitest'
import type { CanonicalField } from '#contract/values'
import { fieldOrder, mapFields, plainName } from './fields.ts'
import { headerKey, profileById } from './profiles.ts'
import { recogniseProfile } from './recogniseProfile.ts'

const fieldsOf = (header: string): CanonicalField[] => mapFields([header], null)[0] ?? []

/** Names of the columns of a field, best first, with the profile that recognises them. */
function columns(line: string, field: CanonicalField): string[] {
  const headers = line.split(',')
  const profile = recogniseProfile(headers)?.profile ?? null
  return (fieldOrder(headers, profile).get(field) ?? []).map((position) => headers[position] ?? '')
}

describe('a name says what a column holds', () => {
  test.each<[string, CanonicalField[]]>([
    ['Computer', ['hostname']],
    ['computer_name', ['hostname']],
    ['DeviceName', ['hostname']],
    ['host.name', ['hostname']],
    ['winlog.computer_name', ['hostname']],
    ['winlog.event_data.LogonType', ['logon_type']],
    ['Event.System.Computer', ['hostname']],
    ['EventData.TargetUserName', ['username']],
    ['event_data_CommandLine', ['command_line']],
    ['COMMAND LINE', ['command_line']],
    ['process.command_line', ['command_line']],
    ['process.parent.pid', ['ppid']],
    ['actor.user.name', ['username']],
    ['src_endpoint.ip', ['src_ip']],
    ['id.orig_h', ['src_ip']],
    ['id_resp_p', ['dst_port']],
    ['IpAddress', ['src_ip', 'ip_address']],
    ['ClientIP', ['src_ip', 'ip_address']],
    ['SHA256', ['hash_sha256']],
    ['file.hash.md5', ['hash_md5']],
    ['SHA-1', ['hash_sha1']],
    ['SourceIP_s', ['src_ip']],
    ['TimeGenerated [UTC]', ['timestamp']],
    ['TargetObject', ['registry_key']],
    ['Logon Type', ['logon_type']],
    ['cs(User-Agent)', ['user_agent']],
    ['TLS.Client.JA4', ['ja4']],
    ['Favourite colour', []],
    ['', []],
  ])('%s: %j', (header, expected) => {
    expect(fieldsOf(header)).toEqual(expected)
  })
})

describe('where names mislead', () => {
  test('in 4688 events ProcessId is the parent and NewProcessId the process', () => {
    const line =
      'TimeGenerated,Computer,Account,EventID,SubjectUserName,NewProcessId,NewProcessName,ProcessId,CommandLine,ParentProcessName,TargetUserName'
    for (const headers of [line, line.replace('SubjectUserName', 'Other')]) {
      expect(columns(headers, 'pid')).toEqual(['NewProcessId'])
      expect(columns(headers, 'ppid')).toEqual(['ProcessId'])
      expect(columns(headers, 'process_name')).toEqual(['NewProcessName'])
      expect(columns(headers, 'parent_process_name')).toEqual(['ParentProcessName'])
    }
    expect(columns(line, 'username').slice(0, 2)).toEqual(['Account', 'SubjectUserName'])
  })
  test('in Sysmon events Image and ProcessId are the process itself', () => {
    const line =
      'UtcTime,ProcessGuid,ProcessId,Image,CommandLine,User,ParentProcessId,ParentImage,ParentCommandLine,Details,TargetObject'
    expect(columns(line, 'pid')).toEqual(['ProcessId'])
    expect(columns(line, 'ppid')).toEqual(['ParentProcessId'])
    expect(columns(line, 'process_name')).toEqual(['Image'])
    expect(columns(line, 'registry_value')).toEqual(['Details'])
    expect(columns(line, 'description')).toEqual([])
  })
  test('where both kinds share a file, the columns of 4688 come first and ProcessId is no parent', () => {
    const line =
      'EventID,Channel,UtcTime,ProcessGuid,Image,ProcessId,ParentProcessId,NewProcessId,NewProcessName,SubjectUserName,TargetUserName,LogonType'
    expect(columns(line, 'pid')).toEqual(['NewProcessId', 'ProcessId'])
    expect(columns(line, 'ppid')).toEqual(['ParentProcessId'])
    expect(columns(line, 'username')).toEqual(['TargetUserName', 'SubjectUserName'])
  })
  test('in logons the account that logged on comes first', () => {
    const line =
      'TimeGenerated,EventID,Account,SubjectUserName,TargetUserName,LogonProcessName,LogonType,IpAddress,Computer'
    expect(columns(line, 'username')).toEqual(['Account', 'TargetUserName', 'SubjectUserName'])
  })
  test('in Defender process events FileName is the process and the initiating process its parent', () => {
    const line =
      'Timestamp,DeviceName,ActionType,FileName,FolderPath,ProcessId,ProcessCommandLine,InitiatingProcessFileName,InitiatingProcessId,InitiatingProcessCommandLine'
    for (const headers of [line, line.replace('DeviceName', 'Machine')]) {
      expect(columns(headers, 'process_name')).toEqual(['FileName'])
      expect(columns(headers, 'parent_process_name')).toEqual(['InitiatingProcessFileName'])
      expect(columns(headers, 'command_line')).toEqual(['ProcessCommandLine'])
      expect(columns(headers, 'parent_command_line')).toEqual(['InitiatingProcessCommandLine'])
      expect(columns(headers, 'ppid')).toEqual(['InitiatingProcessId'])
    }
  })
  test('in Microsoft 365 audit records UserId is the name, elsewhere an id', () => {
    expect(columns('CreationTime,Operation,Workload,UserId,RecordType', 'username')).toEqual(['UserId'])
    expect(columns('Operation,UserId', 'username')).toEqual(['UserId'])
    expect(columns('UserId,Value', 'user_id')).toEqual(['UserId'])
  })
  test('in Zeek http logs host is the domain asked for', () => {
    const line =
      'ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,trans_depth,method,host,uri,user_agent,request_body_len,response_body_len,status_code'
    expect(columns(line, 'domain')).toEqual(['host'])
    expect(columns(line, 'hostname')).toEqual([])
    expect(columns(line, 'timestamp')).toEqual(['ts'])
  })
  test('a column named Command is a command line, behind those that say so, and in Zeek logs a word of the protocol', () => {
    expect(columns('Time,Host,Command', 'command_line')).toEqual(['Command'])
    expect(columns('Command,CommandLine', 'command_line')).toEqual(['CommandLine', 'Command'])
    expect(columns('ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,nick,command', 'command_line')).toEqual([])
    expect(columns('CommandName,CommandType,CommandIndex,Command ID', 'command_line')).toEqual([])
  })
  test('the port of an IIS server is where the request went', () => {
    expect(columns('date,time,s-ip,cs-method,cs-uri-stem,cs-uri-query,s-port,c-ip,sc-status', 'dst_port')).toEqual([
      's-port',
    ])
  })
})

test('the order names exactly the columns that the mapping names', () => {
  const headers = 'Computer,host,User,Account,SourceIp,IpAddress,nothing,TimeCreated,UtcTime,EventID,Computer'.split(
    ',',
  )
  for (const profile of [null, profileById('sysmon')]) {
    const order = fieldOrder(headers, profile)
    mapFields(headers, profile).forEach((fields, position) => {
      for (const [field, positions] of order) expect(positions.includes(position)).toBe(fields.includes(field))
    })
  }
  expect(fieldOrder(headers, null).get('hostname')).toEqual([0, 10, 1])
})

test('a header that is one endless stretch of blanks costs no time', () => {
  const header = `${'\t'.repeat(3_000_000)}x`
  expect(plainName(`a${header}`)).toBe('ax')
  expect(headerKey(`a${header}`)).toHaveLength(header.length + 1)
})
