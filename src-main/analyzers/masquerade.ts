import { programName } from './commandText.ts'
import type { CommandPattern } from './patterns/commandPattern.ts'

type Masquerade = Omit<CommandPattern, 'all' | 'examples'>

const disguised: Masquerade = {
  id: 'system-name-elsewhere',
  title: 'Name of a Windows system process in the wrong folder',
  technique: 'T1036.005',
  severity: 'high',
  score: 82,
  falsePositives: 'Copies in test folders and in images of other systems.',
}
const oddFolder: Masquerade = {
  id: 'odd-folder',
  title: 'Program runs from a folder where programs do not belong',
  technique: 'T1036.005',
  severity: 'medium',
  score: 60,
  falsePositives: 'Portable tools and careless installers.',
}
export const masquerades: readonly Masquerade[] = [disguised, oddFolder]

/** Processes that run from the Windows folder only. */
const SYSTEM_NAMES = new Set([
  'svchost.exe',
  'lsass.exe',
  'csrss.exe',
  'smss.exe',
  'wininit.exe',
  'winlogon.exe',
  'services.exe',
  'lsm.exe',
  'conhost.exe',
  'dllhost.exe',
  'taskhost.exe',
  'taskhostw.exe',
  'spoolsv.exe',
  'rundll32.exe',
  'regsvr32.exe',
  'dwm.exe',
  'lsaiso.exe',
  'runtimebroker.exe',
  'wmiprvse.exe',
])
const PLACES =
  /^(?:\\\?\?\\|\\\\\?\\)?(?:[a-z]:|%systemroot%|\\systemroot|\\device\\harddiskvolume\d{1,3})\\?(?:windows|winnt)?\\(?:system32|syswow64|sysnative|winsxs|servicing|softwaredistribution\\download|uus|systemapps|system32\\wbem|immersivecontrolpanel)\\/
const WBEM = /\\wbem\\|\\$windows\.~bt\\|\\windows\.old\\/
const ODD =
  /\\windows\\(?:fonts|debug|help|media|cursors|addins|tasks|ime)\\[^\\]{1,100}$|\\\$recycle\.bin\\|\\recycler\\|\\perflogs\\|\\users\\public\\[^\\]{1,100}$|\\system volume information\\/

/** What is odd about the full path of a program; null for a bare name, or when nothing is. */
export function masqueradeOf(path: string): Masquerade | null {
  const lower = path.toLowerCase()
  if (!lower.includes('\\')) return null
  const name = programName(lower)
  if (SYSTEM_NAMES.has(name) && !PLACES.test(lower) && !WBEM.test(lower)) return disguised
  return ODD.test(lower) && /\.(?:exe|scr|com|dll|bat|ps1|vbs|js)$/.test(name) ? oddFolder : null
}
