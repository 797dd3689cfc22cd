import { useMemo } from 'react'
import type { Dataset } from '#contract/datasets'
import type { Search } from '#contract/searches'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useBackend } from '../../backend/BackendContext.ts'
import { Grid } from '../../grid/Grid.tsx'
import { arrayRows } from '../../grid/gridData.ts'
import type { GridColumn } from '../../grid/gridColumn.ts'
import { NOTHING_SELECTED, selectRow } from '../../grid/gridSelection.ts'
import { link } from '../../state/places.ts'
import { navigate, useParam } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatSecond, type Zone } from '../../ui/formatTime.ts'
import { SearchDetail } from './SearchDetail.tsx'
import { searchLink, targetText } from './searchView.ts'
import { timeText } from './timeText.ts'
import { useNarrow } from '../../state/useNarrow.ts'
import { useSearchCounts, type SearchCount } from './useSearchCounts.ts'
import './explore.css'

function searchColumns(zone: Zone, counts: ReadonlyMap<string, SearchCount>): GridColumn<Search>[] {
  return [
    {
      id: 'name',
      title: 'Search',
      width: 200,
      grow: 1,
      pinned: true,
      render: (one) => one.name,
      text: (one) => one.name,
    },
    {
      id: 'rows',
      title: 'Rows now',
      width: 110,
      align: 'right',
      render: (one) => {
        const count = counts.get(one.id)
        if (count === undefined) return <span className="t3">counting</span>
        return typeof count === 'number' ? formatCount(count) : <span className="bad">no answer</span>
      },
      text: (one) => String(counts.get(one.id) ?? ''),
    },
    { id: 'dataset', title: 'Dataset', width: 190, render: targetText, text: targetText },
    { id: 'query', title: 'Query', width: 300, grow: 2, mono: true, render: (one) => one.q, text: (one) => one.q },
    {
      id: 'time',
      title: 'Time range',
      width: 260,
      render: (one) => timeText(one, zone),
      text: (one) => timeText(one, zone),
    },
    {
      id: 'updated',
      title: 'Changed',
      width: 190,
      render: (one) => formatSecond(one.updatedAt, zone),
      text: (one) => formatSecond(one.updatedAt, zone),
    },
  ]
}

/** Views of rows that were kept under a name, each with what it finds now. Enter opens the view. */
export function SearchesTab({ hunt, datasets }: { hunt: string; datasets: readonly Dataset[] }) {
  const zone = useZone()
  const narrow = useNarrow()
  const backend = useBackend()
  const [chosen, setChosen] = useParam('search')
  const { data, error, refetch } = useCall('searches.list', { huntId: hunt, limit: 500 })
  const searches = useMemo(() => data?.searches ?? [], [data])
  const stamp = datasets.map(({ id, state, rows }) => `${id} ${state} ${rows}`).join()
  const counts = useSearchCounts(searches, stamp)
  const columns = useMemo(() => searchColumns(zone, counts), [zone, counts])
  const rows = useMemo(() => arrayRows(searches), [searches])
  const at = searches.findIndex(({ id }) => id === chosen)
  const current = searches[at]

  const open = async (search: Search): Promise<void> => {
    const dataset = search.datasetId !== null && search.columns !== null ? search.datasetId : null
    const columnList =
      dataset === null
        ? []
        : await backend.call('datasets.get', { id: dataset }).then(
            (found) => found.columnList,
            () => [],
          )
    navigate(searchLink(search, columnList))
  }

  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />
  if (data.total === 0)
    return (
      <EmptyState title="No saved searches yet" action={<Action href={link.evidence(hunt)}>Search the rows</Action>}>
        A search keeps query, time range, columns, order and zone under a name. Save one from the rows or the timeline
        with Ctrl S.
      </EmptyState>
    )
  return (
    <div className={narrow ? 'rows-parts narrow' : 'rows-parts'}>
      <div className="rows-main">
        <div className="rows-bar">
          <span className="sm t2">
            {formatNoun(data.total, 'saved search', 'saved searches')}
            {searches.length < data.total ? `, the first ${formatCount(searches.length)} shown` : ''}
          </span>
        </div>
        <div className="rows-grid">
          <Grid
            label="Saved searches"
            columns={columns}
            data={rows}
            selection={at < 0 ? NOTHING_SELECTED : selectRow(NOTHING_SELECTED, at)}
            onSelection={(next) => setChosen(next.cursor === null ? null : (searches[next.cursor]?.id ?? null))}
            onOpen={(row) => {
              const search = searches[row]
              if (search) void open(search)
            }}
          />
        </div>
      </div>
      {current && (
        <SearchDetail
          key={current.id}
          search={current}
          onOpen={() => void open(current)}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  )
}
