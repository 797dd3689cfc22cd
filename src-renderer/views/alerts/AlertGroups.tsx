import { useCallback, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useQueries, type UseQueryResult } from '@tanstack/react-query'
import type { Output } from '#contract/contract'
import type { Alert } from '#contract/alerts'
import type { AlertGrouping, AlertStatus } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { callKey, useCall } from '../../backend/query.ts'
import { Grid } from '../../grid/Grid.tsx'
import { arrayRows } from '../../grid/gridData.ts'
import type { GridHandle } from '../../grid/gridProps.ts'
import { moveCursor, NOTHING_SELECTED, selectedRows, type GridSelection } from '../../grid/gridSelection.ts'
import { firstRows, rangeOf } from '../../grid/rowRanges.ts'
import type { GridTree } from '../../grid/treeRows.ts'
import { setParams } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { AlertDetail } from './AlertDetail.tsx'
import { AlertFilters } from './AlertFilters.tsx'
import { groupParams, noFilters, type AlertParams } from './alertParams.ts'
import { BulkBar } from './BulkBar.tsx'
import { groupColumns } from './groupColumns.tsx'
import { chosenOf, groupLines, type GroupLine } from './groupLines.ts'
import { readAlerts, UNDO_MAX } from './readAlerts.ts'
import { useAlertChanges, type AlertChange, type ChosenAlerts } from './useAlertChanges.ts'
import { useTriageCommands } from './useTriageCommands.ts'
import { useWide } from './useWide.ts'

/** Groups that are listed, and alerts of an open one; the rest is said and a step away. */
const GROUPS = 500
const ALERTS = 100

type Listed = Output<'alerts.list'>
/** Stands outside, so that the answers keep their identity as long as they are the same. */
const answersOf = (results: UseQueryResult<Listed>[]): (Listed | undefined)[] => results.map(({ data }) => data)

