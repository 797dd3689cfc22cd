import { describe, expect, it } from 'vitest'
import type { Input } from '#contract/contract'
import { failureOf } from '../testing/failureOf.ts'
import { testApp } from '../testing/testApp.ts'

// Trees over a whole application: real files, real threads, every answer checked against the contract.

const program = testApp('processes')
const { call } = program

let files = 0
async function huntOf(...texts: string[]): Promise<{ huntId: string; ids: string[] }> {
  const hunt = await call('hunts.create', { name: 'h' })
  const tickets = []
  for (const text of texts) tickets.push({ ticket: await program.offer(`file${++files}.csv`, text) })
  const job = await program.client.finished(
    (await call('datasets.import', { huntId: hunt.id, files: tickets, analyze: false })).jobId,
  )
  expect(job.failure).toBeNull()
  return { huntId: hunt.id, ids: (await call('datasets.list', { huntId: hunt.id })).datasets.map(({ id }) => id) }
}
const lines = async (input: Input<'processes.tree'>) => {
  const { processes } = await call('processes.tree', input)
  return processes.map(
    ({ depth, name, pid, link, guessed, ghost, rowsTotal }) =>
      `${'  '.repeat(depth)}${name} ${pid} ${link ?? 'root'}${guessed ? '?' : ''}${ghost ? ' ghost' : ` ${rowsTotal}`}`,
  )
}

const GUID = (n: number): string => `{39e4a257-0000-000${n}-0000-000000000700}`
const SYSMON =
  'EventID,Computer,UtcTime,ProcessGuid,ProcessId,Image,CommandLine,User,ParentProcessGuid,ParentProcessId,ParentImage,DestinationIp,DestinationPort,TargetFilename,TargetObject,Details,QueryName'
const sysmon = [
  SYSMON,
  `1,WS5.corp.local,2024-01-01 10:00:00.100,${GUID(1)},100,C:\\cmd.exe,cmd /c run,CORP\\kim,${GUID(9)},50,C:\\explorer.exe,,,,,,`,
  `1,WS5.corp.local,2024-01-01 10:00:01.000,${GUID(2)},200,C:\\evil.exe,evil -x,CORP\\kim,${GUID(1)},100,C:\\cmd.exe,,,,,,`,
  `3,WS5.corp.local,2024-01-01 10:00:02.000,${GUID(2)},200,C:\\evil.exe,,CORP\\kim,,,,203.0.113.9,443,,,,`,
  `11,WS5.corp.local,2024-01-01 10:00:03.000,${GUID(2)},200,C:\\evil.exe,,,,,,,,C:\\drop.bin,,,`,
  `13,WS5.corp.local,2024-01-01 10:00:04.000,${GUID(2)},200,C:\\evil.exe,,,,,,,,,HKU\\Run\\evil,C:\\drop.bin,`,
  `22,WS5.corp.local,2024-01-01 10:00:05.000,${GUID(2)},200,C:\\evil.exe,,,,,,,,,,,bad.example`,
  `5,WS5.corp.local,2024-01-01 10:00:06.000,${GUID(2)},200,C:\\evil.exe,,,,,,,,,,,`,
].join('\n')
const security = [
  'EventID,Computer,TimeGenerated,SubjectUserName,NewProcessId,NewProcessName,ProcessId,ProcessName,CommandLine,ParentProcessName',
  '4688,ws5,2024-01-01 10:00:01.001,kim,0xc8,C:\\evil.exe,0x64,,evil -x,C:\\cmd.exe',
  '4688,ws5,2024-01-01 10:00:01.500,kim,0x12c,C:\\calc.exe,0xc8,,calc,C:\\evil.exe',
  '4689,ws5,2024-01-01 10:00:06.001,kim,,,0xc8,C:\\evil.exe,,',
  '4688,ws5,2024-01-01 10:05:00.000,kim,0xc8,C:\\late.exe,0x32,,late,C:\\explorer.exe',
].join('\n')

