import { useMemo, useRef, useState } from 'react'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { GraphCanvas, type GraphHandle } from '../../../graph/GraphCanvas.tsx'
import { usePlaces } from '../../../graph/usePlaces.ts'
import { useCommands, useExpectCommands } from '../../../state/commands.ts'
import { useNarrow } from '../../../state/useNarrow.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { MapBar } from '../MapBar.tsx'
import { Counting } from './Counting.tsx'
import { EdgesTable } from './EdgesTable.tsx'
import { FactsCard } from './FactsCard.tsx'
import { LegendBar } from './LegendBar.tsx'
import { edgeId, networkScene, roomOf } from './networkScene.ts'
import { goNetwork, setNetworkParams, useNetworkParams } from './networkParams.ts'
import { NetworkActions } from './NetworkActions.tsx'
import { NoNetwork } from './NoNetwork.tsx'
import { TimeStrip } from './TimeStrip.tsx'
import { narrowedBy, questionOf, typesOf, useNetwork } from './useNetwork.ts'
import { WayBar } from './WayBar.tsx'
import { ZoomBox } from '../ZoomBox.tsx'
import '../network.css'

const NONE: readonly string[] = []

/** Who talked with whom: the network of the rows that match. */
export function NetworkPlace({ hunt }: { hunt: string }) {
  const params = useNetworkParams()
  const narrow = useNarrow()
  const network = useNetwork(hunt, params)
  const { picture, failure, retry, pending, found } = network
  const canvas = useRef<GraphHandle>(null)
  const [zoom, setZoom] = useState(1)
  const [again, setAgain] = useState(0)
  const [window, setWindow] = useState<readonly [number, number] | null>(null)
  const [edge, setEdge] = useState<string | null>(null)
  const { source, target, focus, size, colour } = params
  const question = questionOf(hunt, params)
  const ways = useCall(
    'networkMap.path',
    source !== null && target !== null ? { ...narrowedBy(question), ...typesOf(params), source, target } : null,
  )
  const paths = source !== null && target !== null ? ways.data?.paths : undefined
  useExpectCommands(!picture && !failure)

  const nodes = useMemo(() => picture?.nodes.map((node) => ({ id: node.id, room: roomOf(node) })) ?? null, [picture])
  const ties = useMemo(
    () =>
      picture?.edges.map(({ from, to, count }) => ({
        from,
        to,
        weight: Math.min(1, 0.3 + Math.log10(1 + count) / 5),
      })) ?? [],
    [picture],
  )
  const { places, busy, keep } = usePlaces(`network ${hunt}`, nodes, ties, again)
  const way = useMemo(
    () =>
      paths && paths.length > 0
        ? new Set(paths.flatMap((path) => [...path.nodes.map(({ id }) => id), ...path.edges.map(edgeId)]))
        : null,
    [paths],
  )
  const scene = useMemo(
    () => (picture && places ? networkScene(picture, places, { size, colour, window, way }) : null),
    [picture, places, size, colour, window, way],
  )
  const focused = useMemo(() => {
    if (!picture || focus === null) return null
    const wanted = focus.toLowerCase()
    return (
      picture.nodes.find(({ id }) => id === focus) ??
      picture.nodes.find(({ id, label, detail }) =>
        [id.slice(id.indexOf(':') + 1), label, ...detail.split(', ')].some((text) => text.toLowerCase() === wanted),
      ) ??
      null
    )
  }, [picture, focus])
  const selected = useMemo(() => (edge !== null ? [edge] : focused ? [focused.id] : NONE), [edge, focused])
  const select = (ids: string[]) => {
    const [first] = ids
    if (first?.includes('\n')) {
      setEdge(first)
      setNetworkParams({ focus: null })
    } else {
      setEdge(null)
      setNetworkParams({ focus: first ?? null })
    }
  }
  const show = (id: string) => {
    select([id])
    canvas.current?.show(id)
  }
  useCommands([
    { id: 'network.fit', title: 'Show the whole map', group: 'Map', keys: '0', run: () => canvas.current?.fit() },
    {
      id: 'network.layout',
      title: 'Place all nodes anew',
      group: 'Map',
      keys: 'shift+l',
      run: () => setAgain((n) => n + 1),
    },
    { id: 'network.canvas', title: 'Go to the picture', group: 'Map', keys: 'p', run: () => canvas.current?.focus() },
    {
      id: 'network.table',
      title: 'Map, map and table, or table',
      group: 'Map',
      keys: 'v',
      run: () => setNetworkParams({ view: ({ map: 'both', both: 'table', table: 'map' } as const)[params.view] }),
    },
  ])
  const view = narrow && params.view === 'both' ? 'map' : params.view
  const [chosenEdge] = edge === null ? [] : [edge.split('\n')]
  return (
    <>
      <MapBar hunt={hunt} current="network">
        {picture && scene && <NetworkActions hunt={hunt} params={params} picture={picture} scene={scene} />}
      </MapBar>
      {failure && !picture ? (
        <FailureState failure={failure} onRetry={retry} />
      ) : !picture ? (
        <>
          <Counting hunt={hunt} network={network} />
          {!network.stopped && <Skeleton rows={20} height={24} />}
        </>
      ) : picture.all.nodes === 0 &&
        params.q === '' &&
        params.from === null &&
        params.to === null &&
        params.hidden.length === 0 &&
        params.around === null ? (
        <NoNetwork hunt={hunt} datasets={picture.datasets} />
      ) : (
        <>
          <LegendBar picture={picture} params={params} onShow={show} />
          <FailureLine failure={failure} />
          <Counting hunt={hunt} network={network} />
          {(source !== null || params.around !== null) && (
            <WayBar params={params} found={found} paths={paths} pending={ways.isFetching} onShow={show} />
          )}
          <div className="network">
            {view !== 'table' && (
              <div className={pending || busy ? 'network-picture view-dim' : 'network-picture'} data-region="Picture">
                {scene && (
                  <GraphCanvas
                    ref={canvas}
                    scene={scene}
                    label={`Network map: ${picture.nodes.length} nodes, ${picture.edges.length} edges. The table beside it lists them.`}
                    selected={selected}
                    onSelect={select}
                    onMove={keep}
                    onZoom={setZoom}
                    onOpen={(id) => goNetwork({ around: id, depth: 1, focus: id })}
                  />
                )}
                <ZoomBox
                  zoom={zoom}
                  onZoom={(factor) => canvas.current?.zoomBy(factor)}
                  onFit={() => canvas.current?.fit()}
                />
                {picture.nodes.length === 0 && <p className="network-none t2">Nothing of these types matches.</p>}
                {(focused || chosenEdge) && (
                  <FactsCard
                    hunt={hunt}
                    question={question}
                    node={chosenEdge?.[0] ?? focused?.id ?? ''}
                    other={chosenEdge?.[1]}
                    picture={picture}
                    open={params.open}
                    onShow={show}
                    onClose={() => select([])}
                  />
                )}
              </div>
            )}
            {view !== 'map' && (
              <EdgesTable
                hunt={hunt}
                params={params}
                picture={picture}
                wide={view === 'table'}
                selected={edge}
                onSelect={(id) => {
                  setEdge(id)
                  setNetworkParams({ focus: null })
                }}
              />
            )}
          </div>
          {view !== 'table' && picture.axis && (
            <TimeStrip picture={picture} focus={focused} window={window} onWindow={setWindow} />
          )}
        </>
      )}
    </>
  )
}
