import { useState } from 'react'
import { Add, Trash } from '@blueprintjs/icons'
import type { MapSummary } from '#contract/maps'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { arrayRows } from '../../../grid/gridData.ts'
import { NOTHING_SELECTED, type GridSelection } from '../../../grid/gridSelection.ts'
import { useCommands, useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../../ui/formatTime.ts'
import { MapBar } from '../MapBar.tsx'
import '../network.css'

/** Maps of a hunt that are listed. */
const LISTED_MAX = 500

const columnsOf = (zone: Zone): GridColumn<MapSummary>[] => [
  { id: 'name', title: 'Map', width: 320, pinned: true, render: ({ name }) => name },
  { id: 'nodes', title: 'Nodes', width: 80, align: 'right', render: ({ nodes }) => formatCount(nodes) },
  { id: 'links', title: 'Links', width: 80, align: 'right', render: ({ links }) => formatCount(links) },
  { id: 'notes', title: 'Notes', width: 80, align: 'right', render: ({ notes }) => formatCount(notes) },
  {
    id: 'updated',
    title: 'Changed',
    subtitle: zoneLabel(zone),
    width: 180,
    mono: true,
    render: ({ updatedAt }) => formatTimeBare(updatedAt.replace(/\.\d+/, ''), zone),
  },
  { id: 'description', title: 'Description', width: 400, render: ({ description }) => description },
]

/** What was drawn in this hunt. */
export function SavedMaps({ hunt }: { hunt: string }) {
  const zone = useZone()
  const undo = useUndo()
  const { data, error, refetch } = useCall('maps.list', { huntId: hunt, limit: LISTED_MAX })
  const create = useCommand('maps.create')
  const remove = useCommand('maps.delete')
  const restore = useCommand('maps.restore')
  const sample = useCommand('hunts.openSample')
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  useExpectCommands(!data && !error)
  const begin = () =>
    create.mutate(
      { huntId: hunt, name: `Map ${(data?.total ?? 0) + 1}` },
      { onSuccess: ({ id }) => navigate(link.maps(hunt, id)) },
    )
  const chosen = selection.cursor === null ? undefined : data?.maps[selection.cursor]
  const drop = () => {
    if (!chosen) return
    remove.mutate(
      { id: chosen.id },
      { onSuccess: () => undo.offer(`${chosen.name} deleted`, () => restore.mutate({ id: chosen.id })) },
    )
    setSelection(NOTHING_SELECTED)
  }
  useCommands([
    { id: 'maps.new', title: 'New map', group: 'Map', keys: 'n', run: begin },
    {
      id: 'maps.delete',
      title: 'Delete the selected map',
      group: 'Map',
      keys: 'delete',
      when: () => chosen !== undefined,
      run: drop,
    },
  ])
  return (
    <>
      <MapBar hunt={hunt} current="maps">
        {chosen && (
          <Action quiet icon={<Trash size={14} />} onClick={drop} title="Delete the selected map (Del)">
            Delete
          </Action>
        )}
        <Action primary icon={<Add size={14} />} busy={create.isPending} onClick={begin} title="New map (N)">
          New map
        </Action>
      </MapBar>
      <FailureLine failure={create.error ?? remove.error ?? restore.error ?? sample.error} />
      {error && !data ? (
        <FailureState failure={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton rows={12} height={24} />
      ) : data.total === 0 ? (
        <EmptyState
          title="No map is drawn yet"
          action={
            <>
              <Action href={link.network(hunt)}>Take it from the network</Action>
              <Action
                busy={sample.isPending}
                onClick={() =>
                  sample.mutate({ sample: 'apt29' }, { onSuccess: ({ huntId }) => navigate(link.maps(huntId)) })
                }
              >
                Open a drawn intrusion
              </Action>
            </>
          }
        >
          A map holds what you place: nodes, links, groups and notes. Nothing on it moves by itself. Begin an empty one,
          save the network as a map, or add values from the cell menu of Rows and from alerts.
        </EmptyState>
      ) : (
        <div className="processes-grid">
          <Grid
            label="Saved maps"
            columns={columnsOf(zone)}
            data={arrayRows(data.maps)}
            selection={selection}
            onSelection={setSelection}
            onOpen={(row) => {
              const map = data.maps[row]
              if (map) navigate(link.maps(hunt, map.id))
            }}
          />
        </div>
      )}
    </>
  )
}