describe('the processes of a hunt', () => {
  it('come from Sysmon and the Security log together, each process once, by GUID and else by PID and time', async () => {
    const { huntId } = await huntOf(sysmon, security)
    expect(await call('processes.hosts', { huntId })).toMatchObject({
      total: 1,
      hosts: [{ host: 'WS5.corp.local', processes: 4, ghosts: 2, firstTime: '2024-01-01T10:00:00.100Z' }],
      datasets: [{ rows: 3 }, { rows: 4 }],
    })
    expect(await lines({ huntId })).toEqual([
      'explorer.exe 50 root ghost',
      '  cmd.exe 100 guid 1',
      '    evil.exe 200 guid 4',
      '      calc.exe 300 pid-and-time 1',
      'explorer.exe 50 root ghost',
      '  late.exe 200 stated? 1',
    ])
    const { processes } = await call('processes.tree', { huntId, q: 'evil' })
    expect(processes[2]).toMatchObject({
      ...{ id: '200@2024-01-01T10:00:01.000Z', user: 'CORP\\kim', commandLine: 'evil -x', pidUses: 2, matched: true },
      ...{ start: '2024-01-01T10:00:01.000Z', end: '2024-01-01T10:00:06.001Z', image: 'C:\\evil.exe' },
    })
  })

  it('tell what one did, with the rows that say so, and the row leads back to it', async () => {
    const { huntId, ids } = await huntOf(sysmon, security)
    const story = await call('processes.storyline', {
      huntId,
      host: 'WS5.corp.local',
      id: '200@2024-01-01T10:00:01.000Z',
    })
    expect(story.events.map(({ kind, text, row }) => [kind, text, row])).toEqual([
      ['start', 'evil -x', 2],
      ['child', 'calc', 2],
      ['network', '203.0.113.9:443', 3],
      ['file', 'C:\\drop.bin', 4],
      ['registry', 'HKU\\Run\\evil = C:\\drop.bin', 5],
      ['dns', 'bad.example', 6],
      ['end', 'C:\\evil.exe', 3],
    ])
    expect(story.ancestors.map(({ name }) => name)).toEqual(['explorer.exe', 'cmd.exe'])
    const network = await call('processes.storyline', {
      ...{ huntId, host: 'ws5', id: '100', below: true, kinds: ['network'], limit: 1 },
    })
    expect(network).toMatchObject({
      total: 1,
      left: 0,
      events: [{ processName: 'evil.exe' }],
      process: { name: 'cmd.exe' },
    })
    const found = await call('processes.find', { huntId, datasetId: ids[0] ?? '', row: 3 })
    expect(found.process).toMatchObject({ host: 'WS5.corp.local', id: '200@2024-01-01T10:00:01.000Z' })
    expect(await call('processes.find', { huntId, datasetId: ids[1] ?? '', row: 4 })).toMatchObject({
      process: { id: '200@2024-01-01T10:05:00.000Z', name: 'late.exe' },
    })
  })

  it('are marked with the alerts on their rows and on what they did, and closed branches with those below', async () => {
    const { huntId } = await huntOf(sysmon)
    const rule = await call('rules.create', {
      rule: {
        kind: 'condition',
        name: 'Out',
        severity: 'high',
        huntId,
        mitreTechnique: 'T1071',
        conditions: [{ op: 'eq', field: 'dst_ip', value: '203.0.113.9' }],
      },
    })
    await program.client.finished((await call('rules.run', { ids: [rule.id] })).jobId)
    const { processes } = await call('processes.tree', { huntId, marked: true })
    expect(processes.map(({ name, alerts, alertsBelow }) => [name, alerts?.worst, alertsBelow?.count])).toEqual([
      ['explorer.exe', undefined, 1],
      ['cmd.exe', undefined, 1],
      ['evil.exe', 'high', undefined],
    ])
    expect(await call('processes.marks', { huntId, host: 'WS5.corp.local' })).toMatchObject({
      processes: 1,
      marks: [{ processName: 'evil.exe', technique: 'T1071', tactic: 'command-and-control', severity: 'high' }],
    })
    const [alert] = (await call('alerts.list', { huntId })).alerts
    await call('alerts.update', { id: alert?.id ?? '', status: 'false-positive' })
    expect((await call('processes.tree', { huntId, marked: true })).total).toBe(0)
  })

  it('come page by page, with closed branches, children of one and the line of a process', async () => {
    const { huntId } = await huntOf(sysmon, security)
    const all = await call('processes.tree', { huntId })
    const pages = [0, 2, 4].map((offset) => call('processes.tree', { huntId, limit: 2, offset }))
    expect((await Promise.all(pages)).flatMap(({ processes }) => processes)).toEqual(all.processes)
    const cmd = all.processes[1]?.id ?? ''
    expect(
      await call('processes.tree', { huntId, except: [cmd], focus: '200@2024-01-01T10:00:01.000Z' }),
    ).toMatchObject({
      ...{ total: 4, all: 6, ghosts: 2, focus: { position: null } },
    })
    expect(await call('processes.tree', { huntId, focus: '300' })).toMatchObject({ focus: { position: 3 } })
    expect(await lines({ huntId, parent: cmd })).toEqual(['evil.exe 200 guid 4'])
    expect((await lines({ huntId, from: '2024-01-01T10:04:00Z' })).at(-1)).toBe('  late.exe 200 stated? 1')
  })
})

