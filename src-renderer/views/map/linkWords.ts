import type { Process } from '#contract/processes'
import type { ProcessLink } from '#contract/values'

/** How a parent is known, in the words of the tree and of the pane. */
export const linkWords: Record<ProcessLink, string> = {
  guid: 'by GUID',
  'pid-and-time': 'by PID and time',
  stated: 'guessed',
  pid: 'guessed by PID',
  name: 'guessed by name',
}

export const linkReasons: Record<ProcessLink, string> = {
  guid: 'The row of the process names its parent by GUID.',
  'pid-and-time': 'The parent held the PID when the process began.',
  stated: 'No row is about the parent: only the PID and name that the process gives are known.',
  pid: 'Only the PID is known, no time: another process may have had it.',
  name: 'Only the name of the parent is known.',
}

/** What the tree says about a process beside its parent. */
export function noteOf({ ghost, cut, start, pidUses, end }: Process): string {
  if (ghost) return 'not in the evidence'
  if (cut) return 'its own ancestor'
  if (start === null) return end === null ? 'start not in the evidence' : 'only its end'
  return pidUses > 1 ? `PID used ${pidUses}×` : ''
}
