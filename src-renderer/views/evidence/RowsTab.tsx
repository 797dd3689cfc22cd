import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Output } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle } from '../../grid/gridProps.ts'
import { placeColumns } from '../../grid/columnLayout.ts'
import { moveCursor, NOTHING_SELECTED, selectedRows } from '../../grid/gridSelection.ts'
import { rangeOf, rowCount } from '../../grid/rowRanges.ts'
import { useRunCommand } from '../../state/commands.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { cellActions } from './cellActions.tsx'
import { isEverything } from './evidenceRows.ts'
import { CopySwitch } from './CopySwitch.tsx'
import { FacetRail } from './FacetRail.tsx'
import { FieldStatsPane } from './FieldStatsPane.tsx'
import { GoTo } from './GoTo.tsx'
import { gridSortOf, rowsSortOf } from './gridSort.ts'
import { HistogramStrip } from './HistogramStrip.tsx'
import { RowActions } from './marks/RowActions.tsx'
import { useRowMarks } from './marks/useRowMarks.ts'
import { NoRows } from './NoRows.tsx'
import { PageFailure } from './PageFailure.tsx'
import { QueryBar } from './QueryBar.tsx'
import { QueryHistory } from './QueryHistory.tsx'
import { addTerm } from './queryText.ts'
import { RowCounts } from './RowCounts.tsx'
import { RecordPane } from './RecordPane.tsx'
import { RowsToolbar } from './RowsToolbar.tsx'
import { useRowsParams } from './rowsParams.ts'
import { SaveSearch } from './SaveSearch.tsx'
import { shownColumns as keptColumns, viewOf } from './searchView.ts'
import { StatisticsItem } from './StatisticsItem.tsx'
import { useCopyRows } from './useCopyRows.ts'
import { useEvidenceColumns } from './useEvidenceColumns.ts'
import { useEvidenceRows } from './useEvidenceRows.ts'
import { useFoundWords } from './useFoundWords.ts'
import { useNarrow } from '../../state/useNarrow.ts'
import { useRowCursor } from './useRowCursor.ts'
import { asideOf, type ShownDataset } from './shownDataset.ts'
import { useTimeJump } from './useTimeJump.ts'
import { useZoneInUrl } from './useZoneInUrl.ts'

