import { useMemo } from 'react'
import { useQueries, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import type { AppError } from '#contract/appError'
import type { Input, Output } from '#contract/contract'
import { useBackend } from './BackendContext.ts'
import { callKey, useCall } from './query.ts'

/** Datasets of one answer; a hunt with more is read in further ones. */
const PAGE = 500

type List = Output<'datasets.list'>
type Rest = { lists: List[]; error: AppError | null; refetch: () => void }

/** What came without a gap, so that nobody takes the datasets of a later page for those of the one before. */
function together(answers: readonly UseQueryResult<List, AppError>[]): Rest {
  const lists: List[] = []
  for (const { data } of answers) {
    if (!data) break
    lists.push(data)
  }
  const failed = answers.find(({ error }) => error !== null)
  return { lists, error: failed?.error ?? null, refetch: () => void failed?.refetch() }
}

/** All datasets of a hunt in the order of import, however many; those behind the first page follow a moment later. */
export function useDatasets(
  huntId: string,
  state?: 'ready',
): { data: List | undefined; error: AppError | null; refetch: () => void } {
  const backend = useBackend()
  const of = (offset: number): Input<'datasets.list'> => ({
    ...{ huntId, limit: PAGE },
    ...(state === undefined ? {} : { state }),
    ...(offset === 0 ? {} : { offset }),
  })
  const first = useCall('datasets.list', of(0))
  const total = first.data?.total ?? 0
  const rest = useQueries<UseQueryOptions<List, AppError>[], Rest>({
    queries: Array.from({ length: Math.max(0, Math.ceil(total / PAGE) - 1) }, (_, page) => ({
      queryKey: callKey('datasets.list', of((page + 1) * PAGE)),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        backend.call('datasets.list', of((page + 1) * PAGE), { signal }),
    })),
    combine: together,
  })
  const { data: begun } = first
  const { lists } = rest
  const data = useMemo(
    () => begun && { ...begun, datasets: [begun, ...lists].flatMap(({ datasets }) => datasets) },
    [begun, lists],
  )
  const refetch = () => {
    if (first.error) void first.refetch()
    else rest.refetch()
  }
  return { data, error: first.error ?? rest.error, refetch }
}
