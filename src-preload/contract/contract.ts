import type { z } from 'zod'
import { alerts } from './alerts.ts'
import { analyzers } from './analyzers.ts'
import { annotations } from './annotations.ts'
import { attack } from './attack.ts'
import { cases } from './cases.ts'
import { connections } from './connections.ts'
import { caseFiles } from './caseFiles.ts'
import { copies } from './copies.ts'
import { correlation } from './correlation.ts'
import { datasets } from './datasets.ts'
import type { Call, Topic } from './define.ts'
import { hosts } from './hosts.ts'
import { hunts } from './hunts.ts'
import { hypotheses } from './hypotheses.ts'
import { intel } from './intel.ts'
import { jobs } from './jobs.ts'
import { keywords } from './keywords.ts'
import { mappings } from './mappings.ts'
import { maps } from './maps.ts'
import { networkMap } from './networkMap.ts'
import { notifications } from './notifications.ts'
import { processes } from './processes.ts'
import { reports } from './reports.ts'
import { rows } from './rows.ts'
import { rules } from './rules.ts'
import { searches } from './searches.ts'
import { segments } from './segments.ts'
import { settings } from './settings.ts'
import { soc } from './soc.ts'
import { workspace } from './workspace.ts'

/** Everything that may be said between a shell and the application. Calls are `noun.verb`; topics announce changes. */
export const contract = {
  ...workspace,
  ...hunts,
  ...datasets,
  ...mappings,
  ...rows,
  ...annotations,
  ...hypotheses,
  ...cases,
  ...reports,
  ...attack,
  ...analyzers,
  ...alerts,
  ...rules,
  ...searches,
  ...segments,
  ...keywords,
  ...notifications,
  ...correlation,
  ...intel,
  ...processes,
  ...connections,
  ...copies,
  ...soc,
  ...caseFiles,
  ...hosts,
  ...networkMap,
  ...maps,
  ...jobs,
  ...settings,
} as const

export type Contract = typeof contract
export type CallName = { [K in keyof Contract]: Contract[K] extends Call ? K : never }[keyof Contract]
export type TopicName = { [K in keyof Contract]: Contract[K] extends Topic ? K : never }[keyof Contract]
/** What a caller writes: fields with a default may be left out. */
export type Input<K extends CallName> = Contract[K] extends Call<infer I> ? z.input<I> : never
/** What a handler gets: defaults filled in. */
export type Parsed<K extends CallName> = Contract[K] extends Call<infer I> ? z.output<I> : never
export type Output<K extends CallName> = Contract[K] extends Call<infer _I, infer O> ? z.output<O> : never
export type Payload<K extends TopicName> = Contract[K] extends Topic<infer P> ? z.output<P> : never

export const callNames = Object.keys(contract).filter(
  (key) => contract[key as keyof Contract].kind !== 'topic',
) as CallName[]
export const isCallName = (name: string): name is CallName =>
  Object.hasOwn(contract, name) && contract[name as keyof Contract].kind !== 'topic'
