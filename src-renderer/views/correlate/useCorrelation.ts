import type { Input, Output } from '#contract/contract'
import { useCall } from '../../backend/query.ts'
import type { CorrelateParams } from './correlateParams.ts'

export type Question = Input<'correlation.run'>
export type Answer = Output<'correlation.run'>
export type HuntChoice = Output<'hunts.list'>['hunts'][number]

/** Things of each type that a matrix shows before one kind is chosen. */
export const OF_EACH_TYPE = 8
/** Hunts that can be chosen from. */
const HUNTS_MAX = 500

/** The hunts that there are and those that are compared. */
export function useHunts({ hunts }: Pick<CorrelateParams, 'hunts'>) {
  const { data, error, refetch } = useCall('hunts.list', { limit: HUNTS_MAX })
  const all = data?.hunts.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)) ?? null
  const chosen = all?.filter(({ id }) => hunts === null || hunts.includes(id)) ?? []
  return { all, chosen, total: data?.total ?? 0, error, refetch }
}

/** The question that the URL asks; null where no hunt is chosen. */
export function questionOf(params: CorrelateParams, chosen: readonly HuntChoice[]): Question | null {
  if (chosen.length === 0) return null
  return {
    huntIds: chosen.map(({ id }) => id),
    hide: [...params.hide],
    ...(params.maxDatasets !== null && params.maxDatasets > 1 ? { maxDatasets: params.maxDatasets } : {}),
    ...(params.maxRows === null ? {} : { maxRows: params.maxRows }),
    ...(params.text === '' ? {} : { text: params.text.slice(0, 200) }),
  }
}

/** The first of each type with all counts. */
export const useOverview = (question: Question | null) =>
  useCall('correlation.run', question && { ...question, perType: OF_EACH_TYPE, limit: OF_EACH_TYPE })
