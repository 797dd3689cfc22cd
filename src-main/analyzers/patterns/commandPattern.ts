import type { Severity } from '#contract/values'
import type { PhraseRule } from '../phraseRules.ts'

/**
 * A kind of command line worth a hunter's look. Phrases are matched in the plain form of commandText.ts. Sources of the
 * choice: LOLBAS project, MITRE ATT&CK, Atomic Red Team and long-standing public detection knowledge; worded anew.
 */
export type CommandPattern = PhraseRule & {
  id: string
  title: string
  technique: string
  severity: Severity
  /** 0 to 100. */
  score: number
  /** When this is harmless. */
  falsePositives: string
  /** Command lines that must match, and ones close by that must not. */
  examples: { yes: readonly string[]; no: readonly string[] }
}

/** Marks around the name of the parent program in the text that patterns see, for example `\u0002w3wp\u0002`. */
export const PARENT = '\u0002'
export const parents = (...names: string[]): string[] => names.map((name) => `${PARENT}${name}${PARENT}`)

export const SHELLS = [
  '|cmd|',
  '|powershell|',
  '|pwsh|',
  '|wscript|',
  '|cscript|',
  '|mshta|',
  '|rundll32|',
  '|regsvr32|',
  '|certutil|',
  '|bitsadmin|',
]
/** Folders that users or anyone may write to, and folders where programs do not belong. */
export const ODD_FOLDERS = [
  '\\appdata\\',
  '\\temp\\',
  '\\tmp\\',
  '\\users\\public\\',
  '\\downloads\\',
  '\\programdata\\',
  '\\perflogs\\',
  '\\windows\\fonts\\',
  '\\windows\\debug\\',
  '\\recycler\\',
  '\\$recycle.bin\\',
  '%temp%',
  '%tmp%',
  '%appdata%',
  '%public%',
  '$env:temp',
  '$env:appdata',
  '$env:public',
  '/tmp/',
  '/dev/shm/',
]
