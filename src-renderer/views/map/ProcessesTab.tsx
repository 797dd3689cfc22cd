import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { ProcessLine } from '#contract/processes'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { Grid } from '../../grid/Grid.tsx'
import type { GridHandle } from '../../grid/gridProps.ts'
import { moveCursor, NOTHING_SELECTED, type GridSelection } from '../../grid/gridSelection.ts'
import type { GridTree } from '../../grid/treeRows.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { MarkStrip } from './MarkStrip.tsx'
import { processColumns } from './processColumns.tsx'
import { ProcessDetail } from './ProcessDetail.tsx'
import { setProcessParams, type ProcessParams } from './processParams.ts'
import { TreeBar } from './TreeBar.tsx'
import { useProcessLines } from './useProcessLines.ts'
import { useTreeState } from './useTreeState.ts'
import { useWide } from './useWide.ts'

type ProcessesTabProps = { hunt: string; host: string; params: ProcessParams; partial: number }

/** The tree of one host, its alerts in time above, and one process at the right. */
export function ProcessesTab({ hunt, host, params, partial }: ProcessesTabProps) {
  const zone = useZone()
  const wide = useWide()
  const { pid, q, marked, closed, from, to } = params
  const { focus, except, step } = useTreeState(pid, closed)
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const { data, tree, failure, retry, pending } = useProcessLines(
    {
      ...{ huntId: hunt, host, except: [...except], expand: closed ? 'none' : 'all' },
      ...(q === '' ? {} : { q }),
      ...(marked ? { marked } : {}),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    },
    focus,
  )
  const grid = useRef<GridHandle>(null)

  // Lines that are read anew: the cursor goes where the process now stands.
  const [placed, setPlaced] = useState<unknown>(null)
  const position = tree?.focus?.position ?? null
  if (data && placed !== data) {
    setPlaced(data)
    setSelection(position === null ? NOTHING_SELECTED : moveCursor(NOTHING_SELECTED, position))
  }
  // A PID alone becomes the id of a process.
  const found = tree?.focus?.id ?? null
  useEffect(() => {
    if (found !== null && focus !== null && found !== focus && focus === pid) setProcessParams({ pid: found })
  }, [found, focus, pid])

  const choose = (line: ProcessLine | undefined) => {
    if (!line || line.id === pid) return
    step({ do: 'choose', id: line.id })
    setProcessParams({ pid: line.id })
  }
  const select = (next: GridSelection) => {
    setSelection(next)
    if (next.cursor !== null) choose(data?.rowAt(next.cursor))
  }
  const close = () => {
    setProcessParams({ pid: null })
    grid.current?.focus()
  }
  const all = (next: boolean) => {
    step({ do: 'all', closed: next })
    setProcessParams({ closed: next ? 1 : null })
  }
  const openRow = (line: ProcessLine | undefined) => {
    const [first] = line?.rows ?? []
    if (first) navigate(link.rows(hunt, { ds: first.datasetId, row: first.row }))
  }
  const walk = (by: 1 | -1) => {
    const total = data?.total ?? 0
    if (total === 0) return
    select(moveCursor(selection, Math.min(total - 1, Math.max(0, (selection.cursor ?? (by === 1 ? -1 : 0)) + by))))
    grid.current?.focus()
  }
  useCommands([
    { id: 'map.next', title: 'Next process', group: 'Map', keys: 'j', palette: false, run: () => walk(1) },
    { id: 'map.previous', title: 'Previous process', group: 'Map', keys: 'k', palette: false, run: () => walk(-1) },
    { id: 'map.open', title: 'Open all branches', group: 'Map', keys: 'o', run: () => all(false) },
    { id: 'map.close', title: 'Close all branches', group: 'Map', keys: 'c', run: () => all(true) },
    {
      id: 'map.marked',
      title: marked ? 'Show all processes' : 'Show only processes with alerts',
      group: 'Map',
      keys: 'a',
      run: () => setProcessParams({ marked: marked ? null : 1 }),
    },
  ])
  const detail = pid !== null
  const columns = useMemo(
    () => processColumns({ detail, wide, zone, onToggle: (id) => step({ do: 'toggle', id, closed }) }),
    [detail, wide, zone, step, closed],
  )
  const branches: GridTree<ProcessLine> = {
    depthOf: ({ depth }) => depth,
    expandedOf: ({ children, expanded }) => (children === 0 ? null : expanded),
    onToggle: (_index, line) => step({ do: 'toggle', id: line.id, closed }),
  }
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || pid === null) return
    event.preventDefault()
    close()
  }

  if (failure && !data) return <FailureState failure={failure} onRetry={retry} />
  if (!data || !tree) return <Skeleton rows={20} height={24} />
  return (
    <div className="processes" onKeyDown={onEscape}>
      <div className="processes-main">
        <MarkStrip hunt={hunt} host={host} current={pid} onChoose={(id) => setProcessParams({ pid: id })} />
        <TreeBar tree={tree} params={params} partial={partial} onAll={all} onLeave={() => grid.current?.focus()} />
        <FailureLine failure={failure} />
        <div className={pending ? 'processes-grid view-dim' : 'processes-grid'}>
          <Grid
            ref={grid}
            label={`Processes of ${host}`}
            columns={columns}
            data={data}
            selection={selection}
            onSelection={select}
            onOpen={(row) => openRow(data.rowAt(row))}
            tree={branches}
            toneOf={({ matched, ghost }) => (!matched || ghost ? 'above' : undefined)}
            empty={
              <EmptyState
                title={q === '' && from === null && to === null ? 'No process has an alert' : 'No process matches'}
                action={
                  <Action onClick={() => setProcessParams({ q: null, marked: null, from: null, to: null })}>
                    Clear the filter
                  </Action>
                }
              >
                {formatNoun(tree.all, 'process', 'processes')} without it.
              </EmptyState>
            }
          />
        </div>
      </div>
      {pid !== null && (
        <ProcessDetail hunt={hunt} host={host} id={tree.focus && pid === focus ? tree.focus.id : pid} onClose={close} />
      )}
    </div>
  )
}