/** Rows of one dataset: query, time, values, grid, record. Another dataset is another RowsTab (key). `answers`: the copy that is asked. */
export function RowsTab({ dataset, answers }: { dataset: ShownDataset; answers: Output<'copies.get'> | null }) {
  const { id: datasetId, columnList: columns, timeColumn, rows, skewSeconds } = dataset
  const zone = useZone()
  const narrow = useNarrow()
  const params = useRowsParams()
  const { q, sort, range, copy: asked, setField } = params
  useZoneInUrl()
  const { data: settings } = useCall('settings.get', {})
  const { data: servers } = useCall('connections.list', {})
  const grid = useRef<GridHandle>(null)
  const runCommand = useRunCommand()
  const [recordOpen, setRecordOpen] = useState(params.row !== null)
  const [facetsOpen, setFacetsOpen] = useState(false)
  const copy = useCopyRows()

  const { gridColumns, byId, order, layout, changeLayout, standardAgain } = useEvidenceColumns(
    dataset,
    params.cols,
    params.setCols,
  )

  const aside = asideOf(answers)
  const from = answers?.connectionName ?? null
  const query = useMemo(() => ({ datasetId, q, range, sort, copy: asked }), [datasetId, q, range, sort, asked])
  const source = useMemo(() => ({ datasetId, columns, fields: [], range }), [datasetId, columns, range])
  const lastRow = useRef<number | null>(params.row)
  const { shown, pending, failure, retry } = useEvidenceRows(query, rows, order, () => lastRow.current)
  const marks = useRowMarks({
    datasetId,
    aside: aside !== null,
    shown,
    columns: gridColumns,
    layout,
    onLayout: changeLayout,
    again: retry,
  })
  const { selection, setSelection, rowNumber, wantedRow } = useRowCursor(shown, params.row, params.setRow, () =>
    setRecordOpen(true),
  )
  useLayoutEffect(() => {
    lastRow.current = wantedRow()
  })

  const total = shown?.data.total ?? 0
  const setJump = useTimeJump({ timeColumn, sort, ready: shown !== null && !pending }, params.setSort, (position) =>
    setSelection(moveCursor(NOTHING_SELECTED, Math.min(position, Math.max(0, total - 1)))),
  )

  const ranges = selectedRows(selection)
  const selected = rowCount(ranges)
  const shownColumns = () => {
    const placed = placeColumns(gridColumns, layout)
    return [...placed.pinned, ...placed.rest].flatMap((one) => byId.get(one.column.id) ?? [])
  }
  const copyRows = (format: Parameters<typeof copy.copyRows>[3]) =>
    shown && copy.copyRows(shown.query, ranges, shownColumns(), format)
  const focusGrid = () => grid.current?.focus()
  const found = useFoundWords(shown?.query.q ?? '')

  const { cellMenu, onKey } = cellActions({
    ...{ huntId: dataset.huntId, datasetId, columns, timeColumn, byId, shown, q, selected },
    ...{ copy: asked, aside: aside !== null },
    soc: (servers?.total ?? 0) > 0,
    setQ: params.setQ,
    onCopyCell: (text) => copy.copyOne(text, 'Cell'),
    onCopyRows: copyRows,
    onRecord: () => setRecordOpen(true),
    onStatistics: setField,
    onTag: (tag) => runCommand(tag === null ? 'rows.untag' : `rows.tag.${tag}`),
    onNote: () => runCommand('rows.note'),
    onCase: () => runCommand('rows.case'),
  })
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !(recordOpen || facetsOpen || statsColumn)) return
    event.preventDefault()
    if (narrow && facetsOpen) setFacetsOpen(false)
    else if (statsColumn) setField(null)
    else setRecordOpen(false)
    focusGrid()
  }
  const step = (by: 1 | -1) =>
    selection.cursor !== null &&
    setSelection(moveCursor({ ...selection, rows: [] }, Math.min(Math.max(0, selection.cursor + by), total - 1)))

  const queryFailure = failure?.code === 'invalid-input' ? failure : null
  const otherFailure = failure && !queryFailure ? failure : null
  const statsColumn = columns.find(({ position }) => position === params.field)
  const showRecord = recordOpen && rowNumber !== null && !statsColumn
  const bottom = settings?.recordPane === 'bottom' && !narrow

  if (otherFailure && !shown) return <FailureState failure={otherFailure} onRetry={retry} />
  return (
    <div className={`rows-tab${narrow ? ' narrow' : ''}`} onKeyDown={onEscape}>
      <QueryBar
        query={q}
        failure={queryFailure}
        counts={shown && <RowCounts shown={shown} rows={rows} from={from} />}
        source={source}
        right={
          <>
            <CopySwitch datasetId={datasetId} copy={asked} onCopy={params.setCopy} />
            <SaveSearch
              hunt={dataset.huntId}
              datasetName={dataset.name}
              view={() => viewOf(datasetId, q, range, keptColumns(params.cols, layout, columns), sort, zone)}
            />
            <QueryHistory onRun={params.setQ} />
          </>
        }
        onRun={params.setQ}
        onLeave={focusGrid}
      />
      <GoTo query={shown?.query} dataset={dataset} onTime={setJump} onDone={focusGrid} />
      {timeColumn && (
        <HistogramStrip
          datasetId={datasetId}
          copy={asked}
          columns={columns}
          query={shown?.query.q ?? q}
          range={range}
          by={params.by}
          onBy={params.setBy}
          onQuery={params.setQ}
          onJump={setJump}
        />
      )}
      <div className="rows-parts" ref={found}>
        {(!narrow || facetsOpen) && (
          <FacetRail
            key={datasetId}
            datasetId={datasetId}
            copy={asked}
            columns={columns}
            query={queryFailure ? (shown?.query.q ?? '') : q}
            counted={shown?.query.q ?? (queryFailure ? '' : q)}
            range={range}
            onQuery={params.setQ}
            onStatistics={setField}
          />
        )}
        <div className={bottom ? 'rows-middle bottom' : 'rows-middle'}>
          <div className="rows-main">
            <RowsToolbar
              selected={selected}
              total={total}
              matching={shown !== null && !isEverything(shown.query)}
              said={copy.said}
              columns={columns}
              layout={layout}
              narrow={narrow}
              recordOpen={showRecord}
              actions={
                <RowActions
                  hunt={dataset.huntId}
                  aside={aside}
                  // What is done with all matching rows says how many: not before they are counted.
                  query={shown && !shown.counting ? shown.query : null}
                  total={total}
                  selected={ranges}
                  shown={shownColumns}
                  columns={columns.filter(({ derivedFrom }) => derivedFrom === null).length}
                  say={copy.say}
                  onDone={focusGrid}
                />
              }
              onLayout={changeLayout}
              onStandard={standardAgain}
              onSelectAll={() =>
                setSelection({
                  ...selection,
                  cursor: selection.cursor ?? 0,
                  rows: total > 0 ? rangeOf(0, total - 1) : [],
                })
              }
              onSelectNone={() => setSelection({ ...selection, rows: [] })}
              onCopy={copyRows}
              onFacets={() => setFacetsOpen(!facetsOpen)}
              onRecord={() => {
                if (selection.cursor === null && total > 0) setSelection(moveCursor(selection, 0))
                setRecordOpen(!showRecord)
              }}
            />
            {aside !== null && (
              <p className="rows-aside t2 sm" role="note">
                {aside}.
              </p>
            )}
            {otherFailure && <FailureState failure={otherFailure} onRetry={retry} inline />}
            {shown && marks.data ? (
              <div className={pending && !failure ? 'rows-grid view-dim' : 'rows-grid'}>
                <Grid
                  ref={grid}
                  label={`Rows of ${dataset.name}`}
                  columns={marks.columns}
                  data={marks.data}
                  layout={marks.layout}
                  onLayout={marks.onLayout}
                  toneOf={marks.toneOf}
                  sort={gridSortOf(sort, columns)}
                  onSort={(next) => params.setSort(rowsSortOf(next, byId))}
                  selection={selection}
                  onSelection={setSelection}
                  onOpen={() => setRecordOpen(true)}
                  onCopy={() => copyRows('tsv')}
                  cellMenu={cellMenu}
                  onKey={onKey}
                  columnItems={(id) => byId.has(id) && <StatisticsItem onOpen={() => setField(Number(id))} />}
                  empty={
                    <NoRows
                      q={q}
                      range={range}
                      rows={rows}
                      quarantined={dataset.quarantined}
                      onClear={() => params.setQ('')}
                    />
                  }
                />
              </div>
            ) : (
              <Skeleton rows={20} height={24} />
            )}
            <PageFailure data={shown?.data} />
          </div>
          {statsColumn && (
            <FieldStatsPane
              key={statsColumn.position}
              datasetId={datasetId}
              copy={asked}
              from={from}
              column={statsColumn}
              columns={columns}
              query={shown?.query.q ?? (queryFailure ? '' : q)}
              range={range}
              onTerm={(term) => params.setQ(addTerm(q, term))}
              onClose={() => (setField(null), focusGrid())}
            />
          )}
          {showRecord && (
            <RecordPane
              datasetId={datasetId}
              copy={asked}
              from={from}
              aside={aside !== null}
              row={rowNumber}
              position={selection.cursor}
              total={total}
              columns={columns}
              timeColumn={timeColumn}
              skewSeconds={skewSeconds}
              onStep={step}
              say={copy.say}
              onClose={() => {
                setRecordOpen(false)
                focusGrid()
              }}
            />
          )}
        </div>
      </div>
    </div>
  )
}
