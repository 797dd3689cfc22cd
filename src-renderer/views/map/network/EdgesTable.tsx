import { useMemo, useState } from 'react'
import type { ListedEdge, NetworkPicture } from '#contract/networkMap'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { moveCursor, NOTHING_SELECTED, type GridSelection } from '../../../grid/gridSelection.ts'
import { EntityMark } from '../../../ui/EntityMark.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { SevMark } from '../../../ui/SevMark.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatBytes, formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { formatTimeBare, zoneLabel, type Zone } from '../../../ui/formatTime.ts'
import type { NetworkParams } from './networkParams.ts'
import { useEdgeRows } from './useEdgeRows.ts'

const shownWords: Record<ListedEdge['shown'], string> = {
  drawn: '',
  merged: 'as part',
  inside: 'inside a node',
  undrawn: 'not drawn',
}

function edgeColumns(wide: boolean, zone: Zone, folded: boolean): GridColumn<ListedEdge>[] {
  const end = (id: 'from' | 'to', title: string): GridColumn<ListedEdge> => ({
    id,
    title,
    width: wide ? 260 : 112,
    render: (edge) => (
      <span className="edge-end">
        <EntityMark type={edge[`${id}Type`]} /> <span className="clip">{edge[`${id}Label`]}</span>
      </span>
    ),
    text: (edge) => edge[`${id}Label`],
  })
  const time = (iso: string | null): string => (iso === null ? '' : formatTimeBare(iso.replace(/\.\d+/, ''), zone))
  return [
    end('from', 'From'),
    end('to', 'To'),
    { id: 'count', title: 'Rows', width: 70, align: 'right', render: ({ count }) => formatCount(count) },
    {
      id: 'bytes',
      title: 'Bytes',
      width: 80,
      align: 'right',
      render: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)),
    },
    ...(folded
      ? [
          {
            id: 'shown',
            title: 'Drawn',
            width: 100,
            render: ({ shown }: ListedEdge) => <span className="t2">{shownWords[shown]}</span>,
            text: ({ shown }: ListedEdge) => shownWords[shown],
          },
        ]
      : []),
    ...(wide
      ? [
          { id: 'kinds', title: 'What', width: 150, render: ({ kinds }: ListedEdge) => kinds.join(', ') },
          {
            id: 'alerts',
            title: 'Alerts',
            width: 110,
            render: ({ alerts }: ListedEdge) => alerts && <SevMark severity={alerts.worst} />,
            text: ({ alerts }: ListedEdge) => alerts?.worst ?? '',
          },
        ]
      : []),
    {
      id: 'first',
      title: 'First',
      subtitle: zoneLabel(zone),
      width: 150,
      mono: true,
      render: ({ first }) => time(first),
      text: ({ first }) => time(first),
    },
    ...(wide
      ? [
          {
            id: 'last',
            title: 'Last',
            subtitle: zoneLabel(zone),
            width: 150,
            mono: true,
            render: ({ last }: ListedEdge) => time(last),
            text: ({ last }: ListedEdge) => time(last),
          },
        ]
      : []),
  ]
}

type EdgesTableProps = {
  hunt: string
  params: NetworkParams
  picture: NetworkPicture
  wide: boolean
  selected: string | null
  onSelect: (id: string | null) => void
}

/** The table twin of the map: every edge, also those that are folded. */
export function EdgesTable({ hunt, params, picture, wide, selected, onSelect }: EdgesTableProps) {
  const zone = useZone()
  const [only, setOnly] = useState<'all' | 'folded'>('all')
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const folded = picture.folded.nodes + picture.folded.undrawn > 0
  const { data, total } = useEdgeRows(hunt, params, folded ? only : 'all')
  const columns = useMemo(() => edgeColumns(wide, zone, folded), [wide, zone, folded])
  return (
    <section className={wide ? 'edges-table wide' : 'edges-table'} aria-label="Edges" data-region="Edges">
      {folded && (
        <div className="edges-head">
          <Segmented
            label="Edges listed"
            options={[
              { value: 'all', label: 'All' },
              { value: 'folded', label: 'Folded' },
            ]}
            value={only}
            onChange={setOnly}
          />
          <span className="t2 sm clip">{total === undefined ? '' : formatNoun(total, 'edge')}</span>
        </div>
      )}
      {data && (
        <Grid
          label="Edges of the network"
          columns={columns}
          data={data}
          selection={selected === null ? NOTHING_SELECTED : selection}
          onSelection={(next) => {
            setSelection(next)
            const edge = next.cursor === null ? undefined : data.rowAt(next.cursor)
            onSelect(edge ? `${edge.from}\n${edge.to}` : null)
          }}
          onOpen={(row) => setSelection(moveCursor(NOTHING_SELECTED, row))}
          toneOf={({ alerts }) =>
            alerts && ['critical', 'high', 'medium'].includes(alerts.worst) ? 'alerting' : undefined
          }
          empty={<p className="t2 choice-none">No edge matches</p>}
        />
      )}
    </section>
  )
}
