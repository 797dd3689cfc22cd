/** Where a Windows event comes from; ids mean something only within one. */
export type EventSource =
  | 'security'
  | 'system'
  | 'application'
  | 'sysmon'
  | 'powershell'
  | 'defender'
  | 'bits'
  | 'firewall'
  | 'tasks'
  | 'dns'
  | 'rdp'
  | 'proxy'
  | 'other'

/** `4688.0` and ` 4688` as 4688. */
export const plainId = (event: string): string => event.trim().replace(/\.0+$/, '')

/** The log an event comes from by its channel or provider; null when the row does not say. */
export function sourceOf(eventType: string): EventSource | null {
  const type = eventType.toLowerCase()
  for (const [word, source] of SOURCES) if (type.includes(word)) return source
  if (type === 'security' || type === 'system' || type === 'application') return type
  return type.includes('/operational') || type.includes('/admin') || type.startsWith('microsoft-') ? 'other' : null
}
const SOURCES: readonly (readonly [string, EventSource])[] = [
  ['sysmon', 'sysmon'],
  ['powershell', 'powershell'],
  ['windows defender', 'defender'],
  ['windows firewall', 'firewall'],
  ['bits-client', 'bits'],
  ['taskscheduler', 'tasks'],
  ['dns server', 'dns'],
  ['dns-server', 'dns'],
  ['dnsserver', 'dns'],
  ['terminalservices', 'rdp'],
  ['proxyconfig', 'proxy'],
  ['security-auditing', 'security'],
]
