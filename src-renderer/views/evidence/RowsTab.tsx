import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Output } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle, GridPlace } from '../../grid/gridProps.ts'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { placeColumns } from '../../grid/columnLayout.ts'
import { moveCursor, NOTHING_SELECTED, selectedRows } from '../../grid/gridSelection.ts'
import { rangeOf, rowCount } from '../../grid/rowRanges.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { CellMenu, TERM_VALUE_MAX } from './CellMenu.tsx'
import { columnsFromParam, columnsToParam, ROW_COLUMN } from './columnsParam.ts'
import { columnTitle, queryName } from './datasetColumns.ts'
import { evidenceColumns, standardLayout } from './evidenceColumns.tsx'
import { FacetRail } from './FacetRail.tsx'
import { HistogramStrip } from './HistogramStrip.tsx'
import { QueryBar } from './QueryBar.tsx'
import { addTerm, termText } from './queryText.ts'
import { RecordPane } from './RecordPane.tsx'
import { RowsToolbar } from './RowsToolbar.tsx'
import { useRowsParams } from './rowsParams.ts'
import { useCopyRows } from './useCopyRows.ts'
import { useEvidenceRows } from './useEvidenceRows.ts'
import { useNarrow } from './useNarrow.ts'
import { useRowCursor } from './useRowCursor.ts'

/** The number of the row, as an order. */
const ROW_SORT = '_row'

type OpenDataset = Output<'datasets.get'>

