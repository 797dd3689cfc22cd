import { useMemo, useRef, useState } from 'react'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { useSourceRow } from '../../../backend/useSourceRow.ts'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridHandle } from '../../../grid/gridProps.ts'
import { NOTHING_SELECTED, selectedRows, type GridSelection } from '../../../grid/gridSelection.ts'
import { useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate, setParams } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useNarrow } from '../../../state/useNarrow.ts'
import { HitFilters } from './HitFilters.tsx'
import { ScanNote } from './ScanNote.tsx'
import { ThemeEditor } from './ThemeEditor.tsx'
import { ThemeList } from './ThemeList.tsx'
import { hitColumns } from './hitColumns.tsx'
import { editTheme, hitOrders, noHitFilters, useHitParams } from './hitParams.ts'
import { useCopyHits } from './useCopyHits.ts'
import { useHitRows } from './useHitRows.ts'
import './keywords.css'

/** Acceptable use: themes at the left, what the last scan found of them, and the theme that is edited at the right. */
export function KeywordsTab({ hunt }: { hunt: string }) {
  const params = useHitParams(hunt)
  const { input, edited } = params
  const zone = useZone()
  const narrow = useNarrow()
  const grid = useRef<GridHandle>(null)
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const { data: themes, error: themesError, refetch } = useCall('keywords.themes', { huntId: hunt })
  const { data: counts } = useCall('keywords.counts', {
    huntId: hunt,
    ...(input.themeId === undefined ? {} : { themeId: input.themeId }),
  })
  const { data, total, failure, retry, pending } = useHitRows(input)
  const { said, copy } = useCopyHits(input)
  const sourceRow = useSourceRow(hunt)
  const columns = useMemo(
    () => hitColumns(zone === 'utc' ? 'UTC' : 'local time', narrow || edited !== null, sourceRow),
    [zone, narrow, edited, sourceRow],
  )
  const coming = !themes || !counts || !data
  useExpectCommands(coming && !failure && !themesError)
  const problem = failure ?? themesError
  if (problem && coming) return <FailureState failure={problem} onRetry={() => (retry(), void refetch())} />
  if (coming) return <Skeleton rows={16} />
  const open = (row: number) => {
    const hit = data.rowAt(row)
    if (hit) navigate(link.rows(hunt, { ds: hit.datasetId, row: hit.row }))
  }
  return (
    <div className="keywords">
      <ThemeList hunt={hunt} themes={themes.themes} params={params} />
      <div className="keywords-main">
        {counts.scans.length === 0 ? (
          <EmptyState title="This hunt was not scanned yet">
            Scan hunt (X) looks for {formatNoun(onKeywords(themes.themes), 'keyword')} in every cell of every row:
            gambling, games, piracy and what else the themes at the left name.
          </EmptyState>
        ) : (
          <>
            <HitFilters params={params} total={total} counts={counts} said={said} />
            <ScanNote counts={counts} />
            <FailureLine failure={failure} />
            <div className={pending ? 'keywords-grid view-dim' : 'keywords-grid'}>
              <Grid
                ref={grid}
                label="Hits"
                columns={columns}
                data={data}
                sort={params.sort === null ? null : { column: params.sort, descending: params.descending }}
                onSort={(next) => {
                  const sort = hitOrders.find((order) => order === next?.column)
                  setParams({ sort: sort ?? null, dir: sort && next ? (next.descending ? 'desc' : 'asc') : null })
                }}
                selection={selection}
                onSelection={setSelection}
                onOpen={open}
                onCopy={() => copy(selectedRows(selection), 'tsv')}
                empty={
                  counts.hits === 0 && input.themeId === undefined ? (
                    <EmptyState title="No keyword was found">
                      {formatNoun(counts.scans.length, 'dataset')} scanned, every cell of every row.
                    </EmptyState>
                  ) : (
                    <EmptyState
                      title="No hit matches"
                      action={<Action onClick={() => setParams(noHitFilters)}>Clear the filters</Action>}
                    >
                      Themes, hosts, users and datasets can be chosen one at a time.
                    </EmptyState>
                  )
                }
              />
            </div>
            <div className="panel-foot">Enter opens the row · Ctrl+C copies the selected hits as a table</div>
          </>
        )}
      </div>
      {edited !== null && (
        <ThemeEditor
          key={edited}
          hunt={hunt}
          theme={themes.themes.find(({ id }) => id === edited) ?? null}
          isNew={edited === 'new'}
          onClose={() => {
            editTheme(null)
            grid.current?.focus()
          }}
        />
      )}
    </div>
  )
}

const onKeywords = (themes: readonly { enabled: boolean; enabledKeywords: number }[]): number =>
  themes.reduce((sum, { enabled, enabledKeywords }) => sum + (enabled ? enabledKeywords : 0), 0)
