import type { CaseFileContents, CaseFileMerge, CaseFileReport, CaseFileVerdict } from '#contract/caseFiles'
import type { CaseFileNoun, MergeChoice } from '#contract/values'
import { formatNoun } from '../../ui/formatNumber.ts'

/** What people call the records of a noun: one, several. */
export const nounText: Record<CaseFileNoun, [string, string]> = {
  hunts: ['hunt', 'hunts'],
  datasets: ['dataset', 'datasets'],
  datasetChanges: ['change of a reading', 'changes of readings'],
  rules: ['rule', 'rules'],
  detectorRuns: ['run of a detector', 'runs of detectors'],
  alerts: ['alert', 'alerts'],
  alertChanges: ['change of an alert', 'changes of alerts'],
  annotations: ['annotation', 'annotations'],
  hypotheses: ['hypothesis', 'hypotheses'],
  searches: ['saved search', 'saved searches'],
  themes: ['keyword theme', 'keyword themes'],
  keywords: ['keyword', 'keywords'],
  intelLists: ['indicator list', 'indicator lists'],
  maps: ['map', 'maps'],
  hostChanges: ['host put right', 'hosts put right'],
  cases: ['case', 'cases'],
  caseTasks: ['task', 'tasks'],
  caseNotes: ['note', 'notes'],
  caseActivity: ['activity entry', 'activity entries'],
  tags: ['set of tags', 'sets of tags'],
}
export const nounList = Object.keys(nounText).filter((key): key is CaseFileNoun => key in nounText)

/** `12 alerts, 31 annotations`: what there is. */
export const recordsText = (records: CaseFileContents['records']): string =>
  nounList
    .flatMap((noun) => {
      const count = records[noun] ?? 0
      return count === 0 || noun === 'hunts' || noun === 'datasets' ? [] : [formatNoun(count, ...nounText[noun])]
    })
    .join(', ')

/** `12 new, 3 updated` over all nouns. */
export function mergeText({ outcomes }: CaseFileMerge): string {
  const sum = (what: 'new' | 'updated' | 'conflict'): number =>
    Object.values(outcomes).reduce((total, outcome) => total + (outcome[what] ?? 0), 0)
  const parts = [`${sum('new')} new`, `${sum('updated') + sum('conflict')} updated`]
  return parts.join(', ')
}

/** Whether an import with these decisions would change anything. */
export const changesSomething = (
  { outcomes, rows, leftOut }: CaseFileMerge,
  decisions: Readonly<Record<string, MergeChoice>>,
): boolean =>
  rows > 0 ||
  Object.values(outcomes).some(({ new: fresh, updated, conflict }) => fresh || updated || conflict) ||
  leftOut.some(({ key }) => key !== null && decisions[key] === 'theirs')

const has = (result: unknown, key: string): boolean => typeof result === 'object' && result !== null && key in result
// Results of jobs, by contract.
export const isReport = (result: unknown): result is CaseFileReport =>
  has(result, 'encrypted') && has(result, 'sources')
export const isVerdict = (result: unknown): result is CaseFileVerdict => has(result, 'altered')
export const isMerge = (result: unknown): result is CaseFileMerge => has(result, 'outcomes')
