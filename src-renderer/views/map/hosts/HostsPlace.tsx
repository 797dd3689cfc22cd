import { useMemo, useRef, useState } from 'react'
import { Search } from '@blueprintjs/icons'
import type { Host } from '#contract/hosts'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { Grid } from '../../../grid/Grid.tsx'
import { arrayRows } from '../../../grid/gridData.ts'
import { NOTHING_SELECTED, selectedRows, type GridSelection } from '../../../grid/gridSelection.ts'
import { useCommands, useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { setParams, useParam } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { MapBar } from '../MapBar.tsx'
import { HostPane } from './HostPane.tsx'
import { hostColumns } from './hostColumns.tsx'
import '../network.css'

/** Hosts that are listed at once; the filter finds the others. */
const LISTED_MAX = 500

/** The machines of a hunt, each once under all its names. */
export function HostsPlace({ hunt }: { hunt: string }) {
  const zone = useZone()
  const undo = useUndo()
  const [text] = useParam('q')
  const [opened] = useParam('host')
  const input = useRef<HTMLInputElement>(null)
  const draft = useDraft(text ?? '', (next) => setParams({ q: next }))
  const { data, error, refetch } = useCall('hosts.list', { huntId: hunt, limit: LISTED_MAX, ...(text ? { text } : {}) })
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const merge = useCommand('hosts.merge')
  const takeBack = useCommand('hosts.undo')
  const columns = useMemo(() => hostColumns(zone), [zone])
  const rows = useMemo(() => arrayRows(data?.hosts ?? []), [data])
  useExpectCommands(!data && !error)
  const chosen = selectedRows(selection).flatMap(([first, last]) => data?.hosts.slice(first, last + 1) ?? [])
  const calledBy = ({ names, addresses, macs }: Host): string => names[0] ?? addresses[0] ?? macs[0] ?? ''
  const mergeChosen = () => {
    if (chosen.length < 2) return
    merge.mutate(
      { huntId: hunt, names: chosen.map(calledBy) },
      {
        onSuccess: ({ id }) => {
          setSelection(NOTHING_SELECTED)
          undo.offer(`${formatNoun(chosen.length, 'host')} merged`, () => takeBack.mutate({ id }))
        },
      },
    )
  }
  useCommands([
    { id: 'hosts.filter', title: 'Filter hosts', group: 'Map', keys: '/', run: () => input.current?.focus() },
    {
      id: 'hosts.merge',
      title: 'Merge the selected hosts',
      group: 'Map',
      keys: 'm',
      when: () => chosen.length > 1,
      run: mergeChosen,
    },
  ])
  const host = opened === null ? undefined : data?.hosts.find(({ id }) => id === opened)
  return (
    <>
      <MapBar hunt={hunt} current="hosts" count={data && formatCount(data.total)}>
        {chosen.length > 1 && (
          <Action primary busy={merge.isPending} onClick={mergeChosen} title="They are one machine (M)">
            Merge {formatNoun(chosen.length, 'host')}
          </Action>
        )}
      </MapBar>
      <FailureLine failure={merge.error ?? takeBack.error} />
      {error && !data ? (
        <FailureState failure={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={20} height={24} />
      ) : data.total === 0 && !text ? (
        <EmptyState
          title="No hosts yet"
          action={
            <Action primary href={link.importing(hunt)}>
              Import files
            </Action>
          }
        >
          A host comes from columns that name one, and from private addresses that began a connection.
        </EmptyState>
      ) : (
        <div className="processes">
          <div className="processes-main">
            <div className="tree-bar">
              <label className="tree-find">
                <Search size={13} />
                <input
                  ref={input}
                  aria-label="Filter hosts"
                  placeholder="Name, address, MAC, user or system"
                  value={draft.text}
                  maxLength={200}
                  onChange={(event) => draft.type(event.target.value)}
                  onBlur={draft.keep}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter') return
                    event.preventDefault()
                    draft.keep()
                  }}
                />
              </label>
              <span className="t2 sm clip" role="status">
                {formatNoun(data.total, 'host')}
                {data.total > data.hosts.length && `, ${formatCount(data.hosts.length)} listed: those with most rows`}
                {data.left > 0 && ` · ${formatCount(data.left)} addresses without a name are left out`}
              </span>
              <span className="spring" />
              <span className="t3 sm clip">Select several and merge what is one machine</span>
            </div>
            <div className="processes-grid">
              <Grid
                label="Hosts"
                columns={columns}
                data={rows}
                selection={selection}
                onSelection={(next) => {
                  setSelection(next)
                  if (opened !== null && next.cursor !== null) setParams({ host: data.hosts[next.cursor]?.id ?? null })
                }}
                onOpen={(row) => setParams({ host: data.hosts[row]?.id ?? null })}
                empty={<p className="t2 choice-none">No host is called so</p>}
              />
            </div>
          </div>
          {host && <HostPane key={host.id} hunt={hunt} host={host} onClose={() => setParams({ host: null })} />}
        </div>
      )}
    </>
  )
}
