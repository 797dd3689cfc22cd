import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { DrawnMap, MapElement } from '#contract/maps'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { GraphCanvas, type GraphHandle } from '../../../graph/GraphCanvas.tsx'
import type { Point } from '../../../graph/scene.ts'
import { useCommands, useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { useParam } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { MapBar } from '../MapBar.tsx'
import { ZoomBox } from '../ZoomBox.tsx'
import { aligned, type Alignment } from './align.ts'
import { DrawnActions } from './DrawnActions.tsx'
import { drawnScene } from './drawnScene.ts'
import { ElementPane } from './ElementPane.tsx'
import { ElementsTable } from './ElementsTable.tsx'
import { newGroup, newLink, newNode, newNote } from './newElements.ts'
import { ToolRail, type Tool } from './ToolRail.tsx'
import { useDrawnMap } from './useDrawnMap.ts'
import '../network.css'

/** An arrow key moves what is selected by so many pixels. */
const NUDGE = 10

/** A map that is drawn by hand: what is placed stays where it is. */
export function DrawnPlace({ hunt, id }: { hunt: string; id: string }) {
  const drawn = useDrawnMap(id)
  const { map, failure } = drawn
  useExpectCommands(!map && !failure)
  if (failure && !map)
    return (
      <>
        <MapBar hunt={hunt} current="maps" />
        <FailureState
          failure={failure}
          onRetry={drawn.refetch}
          action={<Action href={link.maps(hunt)}>Saved maps</Action>}
        />
      </>
    )
  if (!map)
    return (
      <>
        <MapBar hunt={hunt} current="maps" />
        <Skeleton rows={12} height={24} />
      </>
    )
  return <Drawing hunt={hunt} map={map} drawn={drawn} />
}

function Drawing({ hunt, map, drawn }: { hunt: string; map: DrawnMap; drawn: ReturnType<typeof useDrawnMap> }) {
  const canvas = useRef<GraphHandle>(null)
  const [tool, setTool] = useState<Tool>('select')
  const [selected, setSelected] = useState<readonly string[]>([])
  const [zoom, setZoom] = useState(1)
  const [from, setFrom] = useState<string | null>(null)
  const [view, setView] = useParam('view')
  const { data: settings } = useCall('settings.get', {})
  const { elements } = map.document
  const scene = useMemo(() => drawnScene(elements), [elements])
  const byId = useMemo(() => new Map(elements.map((element) => [element.id, element] as const)), [elements])
  const chosen = selected.flatMap((one) => byId.get(one) ?? [])
  const { edit } = drawn

  const add = (act: string, element: MapElement) => {
    edit({ act, put: [element] })
    setSelected([element.id])
    setTool('select')
    setFrom(null)
  }
  const addNode = (at: Point) => add('Add a node', newNode(at))
  const addNote = (at: Point) => add('Add a note', newNote(at, settings?.analystName ?? ''))
  const addLink = (start: string, end: string) => add('Add a link', newLink(start, end))
  const nodes = chosen.filter((element) => element.kind === 'node')
  const addGroup = () => {
    if (nodes.length === 0) return
    const group = newGroup()
    edit({
      act: `Group ${formatNoun(nodes.length, 'node')}`,
      put: [group, ...nodes.map((node) => ({ ...node, groupId: group.id }))],
    })
    setSelected([group.id])
  }
  const remove = () => {
    if (selected.length === 0) return
    edit({ act: `Delete ${formatNoun(chosen.length, 'element')}`, remove: selected })
    setSelected([])
  }
  const moveTo = (act: string, places: ReadonlyMap<string, Point>) => {
    const moved = [...places].flatMap(([id, { x, y }]): MapElement[] => {
      const element = byId.get(id)
      return element?.kind === 'node' || element?.kind === 'note'
        ? [{ ...element, x: Math.round(x), y: Math.round(y) }]
        : []
    })
    if (moved.length > 0) edit({ act, put: moved })
  }
  const placed = () =>
    new Map(
      chosen.flatMap((element) =>
        element.kind === 'node' || element.kind === 'note'
          ? [[element.id, { x: element.x, y: element.y }] as const]
          : [],
      ),
    )
  const align = (how: Alignment) => moveTo(`Align ${formatNoun(placed().size, 'element')}`, aligned(placed(), how))
  const select = (ids: readonly string[]) => {
    const [first] = ids
    const element = first === undefined ? undefined : byId.get(first)
    if (tool === 'link' && element?.kind === 'node') {
      if (from !== null && from !== element.id) return addLink(from, element.id)
      setFrom(element.id)
    }
    setSelected(ids)
  }
  const choose = (next: Tool) => {
    if (next === 'link' && nodes.length === 2 && nodes[0] && nodes[1]) return addLink(nodes[0].id, nodes[1].id)
    setFrom(null)
    setTool(tool === next ? 'select' : next)
  }
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (event.key === 'Escape' && (tool !== 'select' || selected.length > 0)) {
      setTool('select')
      setFrom(null)
      setSelected([])
      event.preventDefault()
    } else if (step && placed().size > 0 && !event.ctrlKey) {
      const far = event.shiftKey ? 1 : NUDGE
      moveTo(
        `Move ${formatNoun(placed().size, 'element')}`,
        new Map(
          [...placed()].map(([id, { x, y }]) => [id, { x: x + (step[0] ?? 0) * far, y: y + (step[1] ?? 0) * far }]),
        ),
      )
      event.preventDefault()
    }
  }
  const middle = (): Point => canvas.current?.middle() ?? { x: 0, y: 0 }
  useCommands([
    { id: 'draw.select', title: 'Select and move', group: 'Map', keys: 's', run: () => choose('select') },
    { id: 'draw.node', title: 'Add a node', group: 'Map', keys: 'n', run: () => addNode(middle()) },
    { id: 'draw.note', title: 'Add a note', group: 'Map', keys: 't', run: () => addNote(middle()) },
    { id: 'draw.link', title: 'Link two nodes', group: 'Map', keys: 'l', run: () => choose('link') },
    {
      id: 'draw.group',
      title: 'Group the selected nodes',
      group: 'Map',
      keys: 'b',
      when: () => nodes.length > 0,
      run: addGroup,
    },
    {
      id: 'draw.delete',
      title: 'Delete what is selected',
      group: 'Map',
      keys: 'delete or backspace',
      when: () => selected.length > 0,
      run: remove,
    },
    {
      id: 'draw.all',
      title: 'Select everything',
      group: 'Map',
      keys: 'ctrl+a',
      run: () => setSelected(elements.map(({ id }) => id)),
    },
    {
      id: 'draw.undo',
      title: map.undo === null ? 'Undo on the map' : `Undo: ${map.undo}`,
      group: 'Map',
      keys: 'ctrl+z',
      when: () => map.undo !== null,
      run: drawn.undo,
    },
    {
      id: 'draw.redo',
      title: map.redo === null ? 'Redo on the map' : `Redo: ${map.redo}`,
      group: 'Map',
      keys: 'ctrl+shift+z or ctrl+y',
      when: () => map.redo !== null,
      run: drawn.redo,
    },
    { id: 'draw.fit', title: 'Show the whole map', group: 'Map', keys: '0', run: () => canvas.current?.fit() },
    { id: 'draw.canvas', title: 'Go to the picture', group: 'Map', keys: 'p', run: () => canvas.current?.focus() },
    {
      id: 'draw.table',
      title: 'Map or table',
      group: 'Map',
      keys: 'v',
      run: () => setView(view === 'table' ? null : 'table'),
    },
  ])
  return (
    <>
      <MapBar hunt={hunt} current="maps">
        <DrawnActions
          hunt={hunt}
          map={map}
          scene={scene}
          onRename={drawn.rename}
          onUndo={drawn.undo}
          onRedo={drawn.redo}
          view={view === 'table' ? 'table' : 'map'}
          onView={(next) => setView(next === 'table' ? 'table' : null)}
        />
      </MapBar>
      <FailureLine failure={drawn.failure} />
      <div className="network">
        {view === 'table' ? (
          <ElementsTable elements={elements} onSelect={setSelected} />
        ) : (
          <div className="network-picture" data-region="Picture">
            <GraphCanvas
              ref={canvas}
              scene={scene}
              label={`Map ${map.name}: ${formatNoun(map.nodes, 'node')}, ${formatNoun(map.links, 'link')}. The table lists them.`}
              selected={selected}
              onSelect={select}
              onMove={(moved) => moveTo(`Move ${formatNoun(moved.size, 'element')}`, moved)}
              onGround={(at) => (tool === 'node' ? addNode(at) : tool === 'note' ? addNote(at) : undefined)}
              onZoom={setZoom}
              onKey={onKey}
            />
            <ToolRail
              tool={tool}
              onTool={choose}
              canGroup={nodes.length > 0}
              onGroup={addGroup}
              canDelete={selected.length > 0}
              onDelete={remove}
            />
            <ZoomBox
              zoom={zoom}
              onZoom={(factor) => canvas.current?.zoomBy(factor)}
              onFit={() => canvas.current?.fit()}
            />
            {elements.length === 0 && (
              <p className="network-none t2">
                Nothing is drawn yet. N adds a node, T a note; the cell menu of Rows and alerts add what they name.
              </p>
            )}
            {tool !== 'select' && (
              <p className="tool-hint" role="status">
                {tool === 'link'
                  ? from === null
                    ? 'Click the node where the link begins'
                    : 'Click the node where it ends'
                  : `Click where the ${tool} shall stand`}
              </p>
            )}
          </div>
        )}
        {chosen.length > 0 && (
          <ElementPane
            key={selected.join()}
            hunt={hunt}
            elements={elements}
            chosen={chosen}
            onEdit={edit}
            onAlign={align}
            onDelete={remove}
            onClose={() => setSelected([])}
          />
        )}
      </div>
    </>
  )
}
