import type { EventRule } from './eventRules.ts'

/** Events of authentication that are telling one by one. */
export const authEvents: readonly EventRule[] = [
  {
    id: 'rdp-denied',
    title: 'Remote desktop refused for a valid account',
    technique: 'T1021.001',
    severity: 'low',
    score: 38,
    source: 'security',
    events: ['4825'],
    shows: ['username', 'event_id'],
    falsePositives: 'Users without the right.',
  },
  {
    id: 'explicit-credentials',
    title: 'Logon with the credentials of another account',
    technique: 'T1078',
    severity: 'low',
    score: 24,
    source: 'security',
    events: ['4648'],
    none: ['\\svchost.exe', '\\lsass.exe', 'dwm-', 'umfd-', '\\winlogon.exe', '\\services.exe'],
    shows: ['username', 'process_name', 'event_id'],
    falsePositives: 'Run as, scheduled tasks and mapped drives.',
  },
  {
    id: 'credential-vault',
    title: 'Stored credentials read',
    technique: 'T1555.004',
    severity: 'low',
    score: 32,
    source: 'security',
    events: ['5379', '5381', '5382', '5376', '5377'],
    shows: ['username', 'description', 'event_id'],
    falsePositives: 'Windows itself reads the vault often; many reads by one process are telling.',
  },
]
