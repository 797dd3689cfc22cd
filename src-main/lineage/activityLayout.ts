import type { Column } from '#contract/datasets'
import type { ActivityKind } from '#contract/values'
import type { DatasetColumns } from './processColumns.ts'
import { LIFE_EVENTS, type ProcessReading } from './processLayout.ts'

/** How rows of a dataset tell what processes did. */
export type ActivityReading = {
  /** Rows that are about the start or end of a process are left out. */
  not: NonNullable<ProcessReading['only']> | null
  pid: Column[]
  guid: Column[]
  host: Column[]
  name: Column[]
  event: Column[]
  type: Column[]
  address: Column[]
  port: Column[]
  domain: Column[]
  file: Column[]
  key: Column[]
  value: Column[]
  module: Column[]
  target: Column[]
  pipe: Column[]
  description: Column[]
}

/** How activity of processes is read in a dataset; null: its rows name no process. `readings` tell which rows are their starts. */
export function activityReading(columns: DatasetColumns, readings: readonly ProcessReading[]): ActivityReading | null {
  const event = columns.feeding('event_id')
  const windows = event.length > 0 && readings.some(({ source }) => source === 'sysmon' || source === 'security')
  const pid = windows ? columns.named('ProcessId', 'SourceProcessId', 'PID') : columns.feeding('pid')
  const guid = columns.named('ProcessGuid', 'SourceProcessGUID', 'PGUID', 'process.entity_id')
  if (pid.length === 0 && guid.length === 0) return null
  const lives = readings.filter(({ kind }) => kind !== 'seen')
  // A list of processes tells of nothing else.
  if (!windows && lives.some(({ only }) => only === null)) return null
  const words = lives.flatMap(({ only }) => only?.words ?? [])
  const [first] = lives
  const not = windows
    ? { columns: event, words: LIFE_EVENTS, not: true }
    : first?.only
      ? { columns: first.only.columns, words, not: true }
      : null
  return {
    ...{ not, pid, guid, event },
    host: columns.feeding('hostname'),
    name: windows
      ? columns.named('Image', 'SourceImage', 'Application', 'ProcessName')
      : columns.feeding('process_name'),
    // In Windows events these say no more than the number, at length.
    type: windows ? [] : columns.feeding('event_type'),
    address: [...columns.feeding('dst_ip')],
    port: columns.feeding('dst_port'),
    domain: [...columns.named('QueryName', 'DestinationHostname', 'RemoteUrl'), ...columns.feeding('domain')],
    file: windows ? columns.named('TargetFilename', 'ObjectName') : columns.feeding('file_path'),
    key: columns.feeding('registry_key'),
    value: columns.feeding('registry_value'),
    module: columns.named('ImageLoaded'),
    target: columns.named('TargetImage'),
    pipe: columns.named('PipeName'),
    description: windows ? [] : columns.feeding('description'),
  }
}

/** Windows events by number, where the columns alone would not tell. */
const BY_EVENT: Record<string, { kind: ActivityKind; title: string }> = {
  '2': { kind: 'file', title: 'File time changed' },
  '3': { kind: 'network', title: 'Connection' },
  '7': { kind: 'module', title: 'Module loaded' },
  '8': { kind: 'process', title: 'Thread in another process' },
  '9': { kind: 'file', title: 'Raw disk read' },
  '10': { kind: 'process', title: 'Process opened' },
  '11': { kind: 'file', title: 'File created' },
  '12': { kind: 'registry', title: 'Key or value created or deleted' },
  '13': { kind: 'registry', title: 'Value set' },
  '14': { kind: 'registry', title: 'Key or value renamed' },
  '15': { kind: 'file', title: 'Stream created' },
  '17': { kind: 'other', title: 'Pipe created' },
  '18': { kind: 'other', title: 'Pipe connected' },
  '22': { kind: 'dns', title: 'Name asked' },
  '23': { kind: 'file', title: 'File deleted' },
  '25': { kind: 'process', title: 'Image replaced' },
  '26': { kind: 'file', title: 'File deleted' },
  '4657': { kind: 'registry', title: 'Value set' },
  '4656': { kind: 'other', title: 'Handle asked for' },
  '4658': { kind: 'other', title: 'Handle closed' },
  '4663': { kind: 'file', title: 'Object accessed' },
  '4690': { kind: 'other', title: 'Handle duplicated' },
  '5156': { kind: 'network', title: 'Connection allowed' },
  '5157': { kind: 'network', title: 'Connection blocked' },
  '5158': { kind: 'network', title: 'Port bound' },
}

/** Texts of one row of activity by column group. */
export type ActivityCells = Record<Exclude<keyof ActivityReading, 'not'>, string>

/** What a row says its process did: its kind, a few words, and what it was done to, as it stands in the evidence. */
export function activityOf(cells: ActivityCells): { kind: ActivityKind; title: string; text: string } {
  const known = BY_EVENT[cells.event.replace(/\.0+$/, '')]
  const { address, port, domain, file, key, value, module, target, pipe, type, event, description } = cells
  const place =
    address === '' ? '' : port === '' ? address : address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
  const texts: Record<ActivityKind, string> = {
    network: [place, domain === address ? '' : domain].filter((text) => text !== '').join(' '),
    dns: domain,
    file,
    registry: value === '' ? key || file : `${key || file} = ${value}`,
    module: module || file,
    process: target,
    other: pipe || file,
  }
  const inRegistry = file.toUpperCase().startsWith('\\REGISTRY\\')
  const kind =
    (inRegistry && known?.kind === 'file' ? 'registry' : known?.kind) ??
    (address !== ''
      ? 'network'
      : domain !== ''
        ? 'dns'
        : key !== ''
          ? 'registry'
          : module !== ''
            ? 'module'
            : file !== ''
              ? 'file'
              : 'other')
  const title = known?.title ?? (type || (event === '' ? TITLES[kind] : `Event ${event}`))
  return {
    kind,
    title,
    text: texts[kind] || [place, domain, file, key, target, description].find((text) => text !== '') || '',
  }
}

const TITLES: Record<ActivityKind, string> = {
  ...{ network: 'Connection', dns: 'Name asked', file: 'File', registry: 'Registry', module: 'Module loaded' },
  ...{ process: 'Other process', other: 'Event' },
}
