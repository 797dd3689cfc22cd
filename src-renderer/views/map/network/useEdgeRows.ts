import { useEffect, useMemo } from 'react'
import type { Input } from '#contract/contract'
import type { ListedEdge } from '#contract/networkMap'
import { useBackend } from '../../../backend/BackendContext.ts'
import { useCall } from '../../../backend/query.ts'
import { pagedRows, type PagedRows } from '../../../grid/pagedRows.ts'
import type { NetworkParams } from './networkParams.ts'
import { questionOf, typesOf } from './useNetwork.ts'

const FIRST = 200

/** Every edge of the network, page by page; the first page is asked through the cache that topics make stale. */
export function useEdgeRows(
  hunt: string,
  params: NetworkParams,
  only: 'all' | 'folded',
): { data: PagedRows<ListedEdge> | null; total: number | undefined } {
  const backend = useBackend()
  const { around, depth } = params
  const key = JSON.stringify({
    ...questionOf(hunt, params),
    ...typesOf(params),
    only,
    ...(around === null ? {} : { around: { node: around, depth } }),
  })
  const input = useMemo<Input<'networkMap.edges'>>(() => JSON.parse(key), [key])
  const { data: page } = useCall('networkMap.edges', { ...input, limit: FIRST, offset: 0 })
  const data = useMemo(
    () =>
      page
        ? pagedRows<readonly ListedEdge[], ListedEdge>({
            total: page.total,
            fetch: async ({ offset, limit }, signal) =>
              offset === 0 && limit <= page.edges.length
                ? page.edges
                : (await backend.call('networkMap.edges', { ...input, limit, offset }, { signal })).edges,
            rows: (blocks) => blocks.get('') ?? [],
          })
        : null,
    [backend, input, page],
  )
  useEffect(() => () => data?.close(), [data])
  return { data, total: page?.total }
}
