import type { Alert } from '#contract/alerts'
import type { CaseLink, CaseNote, CaseTask, CaseVerification, HuntCase, Resolved } from '#contract/cases'
import type { Dataset } from '#contract/datasets'
import type { Hypothesis } from '#contract/hypotheses'
import type { MapDocument } from '#contract/maps'

/** Everything a report of a case says, gathered; what becomes of it is the business of each format. */
export type CaseContent = {
  item: HuntCase
  madeAt: string
  madeBy: string
  /** Of the program. */
  version: string
  hunts: { id: string; name: string; rows: number; firstTime: string | null; lastTime: string | null }[]
  alerts: (Alert & { hunt: string })[]
  iocs: CaseLink[]
  techniques: { id: string; name: string; tactics: string[]; note: string }[]
  hypotheses: Hypothesis[]
  rows: (CaseLink & { time: string | null })[]
  tasks: CaseTask[]
  notes: CaseNote[]
  /** What notes and summary refer to, by kind:target. */
  references: Record<string, Resolved>
  sources: (Dataset & { hunt: string })[]
  rules: { name: string; author: string; alerts: number }[]
  /** What was looked for and not found. */
  searched: { what: string; where: string; when: string | null; result: string }[]
  /** Drawn by the investigator. */
  maps: { name: string; document: MapDocument }[]
  verification: CaseVerification
  /** What did not fit in, each a sentence. */
  leftOut: string[]
}
