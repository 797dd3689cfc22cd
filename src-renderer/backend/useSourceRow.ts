import { useCallback, useMemo } from 'react'
import { useQueries } from '@tanstack/react-query'
import { useBackend } from './BackendContext.ts'
import { callKey } from './query.ts'
import { sourceRowOf } from './sourceRowOf.ts'
import { useDatasets } from './useDatasets.ts'

/**
 * What people call the rows of a hunt: by their numbers in the source, which are the same for every colleague, also where only
 * cited rows came in a case file. Links take the numbers of the dataset.
 */
export function useSourceRow(huntId: string): (datasetId: string, row: number) => number {
  const { data } = useDatasets(huntId)
  const ids = useMemo(() => data?.datasets.flatMap(({ id, excerptOf }) => (excerptOf === null ? [] : id)) ?? [], [data])
  return useSourceRows(ids)
}

/** The same of chosen datasets of which only some rows are here. */
export function useSourceRows(ids: readonly string[]): (datasetId: string, row: number) => number {
  const backend = useBackend()
  const known = useQueries({
    queries: ids.map((id) => ({
      queryKey: callKey('datasets.sourceRows', { id }),
      queryFn: ({ signal }: { signal: AbortSignal }) => backend.call('datasets.sourceRows', { id }, { signal }),
    })),
    combine: (answers) => answers.map(({ data }) => data?.runs),
  })
  return useCallback((datasetId, row) => sourceRowOf(known[ids.indexOf(datasetId)] ?? [], row), [known, ids])
}
