import { useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import cytoscape, { type Core, type ElementDefinition, type NodeSingular } from 'cytoscape'
import { useAppearance } from '../ui/appearance.ts'
import { canvasStyle } from './canvasStyle.ts'
import { elementsOf, type Element } from './elements.ts'
import { freeLabels } from './freeLabels.ts'
import { inSlices, type Slices } from './inSlices.ts'
import { paletteOf } from './palette.ts'
import type { Point, Scene } from './scene.ts'
import './graph.css'

/** Above so many nodes the picture is moved as one image until it stands still. */
const LARGE = 700
const ZOOM = { min: 0.03, max: 6, fit: 1.3, step: 1.25 }
/** Pixels on the screen, at any zoom. */
const LABEL = { size: 11, outline: 2.5, gap: 3, character: 6.1, line: 13 }
const SETTLE_MS = 70
/** Edge labels beside those of what is selected. */
const TOLD_MAX = 40
const PAN_STEP = 60
const STYLESHEET = '__________cytoscape_stylesheet'

export type GraphHandle = {
  fit(): void
  zoomBy(factor: number): void
  /** Brings a node into the middle. */
  show(id: string): void
  /** The middle of what is on screen, in pixels of the map. */
  middle(): Point
  focus(): void
}

export type GraphCanvasProps = {
  scene: Scene
  /** What the picture shows, for those who hear the page; the table beside it is its twin. */
  label: string
  selected: readonly string[]
  onSelect: (ids: string[]) => void
  /** Nodes and notes were dragged. */
  onMove?: (moved: Map<string, Point>) => void
  /** Dragging on the ground selects what lies in the box, and does not move the picture. */
  box?: boolean
  onGround?: (at: Point) => void
  onOpen?: (id: string) => void
  onZoom?: (zoom: number) => void
  onKey?: (event: KeyboardEvent<HTMLDivElement>) => void
  ref?: Ref<GraphHandle>
}

/** The one canvas for graphs: drawn by Cytoscape, told everything by its scene. */
export function GraphCanvas(props: GraphCanvasProps) {
  return <Canvas key={props.scene.nodes.length > LARGE ? 'large' : 'small'} {...props} />
}

function Canvas({
  scene,
  label,
  selected,
  onSelect,
  onMove,
  box = false,
  onGround,
  onOpen,
  onZoom,
  onKey,
  ref,
}: GraphCanvasProps) {
  const { theme } = useAppearance()
  const holder = useRef<HTMLDivElement>(null)
  const graph = useRef<Core | null>(null)
  const drawn = useRef(new Map<string, string>())
  const chosen = useRef(selected)
  const slices = useRef<Slices | null>(null)
  const told = useEffectEvent((ids: string[]) => {
    const same = ids.length === chosen.current.length && ids.every((id) => chosen.current.includes(id))
    chosen.current = ids
    if (!same) onSelect(ids)
  })
  const moved = useEffectEvent((places: Map<string, Point>) => onMove?.(places))
  const ground = useEffectEvent((at: Point) => onGround?.(at))
  const opened = useEffectEvent((id: string) => onOpen?.(id))
  const zoomed = useEffectEvent((zoom: number) => onZoom?.(zoom))

  useEffect(() => {
    const container = holder.current
    if (!container) return
    const large = scene.nodes.length > LARGE
    const cy = cytoscape({
      ...{ container, minZoom: ZOOM.min, maxZoom: ZOOM.max, selectionType: 'single', boxSelectionEnabled: true },
      ...{ textureOnViewport: large, hideLabelsOnViewport: large, pixelRatio: large ? 1 : 'auto' },
    })
    graph.current = cy
    drawn.current = new Map()
    let settle: ReturnType<typeof setTimeout> | undefined
    cy.on('viewport', () => {
      clearTimeout(settle)
      settle = setTimeout(() => {
        nameNodes(cy)
        zoomed(cy.zoom())
      }, SETTLE_MS)
    })
    let telling = false
    cy.on('select unselect', () => {
      if (telling) return
      telling = true
      queueMicrotask(() => {
        telling = false
        markNear(cy)
        told(cy.$(':selected').map((element) => element.id()))
      })
    })
    let freed: Map<string, Point> | null = null
    cy.on('dragfree', 'node', ({ target }: { target: NodeSingular }) => {
      const one = freed ?? new Map<string, Point>()
      if (freed === null)
        queueMicrotask(() => {
          freed = null
          moved(one)
          nameNodes(cy)
        })
      freed = one
      const leaves = target.isParent() ? target.descendants() : cy.collection().union(target)
      leaves.forEach((node) => void (node.isNode() && one.set(node.id(), { ...node.position() })))
    })
    cy.on('tap', (event) => {
      if (event.target === cy) ground({ ...event.position })
    })
    cy.on('dbltap', 'node', ({ target }: { target: NodeSingular }) => opened(target.id()))
    return () => {
      clearTimeout(settle)
      slices.current?.stop()
      cy.destroy()
      graph.current = null
    }
    // One canvas for as long as it stands; what it shows comes below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  useEffect(() => {
    const cy = graph.current
    if (!cy) return
    const palette = paletteOf(document.documentElement)
    cy.style(canvasStyle(palette))
    const first = drawn.current.size === 0
    slices.current?.finish()
    const { next, fresh } = brought(cy, elementsOf(scene, palette), drawn.current)
    drawn.current = next
    slices.current = inSlices(
      fresh,
      (part) => void cy.add(part),
      () => {
        if (first && scene.nodes.length + scene.notes.length > 0) fitted(cy)
        choose(cy, chosen.current)
        nameNodes(cy)
        zoomed(cy.zoom())
      },
    )
  }, [scene, theme])

  useEffect(() => {
    chosen.current = selected
    if (graph.current) choose(graph.current, selected)
  }, [selected])
  useEffect(() => {
    graph.current?.userPanningEnabled(!box)
  }, [box])

  useImperativeHandle(ref, () => ({
    fit: () => graph.current && fitted(graph.current),
    zoomBy: (factor) => graph.current && zoomBy(graph.current, factor),
    show(id) {
      const cy = graph.current
      const node = cy?.getElementById(id)
      if (!cy || !node || node.empty()) return
      if (cy.zoom() < 0.5) cy.zoom(0.9)
      cy.center(node)
    },
    middle() {
      const { x1 = 0, x2 = 0, y1 = 0, y2 = 0 } = graph.current?.extent() ?? {}
      return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }
    },
    focus: () => holder.current?.focus(),
  }))

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    onKey?.(event)
    const cy = graph.current
    if (!cy || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return
    const pan = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key]
    if (pan) cy.panBy({ x: (pan[0] ?? 0) * PAN_STEP, y: (pan[1] ?? 0) * PAN_STEP })
    else if (event.key === '+' || event.key === '=') zoomBy(cy, ZOOM.step)
    else if (event.key === '-') zoomBy(cy, 1 / ZOOM.step)
    else if (event.key === '0') fitted(cy)
    else return
    event.preventDefault()
  }
  return (
    <>
      {/* Cytoscape adds a sheet of one rule unless something has its name; the policy of the page forbids that. */}
      <span id={STYLESHEET} hidden />
      <div
        ref={holder}
        className="graph-canvas"
        role="application"
        aria-label={label}
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
    </>
  )
}