describe('other sources', () => {
  it('Defender brings starts of parents and grandparents; its network events are activity', async () => {
    const { huntId } = await huntOf(
      [
        'Timestamp,DeviceName,ActionType,FileName,FolderPath,ProcessId,ProcessCommandLine,ProcessCreationTime,AccountName,InitiatingProcessFileName,InitiatingProcessId,InitiatingProcessCommandLine,InitiatingProcessCreationTime,InitiatingProcessParentFileName,InitiatingProcessParentId,InitiatingProcessParentCreationTime',
        '2024-01-01T10:00:05Z,pc1,ProcessCreated,net.exe,C:\\net.exe,60,net user,2024-01-01T10:00:05Z,kim,cmd.exe,50,cmd /k,2024-01-01T09:00:00Z,explorer.exe,40,2024-01-01T08:00:00Z',
      ].join('\n'),
      [
        'Timestamp,DeviceName,ActionType,RemoteIP,RemotePort,InitiatingProcessFileName,InitiatingProcessId,InitiatingProcessCommandLine,InitiatingProcessCreationTime,InitiatingProcessParentFileName,InitiatingProcessParentId',
        '2024-01-01T10:00:07Z,pc1,ConnectionSuccess,203.0.113.9,443,cmd.exe,50,cmd /k,2024-01-01T09:00:00Z,explorer.exe,40',
      ].join('\n'),
    )
    expect(await lines({ huntId })).toEqual([
      'explorer.exe 40 root ghost',
      '  cmd.exe 50 pid-and-time 1',
      '    net.exe 60 pid-and-time 1',
    ])
    const { kindCounts } = await call('processes.storyline', { huntId, host: 'pc1', id: '50' })
    expect(kindCounts).toEqual({ start: 1, child: 1, network: 1 })
  })

  it('a list of Velociraptor has its times of creation; two collections of it are the same processes', async () => {
    const list = (time: string): string =>
      [
        'Pid,Ppid,TokenIsElevated,Name,Exe,CommandLine,CreateTime,Username,Fqdn,Collected',
        `4,0,true,System,,,2024-01-01T08:00:00Z,SYSTEM,pc1,${time}`,
        `500,4,true,smss.exe,C:\\smss.exe,smss,2024-01-01T08:00:01Z,SYSTEM,pc1,${time}`,
        `600,999,true,odd.exe,C:\\odd.exe,odd,2024-01-01T08:00:02Z,kim,pc1,${time}`,
      ].join('\n')
    const { huntId } = await huntOf(list('2024-01-02T00:00:00Z'), list('2024-01-03T00:00:00Z'))
    expect(await lines({ huntId })).toEqual([
      'System 4 root 2',
      '  smss.exe 500 pid-and-time 2',
      ' 999 root ghost',
      '  odd.exe 600 stated? 2',
    ])
  })

  it('a plain list without times or hosts is guessed at, and says so; hostile cells are only text', async () => {
    const { huntId, ids } = await huntOf(
      [
        'pid,ppid,process_name,command_line',
        '1,0,init,"<img src=x onerror=alert(1)>"',
        '2,1,sh,=cmd|calc',
        'x,1,bad pid,',
        '7,7,self,',
      ].join('\n'),
    )
    expect(await call('processes.hosts', { huntId })).toMatchObject({ hosts: [{ processes: 3, firstTime: null }] })
    const tree = await call('processes.tree', { huntId })
    expect(tree.host).toMatch(/^no host in file/)
    expect(
      tree.processes.map(({ name, guessed, cut, commandLine }) => [name, guessed, cut, commandLine]),
    ).toContainEqual([...['sh', true, false, '=cmd|calc']])
    expect(tree.processes.find(({ name }) => name === 'self')).toMatchObject({ cut: true, parentId: null })
    expect(await call('processes.find', { huntId, datasetId: ids[0] ?? '', row: 3 })).toMatchObject({ process: null })
  })

  it('a hunt without processes says what each dataset lacks', async () => {
    const { huntId } = await huntOf('time,src_ip,dst_ip\n2024-01-01T00:00:00Z,10.0.0.1,10.0.0.2\n')
    expect(await call('processes.hosts', { huntId })).toMatchObject({
      hosts: [],
      datasets: [{ rows: 0, lacks: ['pid', 'process_name'], reason: 'No column feeds pid or process_name.' }],
    })
    expect(await call('processes.tree', { huntId })).toMatchObject({ host: null, processes: [], total: 0 })
    expect(await failureOf(call('processes.tree', { huntId, host: 'nobody' }))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(call('processes.storyline', { huntId, host: 'x', id: '1' }))).toMatchObject({
      code: 'not-found',
    })
  })

  it('a dataset that comes or goes changes the tree', async () => {
    const { huntId, ids } = await huntOf(sysmon)
    expect((await call('processes.tree', { huntId })).total).toBe(3)
    const ticket = await program.offer('more.csv', security)
    await program.client.finished(
      (await call('datasets.import', { huntId, files: [{ ticket }], analyze: false })).jobId,
    )
    expect((await call('processes.tree', { huntId })).total).toBe(6)
    await call('datasets.delete', { id: ids[0] ?? '' })
    expect((await call('processes.tree', { huntId })).total).toBe(5)
    expect((await lines({ huntId })).filter((line) => line.includes('guid'))).toEqual([])
  })
})
