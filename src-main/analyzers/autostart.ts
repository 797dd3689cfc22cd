import type { Severity } from '#contract/values'
import type { PhraseRule } from './phraseRules.ts'

/**
 * A place from which Windows (or Linux, macOS) starts programs by itself, told by its path in lower case. Sources: ATT&CK
 * T1547, T1546, T1543, T1037, T1556 and Microsoft Sysinternals Autoruns' list of places.
 */
export type Autostart = PhraseRule & {
  id: string
  title: string
  technique: string
  severity: Severity
  score: number
  /** Where the path is looked for: keys of the registry, or paths of files. */
  where: 'registry' | 'file'
  /** false: the same by command line is a matter of suspicious_commands. */
  commands?: false
  falsePositives: string
}
