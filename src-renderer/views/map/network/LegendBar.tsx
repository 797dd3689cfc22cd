import { useRef, useState } from 'react'
import { CaretDown, Filter, Search } from '@blueprintjs/icons'
import type { NetworkPicture } from '#contract/networkMap'
import { mapNodeTypes, type MapNodeType } from '#contract/values'
import { useCommands } from '../../../state/commands.ts'
import { Action } from '../../../ui/Action.tsx'
import { ChoiceList } from '../../../ui/ChoiceList.tsx'
import { EntityMark } from '../../../ui/EntityMark.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { titleOf, typeNoun } from './networkScene.ts'
import { colourings, goNetwork, measures, setNetworkParams, type NetworkParams } from './networkParams.ts'

const names: Record<MapNodeType, string> = {
  host: 'Hosts',
  address: 'Addresses',
  domain: 'Domains',
  url: 'URLs',
  user: 'Users',
  process: 'Processes',
}

/** "43 nodes, 60 edges, nothing left out" */
export function leftOutText({ all, nodes, edges, folded, rare }: NetworkPicture): string {
  const parts = [
    folded.nodes > 0 ? `${formatNoun(folded.nodes, 'node')} folded` : '',
    folded.undrawn > 0 ? `${formatNoun(folded.undrawn, 'edge')} only in the table` : '',
    rare.edges > 0 ? `${formatNoun(rare.edges, 'edge')} told only together` : '',
  ].filter(Boolean)
  const shown =
    folded.nodes > 0
      ? `${formatCount(nodes.length)} of ${formatNoun(all.nodes, 'node')}`
      : formatNoun(all.nodes, 'node')
  return `${shown}, ${folded.nodes > 0 ? `${formatCount(edges.length)} of ` : ''}${formatNoun(all.edges, 'edge')}, ${parts.length === 0 ? 'nothing left out' : parts.join(', ')}`
}

/** Chips that filter types, what the picture holds, how it looks, and a way to a node. */
export function LegendBar({
  picture,
  params,
  onShow,
}: {
  picture: NetworkPicture
  params: NetworkParams
  onShow: (id: string) => void
}) {
  const { hidden } = params
  const counts = new Map(picture.types.map(({ type, count }) => [type, count] as const))
  const turn = (type: MapNodeType) => {
    const next = hidden.includes(type) ? hidden.filter((one) => one !== type) : [...hidden, type]
    setNetworkParams({ hide: next.length === mapNodeTypes.length ? null : next.join(',') })
  }
  return (
    <div className="legend-bar" data-region="Legend">
      <div className="legend-chips" role="group" aria-label="Types">
        {mapNodeTypes.map((type) => {
          const on = !hidden.includes(type)
          const count = counts.get(type) ?? 0
          return (
            <button
              key={type}
              type="button"
              className={`legend-chip ent-${type}`}
              aria-pressed={on}
              disabled={on && count === 0}
              title={on ? `Hide ${names[type].toLowerCase()}` : `Show ${names[type].toLowerCase()}`}
              onClick={() => turn(type)}
            >
              <EntityMark type={type} /> {names[type]} {on && <span className="t3 figure">{formatCount(count)}</span>}
            </button>
          )
        })}
      </div>
      <QueryField q={params.q} />
      <span className="t2 sm clip legend-count" role="status" title={leftOutText(picture)}>
        {leftOutText(picture)}
      </span>
      <div className="legend-tools">
        <Looks params={params} />
        <FindNode picture={picture} onShow={onShow} />
        <Segmented
          label="Map and table"
          options={[
            { value: 'map', label: 'Map' },
            { value: 'both', label: 'Both', title: 'Map and table' },
            { value: 'table', label: 'Table' },
          ]}
          value={params.view}
          onChange={(view) => setNetworkParams({ view })}
        />
      </div>
    </div>
  )
}

function QueryField({ q }: { q: string }) {
  const input = useRef<HTMLInputElement>(null)
  const draft = useDraft(q, (next) => goNetwork({ q: next, focus: null }))
  useCommands([
    {
      id: 'network.query',
      title: 'Narrow the map by a query',
      group: 'Map',
      keys: '/',
      run: () => input.current?.focus(),
    },
  ])
  return (
    <label className="tree-find network-query">
      <Filter size={13} />
      <input
        ref={input}
        aria-label="Only rows that match"
        placeholder="Query, as in Rows"
        value={draft.text}
        maxLength={4_000}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.keep}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          if (event.key === 'Escape') draft.drop()
          else draft.keep()
          event.preventDefault()
          event.stopPropagation()
          event.currentTarget.blur()
        }}
      />
    </label>
  )
}

const sizes = { degree: 'degree', bytes: 'bytes', rows: 'rows', alerts: 'alerts' } as const
const colours = { type: 'type', alerts: 'alerts', verdict: 'verdict' } as const

function Looks({ params }: { params: NetworkParams }) {
  return (
    <Layer
      content={
        <div className="looks-form">
          <p className="field-name">Size by</p>
          <Segmented
            label="Size by"
            options={measures.map((value) => ({ value, label: capitalised(sizes[value]) }))}
            value={params.size}
            onChange={(size) => setNetworkParams({ size })}
          />
          <p className="field-name">Colour by</p>
          <Segmented
            label="Colour by"
            options={colourings.map((value) => ({ value, label: capitalised(colours[value]) }))}
            value={params.colour}
            onChange={(colour) => setNetworkParams({ colour })}
          />
        </div>
      }
    >
      <Action endIcon={<CaretDown size={11} />} title="Size and colour of nodes">
        Size: {sizes[params.size]}
        {params.colour !== 'type' && `, colour: ${colours[params.colour]}`}
      </Action>
    </Layer>
  )
}

function FindNode({ picture, onShow }: { picture: NetworkPicture; onShow: (id: string) => void }) {
  const [open, setOpen] = useState(false)
  useCommands([
    { id: 'network.find', title: 'Find a node', group: 'Map', keys: 'f', opensField: true, run: () => setOpen(true) },
  ])
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={
        <div className="host-list">
          <ChoiceList
            label="Find a node"
            placeholder="Name, address, domain"
            items={picture.nodes.map((node) => ({
              id: node.id,
              label: titleOf(node),
              note: [node.detail, typeNoun(node.type, node.members).replace(/^1 /, '')].filter(Boolean).join(' · '),
            }))}
            none="No node of the picture is called so"
            onClose={() => setOpen(false)}
            onChoose={(id) => {
              setOpen(false)
              onShow(id)
            }}
          />
        </div>
      }
    >
      <Action icon={<Search size={13} />} title="Find a node (F)">
        Find
      </Action>
    </Layer>
  )
}