/** Brings the canvas to the elements: what is the same stays untouched. Answers what is to be added. */
function brought(
  cy: Core,
  elements: readonly Element[],
  before: ReadonlyMap<string, string>,
): { next: Map<string, string>; fresh: ElementDefinition[] } {
  const next = new Map<string, string>()
  const fresh: ElementDefinition[] = []
  cy.batch(() => {
    for (const element of elements) {
      const { id } = element.data
      const text = JSON.stringify(element)
      next.set(id, text)
      if (before.get(id) === text) continue
      const known = before.has(id) ? cy.getElementById(id) : null
      if (!known || known.empty()) {
        fresh.push(element)
        continue
      }
      if (
        known.isEdge() &&
        (known.source().id() !== element.data['source'] || known.target().id() !== element.data['target'])
      ) {
        known.move({ source: String(element.data['source']), target: String(element.data['target']) })
      }
      if (known.isNode()) {
        const parent = element.data['parent']
        if ((known.parent().first().id() ?? undefined) !== parent)
          known.move({ parent: typeof parent === 'string' ? parent : null })
        if (element.position) cy.getElementById(id).position(element.position)
      }
      const { id: _id, source: _source, target: _target, parent: _parent, ...data } = element.data
      cy.getElementById(id).data(data)
    }
    for (const id of before.keys()) if (!next.has(id)) cy.getElementById(id).remove()
  })
  return { next, fresh }
}

function fitted(cy: Core): void {
  cy.fit(undefined, 48)
  if (cy.zoom() > ZOOM.fit) {
    cy.zoom(ZOOM.fit)
    cy.center()
  }
}

const zoomBy = (cy: Core, factor: number): void => {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } })
}

function choose(cy: Core, ids: readonly string[]): void {
  const wanted = new Set(ids)
  cy.batch(() => {
    cy.$(':selected').forEach((element) => void (!wanted.has(element.id()) && element.unselect()))
    for (const id of wanted) cy.getElementById(id).select()
  })
  markNear(cy)
}

/** Edges of what is selected stand out. */
function markNear(cy: Core): void {
  cy.batch(() => {
    cy.edges('.near').removeClass('near')
    cy.nodes(':selected').connectedEdges().addClass('near')
    const edges = cy
      .edges('[?strong], .near, :selected')
      .sort((a, b) => Number(b.data('width')) - Number(a.data('width')))
    cy.edges('.told').removeClass('told')
    edges.slice(0, TOLD_MAX).union(cy.edges(':selected')).addClass('told')
    cy.edges('.told').style('font-size', LABEL.size / cy.zoom())
  })
}

/** Labels have one size on the screen at any zoom, and only those are drawn that find room. */
function nameNodes(cy: Core): void {
  const zoom = cy.zoom()
  const { x1, y1, x2, y2 } = cy.extent()
  const inView = cy
    .nodes()
    .toArray()
    .filter((node) => {
      const { x, y } = node.position()
      return !node.data('note') && !node.data('isGroup') && x > x1 && x < x2 && y > y1 && y < y2
    })
  const labels = inView
    .sort((a, b) => Number(b.selected()) - Number(a.selected()) || Number(b.data('weight')) - Number(a.data('weight')))
    .map((node) => {
      const { x, y } = node.renderedPosition()
      const lines = String(node.data('text')).split('\n')
      const half = (Math.max(...lines.map((line) => line.length)) * LABEL.character) / 2
      const top = y + (node.height() * zoom) / 2 + LABEL.gap
      return { item: node, box: { x1: x - half, x2: x + half, y1: top, y2: top + lines.length * LABEL.line } }
    })
  cy.batch(() => {
    cy.nodes('.named').removeClass('named')
    for (const node of freeLabels(labels)) {
      node.addClass('named')
      node.style({
        'font-size': LABEL.size / zoom,
        'text-outline-width': LABEL.outline / zoom,
        'text-margin-y': LABEL.gap / zoom,
        'text-max-width': `${260 / zoom}px`,
      })
    }
    cy.edges('.told').style('font-size', LABEL.size / zoom)
  })
}
