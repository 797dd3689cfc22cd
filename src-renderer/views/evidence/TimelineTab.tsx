import { useEffect, useMemo, useRef, useState } from 'react'
import { canonicalFields } from '#contract/values'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useBackend } from '../../backend/BackendContext.ts'
import { useSourceRow } from '../../backend/useSourceRow.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle } from '../../grid/gridProps.ts'
import { moveCursor, NOTHING_SELECTED } from '../../grid/gridSelection.ts'
import { link } from '../../state/places.ts'
import { navigate, setParams, useRoute } from '../../state/route.ts'
import { isRange, NO_RANGE, setRange } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { PageFailure } from './PageFailure.tsx'
import { QueryBar } from './QueryBar.tsx'
import { QueryHistory } from './QueryHistory.tsx'
import { SaveSearch } from './SaveSearch.tsx'
import { viewOf } from './searchView.ts'
import { timelineColumns } from './timelineColumns.tsx'
import { TimelineEventMenu } from './TimelineEventMenu.tsx'
import { TimelineNotes } from './TimelineNotes.tsx'
import { timelineInput } from './timelineRows.ts'
import { TimelineSwitch } from './TimelineSwitch.tsx'
import { TimelineStrip } from './TimelineStrip.tsx'
import { useRowsParams } from './rowsParams.ts'
import { useTimelineRows } from './useTimelineRows.ts'
import { useFoundWords } from './useFoundWords.ts'
import { useZoneInUrl } from './useZoneInUrl.ts'

/** The URL follows the cursor when it rests: browsers refuse hundreds of changes in a row. */
const URL_SETTLE_MS = 250

/** Another query is another list: the place in the old one says nothing about it. */
const setQ = (q: string): void => setParams({ q: q.trim(), at: null }, { replace: false })

/** The rows of all datasets of a hunt in the order of their time: query, bars by dataset, grid. Enter opens the row in its dataset. */
export function TimelineTab({ hunt, datasets }: { hunt: string; datasets: readonly { id: string; name: string }[] }) {
  const zone = useZone()
  const backend = useBackend()
  const { q, range } = useRowsParams()
  const { params } = useRoute()
  const urlAt = Number(params.get('at') ?? 0)
  useZoneInUrl()
  const grid = useRef<GridHandle>(null)
  const found = useFoundWords(q)
  const connection = params.get('conn')
  const query = useMemo(() => ({ huntId: hunt, q, range, connection }), [hunt, q, range, connection])
  const source = useMemo(() => ({ datasetId: null, columns: [], fields: canonicalFields, range }), [range])
  const { shown, pending, failure, retry } = useTimelineRows(query)
  const { data: copies } = useCall('copies.list', { huntId: hunt, limit: 500 })
  const there = copies?.copies.filter(({ connection: on, state }) => on === connection && state === 'complete') ?? []
  const answerer = there[0]?.connectionName
  const copyOf = (datasetId: string) => there.find((copy) => copy.datasetId === datasetId)?.id
  const left = shown?.page.datasets
  const names = useMemo(
    () => new Map([...(left ?? []), ...datasets].map(({ id, name }) => [id, name])),
    [datasets, left],
  )
  const sourceRow = useSourceRow(hunt)
  const columns = useMemo(() => timelineColumns(zone, names, sourceRow), [zone, names, sourceRow])
  const total = shown?.data.total ?? 0

  // The cursor is the place among the matching rows, from 1; it comes back with back and forward.
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const [from, setFrom] = useState<typeof shown>(null)
  if (shown !== from) {
    setFrom(shown)
    const inside = Number.isInteger(urlAt) && urlAt >= 1 && urlAt <= total
    setSelection(inside ? moveCursor(NOTHING_SELECTED, urlAt - 1) : NOTHING_SELECTED)
  }
  const { cursor } = selection
  useEffect(() => {
    if (cursor === null) return
    const timer = setTimeout(() => setParams({ at: cursor + 1 }), URL_SETTLE_MS)
    return () => clearTimeout(timer)
  }, [cursor])

  const eventAt = (at: number) => shown?.data.rowAt(at)
  const open = (at: number) => {
    const event = eventAt(at)
    if (!event) return
    setParams({ at: at + 1 })
    const copy = copyOf(event.datasetId)
    navigate(link.rows(hunt, { ds: event.datasetId, row: event.row, ...(copy ? { copy } : {}) }))
  }
  const jump = (time: string) =>
    backend.call('rows.timelinePosition', { ...timelineInput(query), time }).then(
      ({ position }) => {
        if (position < total) setSelection(moveCursor(NOTHING_SELECTED, position))
        grid.current?.focus()
      },
      () => undefined,
    )

  const queryFailure = failure?.code === 'invalid-input' ? failure : null
  if (failure && !queryFailure && !shown) return <FailureState failure={failure} onRetry={retry} />
  return (
    <div className="rows-tab">
      <QueryBar
        query={q}
        failure={queryFailure}
        label="Search the timeline"
        counts={shown && `${formatNoun(total, 'row')} with a time${answerer === undefined ? '' : ` on ${answerer}`}`}
        source={source}
        right={
          <>
            <TimelineSwitch hunt={hunt} connection={connection} />
            <SaveSearch hunt={hunt} datasetName={null} view={() => viewOf(null, q, range, null, null, zone)} />
            <QueryHistory onRun={setQ} />
          </>
        }
        onRun={setQ}
        onLeave={() => grid.current?.focus()}
      />
      <TimelineStrip query={shown && queryFailure ? shown.query : query} onJump={(time) => void jump(time)} />
      {shown && <TimelineNotes page={shown.page} hunt={hunt} />}
      {failure && !queryFailure && <FailureState failure={failure} onRetry={retry} inline />}
      {shown ? (
        <div ref={found} className={pending && !failure ? 'rows-grid view-dim' : 'rows-grid'}>
          <Grid
            ref={grid}
            label="Timeline of the hunt"
            columns={columns}
            data={shown.data}
            selection={selection}
            onSelection={setSelection}
            onOpen={open}
            cellMenu={({ row }) => {
              const event = eventAt(row)
              return event && <TimelineEventMenu event={event} onOpen={() => open(row)} />
            }}
            toneOf={(event) => event.severity ?? undefined}
            empty={
              <EmptyState
                title={q === '' && !isRange(range) ? 'No row of this hunt has a time' : 'No row matches'}
                action={
                  <>
                    {q !== '' && <Action onClick={() => setQ('')}>Clear the query</Action>}
                    {isRange(range) && <Action onClick={() => setRange(NO_RANGE)}>Show all times</Action>}
                  </>
                }
              >
                {shown.page.rowsWithoutTime > 0
                  ? `${formatCount(shown.page.rowsWithoutTime)} matching rows have no time and are not on the timeline.`
                  : 'Rows of every dataset of the hunt are looked at.'}
              </EmptyState>
            }
          />
        </div>
      ) : (
        <Skeleton rows={20} height={24} />
      )}
      <PageFailure data={shown?.data} />
    </div>
  )
}
