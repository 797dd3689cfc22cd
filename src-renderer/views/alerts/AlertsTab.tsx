import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { Alert } from '#contract/alerts'
import type { AlertStatus } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle } from '../../grid/gridProps.ts'
import { moveCursor, NOTHING_SELECTED, selectedRows, type GridSelection } from '../../grid/gridSelection.ts'
import { firstRows, rangeOf, rowCount } from '../../grid/rowRanges.ts'
import { useExpectCommands } from '../../state/commands.ts'
import { setParams } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { AlertDetail } from './AlertDetail.tsx'
import { AlertGroups } from './AlertGroups.tsx'
import { AlertFilters } from './AlertFilters.tsx'
import { BulkBar } from './BulkBar.tsx'
import { alertColumns } from './alertColumns.tsx'
import { alertOrders, isFiltered, noFilters, useAlertParams } from './alertParams.ts'
import { NoAlerts } from './NoAlerts.tsx'
import { useAlertChanges, type AlertChange, type ChosenAlerts } from './useAlertChanges.ts'
import { alertsInput, useAlertRows } from './useAlertRows.ts'
import { UNDO_MAX } from './readAlerts.ts'
import { useSelectionFollows } from './useSelectionFollows.ts'
import { useTriageCommands } from './useTriageCommands.ts'
import { useWide } from './useWide.ts'

/** Alerts read at once to act on a selection. */
const PAGE = 500

/** The alerts of a hunt, as a list or in groups, as the URL says. */
export function AlertsTab({ hunt }: { hunt: string }) {
  const params = useAlertParams(hunt)
  return params.group === null ? (
    <AlertList hunt={hunt} />
  ) : (
    <AlertGroups key={params.group} hunt={hunt} params={params} by={params.group} />
  )
}

/** The list, filters above, what can be done with the selected ones, and one alert at the right. */
function AlertList({ hunt }: { hunt: string }) {
  const backend = useBackend()
  const zone = useZone()
  const wide = useWide()
  const params = useAlertParams(hunt)
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data, total, failure, retry, pending } = useAlertRows(params)
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const changes = useAlertChanges()
  const grid = useRef<GridHandle>(null)
  const stepped = useRef(false)
  const openId = params.id
  const columns = useMemo(
    () => alertColumns({ wide, detail: openId !== null, zone: zone === 'utc' ? 'UTC' : 'local time' }),
    [wide, openId, zone],
  )

  const ranges = selectedRows(selection)
  const marked = selection.rows.length > 0 ? rowCount(ranges) : 0
  const current = selection.cursor === null ? undefined : data?.rowAt(selection.cursor)
  const open = (alert: Alert | undefined) => setParams({ id: alert?.id ?? null })
  useSelectionFollows({ data, openId, selection, onSelection: setSelection, onOpen: open })
  const select = (next: GridSelection) => {
    setSelection(next)
    // A click on the row under the cursor opens it again; marking it does not.
    const moved = next.cursor !== selection.cursor || (next.rows.length === 0 && selection.rows.length === 0)
    if (next.cursor !== null && moved) open(data?.rowAt(next.cursor))
  }
  const step = (by: 1 | -1) => {
    if (total === 0) return
    const next = Math.min(total - 1, Math.max(0, (selection.cursor ?? (by === 1 ? -1 : total)) + by))
    stepped.current = true
    select(moveCursor({ ...selection, rows: [] }, next))
  }
  // After J and K the arrows, Space and Enter act on the list too.
  useEffect(() => {
    if (stepped.current) grid.current?.focus()
    stepped.current = false
  })

  /** What an action is about: everything that matches, the marked ones, or the one that is open or under the cursor. */
  async function chosen(): Promise<ChosenAlerts> {
    if (marked > UNDO_MAX && marked === total) return { filter: params.filter, total }
    if (marked === 0) {
      if (openId !== null && openId !== current?.id)
        return { alerts: [await backend.call('alerts.get', { id: openId })] }
      return { alerts: current ? [current] : [] }
    }
    const wanted = firstRows(ranges, total)
    const pages = new Map<number, Alert[]>()
    for (const page of new Set(wanted.map((row) => Math.floor(row / PAGE)))) {
      pages.set(
        page,
        (await backend.call('alerts.list', { ...alertsInput(params), limit: PAGE, offset: page * PAGE })).alerts,
      )
    }
    return { alerts: wanted.flatMap((row) => pages.get(Math.floor(row / PAGE))?.[row % PAGE] ?? []) }
  }
  const change = (to: AlertChange, said: string) => void chosen().then((them) => changes.change(them, to, said))
  const setStatus = (status: AlertStatus) => void chosen().then((them) => changes.setStatus(them, status))

  const can = () => marked > 0 || current !== undefined || openId !== null
  const selectAll = () => {
    if (total > 0) setSelection({ ...selection, cursor: selection.cursor ?? 0, rows: rangeOf(0, total - 1) })
  }
  useTriageCommands({ can, setStatus, step, selectAll })
  // Filters stand there at once where alerts are known, so that / works before the first page is in.
  const coming = !data && !failure && (stats?.total ?? 0) === 0
  useExpectCommands(coming)
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || openId === null) return
    event.preventDefault()
    open(undefined)
  }

  if (failure && !data) return <FailureState failure={failure} onRetry={retry} />
  if (coming) return <Skeleton rows={16} />
  const nothing = data !== null && total === 0 && !isFiltered(params.filter) && !pending
  if (nothing && openId === null) return <NoAlerts hunt={hunt} />
  return (
    <div className={wide ? 'alerts' : 'alerts alerts-narrow'} onKeyDown={onEscape}>
      <div className="alerts-main">
        <AlertFilters hunt={hunt} params={params} shown={total} total={stats?.total ?? null} />
        <BulkBar
          selected={marked}
          total={total}
          busy={changes.busy}
          can={can()}
          onAll={selectAll}
          onNone={() => setSelection({ ...selection, rows: [] })}
          onStatus={setStatus}
          onChange={change}
        />
        <FailureLine failure={changes.failure ?? failure} />
        <div className={pending ? 'alerts-grid view-dim' : 'alerts-grid'}>
          {data ? (
            <Grid
              ref={grid}
              label="Alerts"
              columns={columns}
              data={data}
              sort={params.descending === null ? null : { column: params.sort, descending: params.descending }}
              onSort={(next) => {
                const sort = alertOrders.find((order) => order === next?.column)
                setParams({ sort: sort ?? null, dir: sort && next ? (next.descending ? 'desc' : 'asc') : null })
              }}
              selection={selection}
              onSelection={select}
              onOpen={(row) => open(data.rowAt(row))}
              empty={
                <EmptyState
                  title="No alert matches"
                  action={<Action onClick={() => setParams(noFilters)}>Clear the filters</Action>}
                >
                  {formatNoun(stats?.total ?? 0, 'alert')} without them.
                </EmptyState>
              }
            />
          ) : (
            <Skeleton rows={16} />
          )}
        </div>
      </div>
      {openId !== null && (
        <AlertDetail
          key={openId}
          hunt={hunt}
          id={openId}
          onClose={() => open(undefined)}
          onStep={step}
          onGone={() => (setSelection(NOTHING_SELECTED), open(undefined))}
        />
      )}
    </div>
  )
}
