import type { Kind } from '../kind.ts'
import { alertChanges, alerts } from './alerts.ts'
import { annotations } from './annotations.ts'
import { caseActivity, caseNotes, cases, caseTasks } from './cases.ts'
import { datasetChanges, datasets } from './datasets.ts'
import { detectorRuns } from './detectorRuns.ts'
import { hunts } from './hunts.ts'
import { hypotheses } from './hypotheses.ts'
import { intelLists } from './intelLists.ts'
import { keywords, themes } from './keywords.ts'
import { hostChanges, maps } from './maps.ts'
import { rules } from './rules.ts'
import { searches } from './searches.ts'

/** What travels in a case file, each kind after those it refers to. One more kind is one more file and one line here. */
export const kinds: readonly Kind[] = [
  hunts,
  datasets,
  datasetChanges,
  rules,
  detectorRuns,
  alerts,
  alertChanges,
  annotations,
  hypotheses,
  searches,
  themes,
  keywords,
  intelLists,
  maps,
  hostChanges,
  cases,
  caseTasks,
  caseNotes,
  caseActivity,
]