/** Rows of one dataset: query, time, values, grid, record. Another dataset is another RowsTab (key). */
export function RowsTab({ dataset }: { dataset: OpenDataset }) {
  const { id: datasetId, columnList: columns, timeColumn, rows, skewSeconds } = dataset
  const zone = useZone()
  const narrow = useNarrow()
  const params = useRowsParams()
  const { q, sort } = params
  const { data: settings } = useCall('settings.get', {})
  const grid = useRef<GridHandle>(null)
  const [recordOpen, setRecordOpen] = useState(params.row !== null)
  const [facetsOpen, setFacetsOpen] = useState(false)
  const [widths, setWidths] = useState<GridLayout['widths']>({})
  const copy = useCopyRows()

  const fineTimes = [dataset.firstTime, dataset.lastTime].some((time) => /\.\d{4}/.test(time ?? ''))
  const gridColumns = useMemo(
    () => evidenceColumns(columns, rows, timeColumn, zone, fineTimes, skewSeconds),
    [columns, rows, timeColumn, zone, fineTimes, skewSeconds],
  )
  const byId = useMemo(() => new Map(columns.map((column) => [String(column.position), column])), [columns])
  const standard = useMemo(
    () => standardLayout(evidenceColumns(columns, rows, timeColumn, 'utc'), columns),
    [columns, rows, timeColumn],
  )
  const order = useMemo(
    () => new Map(standard.order.flatMap((one) => (byId.has(one) ? [[one, byId.get(one)?.name ?? ''] as const] : []))),
    [standard, byId],
  )
  const layout = useMemo(
    () => ({ ...columnsFromParam(params.cols, standard), widths }),
    [params.cols, standard, widths],
  )
  const changeLayout = (next: GridLayout) => {
    setWidths(next.widths)
    params.setCols(columnsToParam(next, standard))
  }

  const query = useMemo(() => ({ datasetId, q, sort }), [datasetId, q, sort])
  const lastRow = useRef<number | null>(params.row)
  const { shown, pending, failure, retry } = useEvidenceRows(query, rows, order, () => lastRow.current)
  const { selection, setSelection, rowNumber, wantedRow } = useRowCursor(shown, params.row, params.setRow, () =>
    setRecordOpen(true),
  )
  useLayoutEffect(() => {
    lastRow.current = wantedRow()
  })

  // A stretch of time is found where the rows stand in the order of time; rows without a time come last.
  const [jump, setJump] = useState<number | null>(null)
  const byTime = timeColumn !== null && sort?.column === timeColumn && !sort.descending
  useEffect(() => {
    if (jump !== null && timeColumn !== null && !byTime) params.setSort({ column: timeColumn, descending: false })
  }, [jump, byTime, timeColumn, params])
  if (jump !== null && byTime && shown && !pending) {
    setJump(null)
    setSelection(moveCursor(NOTHING_SELECTED, jump))
  }

  const total = shown?.data.total ?? 0
  const ranges = selectedRows(selection)
  const selected = rowCount(ranges)
  const shownColumns = () => {
    const placed = placeColumns(gridColumns, layout)
    return [...placed.pinned, ...placed.rest].flatMap((one) => byId.get(one.column.id) ?? [])
  }
  const copyRows = (format: Parameters<typeof copy.copyRows>[3]) =>
    shown && copy.copyRows(shown.query, ranges, shownColumns(), format)
  const focusGrid = () => grid.current?.focus()

  const cellOf = ({ row, column: at }: GridPlace) => {
    const column = byId.get(at)
    const cell = column && shown?.data.rowAt(row)?.cell(column.name)
    return { column, value: cell === undefined ? null : cell === null ? '' : String(cell) }
  }
  const filterBy = (place: GridPlace, negated: boolean) => {
    const { column, value } = cellOf(place)
    if (!column || value === null || value.length > TERM_VALUE_MAX) return
    const term = termText(queryName(column, columns), value, negated)
    if (term !== null) params.setQ(addTerm(q, term))
  }
  const cellMenu = (place: GridPlace) => {
    const { column, value } = cellOf(place)
    const title = column ? columnTitle(column) : 'row number'
    return (
      <CellMenu
        title={title}
        value={column ? value : null}
        selected={Math.max(1, selected)}
        canFilter={column !== undefined && termText(queryName(column, columns), 'x') !== null}
        onOnly={() => filterBy(place, false)}
        onNot={() => filterBy(place, true)}
        onCopyCell={() => value !== null && copy.copyOne(value, 'Cell')}
        onCopyRows={copyRows}
        onRecord={() => setRecordOpen(true)}
      />
    )
  }
  const onKey = (event: KeyboardEvent, place: GridPlace): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey || place.column === ROW_COLUMN) return false
    if (event.key === 'i' || event.key === 'x') return (filterBy(place, event.key === 'x'), true)
    return false
  }
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !(recordOpen || facetsOpen)) return
    event.preventDefault()
    if (narrow && facetsOpen) setFacetsOpen(false)
    else setRecordOpen(false)
    focusGrid()
  }
  const step = (by: 1 | -1) =>
    selection.cursor !== null &&
    setSelection(moveCursor({ ...selection, rows: [] }, Math.min(Math.max(0, selection.cursor + by), total - 1)))

  const counts = shown ? (
    shown.query.q === '' ? (
      formatNoun(rows, 'row')
    ) : (
      <>
        <b className="med">{formatCount(total)}</b> of {formatNoun(rows, 'row')}
      </>
    )
  ) : null
  const queryFailure = failure?.code === 'invalid-input' ? failure : null
  const otherFailure = failure && !queryFailure ? failure : null
  const showRecord = recordOpen && rowNumber !== null
  const bottom = settings?.recordPane === 'bottom' && !narrow

  if (otherFailure && !shown) return <FailureState failure={otherFailure} onRetry={retry} />
  return (
    <div className={`rows-tab${narrow ? ' narrow' : ''}`} onKeyDown={onEscape}>
      <QueryBar query={q} failure={queryFailure} counts={counts} onRun={params.setQ} onLeave={focusGrid} />
      {timeColumn && <HistogramStrip datasetId={datasetId} query={shown?.query.q ?? q} onJump={setJump} />}
      <div className="rows-parts">
        {(!narrow || facetsOpen) && (
          <FacetRail
            key={datasetId}
            datasetId={datasetId}
            columns={columns}
            query={queryFailure ? (shown?.query.q ?? '') : q}
            onQuery={params.setQ}
          />
        )}
        <div className={bottom ? 'rows-middle bottom' : 'rows-middle'}>
          <div className="rows-main">
            <RowsToolbar
              selected={selected}
              total={total}
              matching={shown?.query.q !== ''}
              said={copy.said}
              columns={columns}
              layout={layout}
              narrow={narrow}
              recordOpen={showRecord}
              onLayout={changeLayout}
              onStandard={() => (setWidths({}), params.setCols(null))}
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
            {otherFailure && <FailureState failure={otherFailure} onRetry={retry} inline />}
            {shown ? (
              <div className={pending && !failure ? 'rows-grid view-dim' : 'rows-grid'}>
                <Grid
                  ref={grid}
                  label={`Rows of ${dataset.name}`}
                  columns={gridColumns}
                  data={shown.data}
                  layout={layout}
                  onLayout={changeLayout}
                  sort={
                    sort
                      ? {
                          column:
                            sort.column === ROW_SORT
                              ? ROW_COLUMN
                              : String(columns.find((column) => column.name === sort.column)?.position ?? ''),
                          descending: sort.descending,
                        }
                      : null
                  }
                  onSort={(next) => {
                    const column = next && byId.get(next.column)
                    const name = next?.column === ROW_COLUMN ? ROW_SORT : column?.name
                    params.setSort(next && name !== undefined ? { column: name, descending: next.descending } : null)
                  }}
                  selection={selection}
                  onSelection={setSelection}
                  onOpen={() => setRecordOpen(true)}
                  onCopy={() => copyRows('tsv')}
                  cellMenu={cellMenu}
                  onKey={onKey}
                  empty={
                    <EmptyState
                      title={q === '' ? 'This dataset has no rows' : 'No row matches'}
                      action={q === '' ? undefined : <Action onClick={() => params.setQ('')}>Clear the query</Action>}
                    >
                      {q === ''
                        ? `${formatNoun(dataset.quarantined, 'record')} went to quarantine. The Datasets tab lists them with their reasons.`
                        : `All terms of the query must hold in one row. ${formatNoun(rows, 'row')} without it.`}
                    </EmptyState>
                  }
                />
              </div>
            ) : (
              <Skeleton rows={20} height={24} />
            )}
            <PageFailure shown={shown} />
          </div>
          {showRecord && (
            <RecordPane
              datasetId={datasetId}
              row={rowNumber}
              position={selection.cursor}
              total={total}
              columns={columns}
              timeColumn={timeColumn}
              skewSeconds={skewSeconds}
              onStep={step}
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

/** Some pages could not be read: what is here stays, the strip says it. */
function PageFailure({ shown }: { shown: ReturnType<typeof useEvidenceRows>['shown'] }) {
  const failure = shown?.data.failure()
  if (failure === undefined) return null
  return (
    <div className="note bad sm" role="alert">
      <span className="grow">
        {failure instanceof Error ? failure.message : 'Some rows could not be read.'} The other rows work.
      </span>
      <Action onClick={() => shown?.data.retry()}>Try again</Action>
    </div>
  )
}
