import type { CaseActivity } from '#contract/cases'
import type { CaseLinkKind, CaseStatus, TaskState } from '#contract/values'

export const statusWords: Record<CaseStatus, string> = { open: 'Open', 'in-progress': 'In progress', closed: 'Closed' }
export const taskWords: Record<TaskState, string> = { todo: 'Todo', 'in-progress': 'In progress', done: 'Done' }

export const linkNouns: Record<CaseLinkKind, readonly [one: string, many: string]> = {
  hunt: ['hunt', 'hunts'],
  ioc: ['IOC', 'IOCs'],
  technique: ['technique', 'techniques'],
  hypothesis: ['hypothesis', 'hypotheses'],
  map: ['map', 'maps'],
  row: ['row', 'rows'],
}

/** 14 is 014: cases are spoken of by their number. */
export const caseNumber = (number: number): string => String(number).padStart(3, '0')

const acts: Record<CaseActivity['act'], string> = {
  created: 'opened the case',
  changed: 'changed the case',
  deleted: 'deleted the case',
  restored: 'brought the case back',
  linked: 'added',
  unlinked: 'took out',
  'alerts-added': 'put alerts into the case:',
  'alerts-removed': 'took alerts out of the case:',
  'task-added': 'added task',
  'task-changed': 'changed task',
  'task-deleted': 'deleted task',
  'task-restored': 'brought back task',
  'note-added': 'wrote note',
  'note-changed': 'changed note',
  'note-deleted': 'deleted note',
  'note-restored': 'brought back note',
  exported: 'exported',
  imported: 'imported',
}

/** What an entry of the activity says, without who and when. */
export function actText({ act, about, text, changes }: CaseActivity): string {
  const state = changes.find(({ field }) => field === 'state')
  if (act === 'task-changed' && state?.to === 'done') return `finished task ${text}`
  if (act === 'task-changed' && state) return `moved task ${text} to ${state.to ?? ''}`
  if (act === 'alerts-added' || act === 'alerts-removed') {
    const many = changes.find(({ field }) => field === 'alerts')?.to
    const what = many ? `${many} alerts, first ${text}` : `alert ${text}`
    return act === 'alerts-added' ? `put ${what} into the case` : `took ${what} out of the case`
  }
  if (act === 'linked' || act === 'unlinked') {
    const [kind = ''] = about.split(':')
    const verb = act === 'unlinked' ? 'took out' : changes.length > 0 ? 'changed' : 'added'
    return `${verb} ${kind === 'ioc' ? 'IOC' : kind} ${text}`
  }
  const told = act === 'created' || act === 'deleted' || act === 'restored' ? '' : ` ${text}`
  if (act === 'changed') return `changed ${changes.map(({ field }) => field).join(', ')}`
  return `${acts[act]}${told}`
}
