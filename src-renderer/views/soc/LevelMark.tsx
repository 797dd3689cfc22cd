import { severities } from '#contract/values'
import { capitalised } from '../../ui/capitalised.ts'
import { SevMark } from '../../ui/SevMark.tsx'

/** "KNOWN_BOT" is "Known bot". */
export const levelName = (level: string): string => capitalised(level.toLowerCase().replaceAll('_', ' '))

/** The colour of a level in charts. Those that are no threat are told apart by their word. */
export const levelColour = (level: string): string => {
  const severity = severities.find((known) => known === level.toLowerCase())
  if (severity !== undefined) return `--sev-${severity}-fill`
  return level === 'KNOWN_BOT' ? '--series-4' : level === 'LEGITIMATE_BROWSER' ? '--series-1' : '--series-other'
}

/** Levels from worst to least; what is none of them stands behind. */
const ORDER = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'KNOWN_BOT', 'NORMAL', 'LEGITIMATE_BROWSER']
export const byLevel = (a: string, b: string): number => place(a) - place(b) || a.localeCompare(b, 'en')
const place = (level: string): number => (ORDER.indexOf(level) + ORDER.length + 1) % (ORDER.length + 1)

/** A threat level: bars and word for those that severities know, the word for others. */
export function LevelMark({ level }: { level: string }) {
  const severity = severities.find((known) => known === level.toLowerCase())
  return severity ? <SevMark severity={severity} /> : <span className="t2">{levelName(level)}</span>
}