/** Alerts by rule, host, user or technique: groups open and close, and what can be done with an alert is done with a group. */
export function AlertGroups({ hunt, params, by }: { hunt: string; params: AlertParams; by: AlertGrouping }) {
  const backend = useBackend()
  const zone = useZone()
  const wide = useWide()
  const grid = useRef<GridHandle>(null)
  const { filter, id: openId } = params
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data: overview } = useCall('hunts.overview', by === 'technique' ? { id: hunt } : null)
  const names = useMemo(() => new Map(overview?.techniques.map(({ id, name }) => [id, name] as const)), [overview])
  const { data, error, refetch, isPlaceholderData } = useCall('alerts.groups', { ...filter, by, limit: GROUPS })
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const changes = useAlertChanges()
  const groups = useMemo(() => data?.groups ?? [], [data])

  const opened = useMemo(() => groups.filter(({ key }) => open.has(key)), [groups, open])
  const listed = useQueries({
    queries: opened.map((group) => {
      const input = { ...filter, ...group.filter, limit: ALERTS }
      return {
        queryKey: callKey('alerts.list', input),
        queryFn: ({ signal }: { signal: AbortSignal }) => backend.call('alerts.list', input, { signal }),
      }
    }),
    combine: answersOf,
  })
  const lines = useMemo(
    () => groupLines(groups, open, (key) => listed[opened.findIndex((group) => group.key === key)]?.alerts),
    [groups, open, opened, listed],
  )
  const rows = useMemo(() => arrayRows(lines), [lines])

  // Marks are places: where lines come or go they would be on others.
  const toggle = useCallback((key: string, at: number | null) => {
    setSelection(at === null ? NOTHING_SELECTED : moveCursor(NOTHING_SELECTED, at))
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const show = (alert: Alert | undefined) => setParams({ id: alert?.id ?? null })
  const select = (next: GridSelection) => {
    setSelection(next)
    const line = next.cursor === null ? undefined : lines[next.cursor]
    if (next.rows.length === 0) show(line?.kind === 'alert' ? line.alert : undefined)
  }
  const step = (way: 1 | -1) => {
    if (lines.length === 0) return
    const at = (selection.cursor ?? (way === 1 ? -1 : lines.length)) + way
    select(moveCursor({ ...selection, rows: [] }, Math.min(lines.length - 1, Math.max(0, at))))
    grid.current?.focus()
  }
  const marked = chosenOf(firstRows(selectedRows(selection), lines.length).map((row) => lines[row]))
  const selected = selection.rows.length > 0 ? marked.total : 0
  const all = selected > UNDO_MAX && selected === data?.alerts

  /** What an action is about: the marked lines, or the one under the cursor; groups with all their alerts. */
  async function chosen(): Promise<ChosenAlerts> {
    if (all) return { filter, total: selected }
    const [only] = marked.groups
    if (only && marked.groups.length === 1 && marked.alerts.length === 0)
      return readAlerts(backend, { ...filter, ...only.filter }, only.alerts)
    const alerts = [...marked.alerts]
    for (const group of marked.groups) {
      // More than can be undone is done group by group.
      const part = await readAlerts(backend, { ...filter, ...group.filter }, Math.min(group.alerts, UNDO_MAX))
      if ('alerts' in part) alerts.push(...part.alerts)
    }
    return { alerts }
  }
  const tooMany = marked.groups.length > 1 && marked.groups.some(({ alerts }) => alerts > UNDO_MAX) && !all
  const can = () => marked.total > 0 && !tooMany
  const change = (to: AlertChange, said: string) => void chosen().then((them) => changes.change(them, to, said))
  const setStatus = (status: AlertStatus) => void chosen().then((them) => changes.setStatus(them, status))
  const selectAll = () =>
    lines.length > 0 && setSelection({ cursor: selection.cursor ?? 0, anchor: 0, rows: rangeOf(0, lines.length - 1) })
  useTriageCommands({ can, setStatus, step, selectAll })

  const detail = openId !== null
  const columns = useMemo(
    () =>
      groupColumns({
        wide,
        detail,
        by,
        names,
        zone: zone === 'utc' ? 'UTC' : 'local time',
        onToggle: (key) => toggle(key, null),
      }),
    [wide, detail, by, zone, names, toggle],
  )
  const tree: GridTree<GroupLine> = {
    depthOf: ({ kind }) => (kind === 'group' ? 0 : 1),
    expandedOf: (line) => (line.kind === 'group' ? line.open : null),
    onToggle: (at, line) => toggle(line.group.key, at),
  }
  const enter = (line: GroupLine | undefined) => {
    if (line?.kind === 'alert') show(line.alert)
    else if (line?.kind === 'group') toggle(line.group.key, lines.indexOf(line))
    else if (line) setParams({ ...groupParams(line.group.filter), group: null, id: null }, { replace: false })
  }
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !detail) return
    event.preventDefault()
    show(undefined)
  }

  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={16} />
  return (
    <div className={wide ? 'alerts' : 'alerts alerts-narrow'} onKeyDown={onEscape}>
      <div className="alerts-main">
        <AlertFilters hunt={hunt} params={params} shown={data.alerts} total={stats?.total ?? null} />
        <BulkBar
          selected={selected}
          total={data.alerts}
          busy={changes.busy}
          can={can()}
          hint={`${formatNoun(data.total, 'group')}${data.total > groups.length ? `, ${formatCount(groups.length)} listed` : ''} · Right opens, Left closes, Space selects`}
          onAll={selectAll}
          onNone={() => setSelection({ ...selection, rows: [] })}
          onStatus={setStatus}
          onChange={change}
        />
        {tooMany && (
          <p className="t2 sm group-note">
            Groups of more than {formatCount(UNDO_MAX)} alerts are changed one at a time.
          </p>
        )}
        <FailureLine failure={changes.failure ?? error} />
        <div className={isPlaceholderData ? 'alerts-grid view-dim' : 'alerts-grid'}>
          <Grid
            ref={grid}
            label="Alerts in groups"
            columns={columns}
            data={rows}
            selection={selection}
            onSelection={select}
            onOpen={(row) => enter(lines[row])}
            tree={tree}
            empty={
              <EmptyState
                title="No alert matches"
                action={<Action onClick={() => setParams(noFilters)}>Clear the filters</Action>}
              >
                {formatNoun(stats?.total ?? 0, 'alert')} without them.
              </EmptyState>
            }
          />
        </div>
      </div>
      {openId !== null && (
        <AlertDetail
          key={openId}
          hunt={hunt}
          id={openId}
          onClose={() => show(undefined)}
          onStep={step}
          onGone={() => show(undefined)}
        />
      )}
    </div>
  )
}
