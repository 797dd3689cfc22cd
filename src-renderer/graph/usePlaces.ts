import { useEffect, useMemo, useRef, useState } from 'react'
import type { LayoutAnswer } from './layoutWorker.ts'
import type { Point } from './scene.ts'

export type Placed = { id: string; room: number; fixed?: Point | undefined }
export type Tie = { from: string; to: string; weight: number }

/** Pictures whose places are remembered; the oldest are forgotten. */
const KEPT_MAX = 20
/** Of the nodes so many must be known for the others to be placed around them. */
const KNOWN_SHARE = 0.6
const kept = new Map<string, Map<string, Point>>()

/** What was placed under a name, also by hand; the same object as long as the page lives. */
function placesOf(name: string): Map<string, Point> {
  const known = kept.get(name) ?? new Map<string, Point>()
  kept.delete(name)
  kept.set(name, known)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT_MAX) break
    kept.delete(oldest)
  }
  return known
}

/**
 * Places nodes in a worker. Who was placed stays where they are: only what is new is placed, unless most of it is new or
 * `again` changed. Null while the first places are on their way.
 */
export function usePlaces(
  name: string,
  nodes: readonly Placed[] | null,
  ties: readonly Tie[],
  again: number,
): { places: ReadonlyMap<string, Point> | null; busy: boolean; keep: (moved: ReadonlyMap<string, Point>) => void } {
  const [state, setState] = useState<{ name: string; places: ReadonlyMap<string, Point> } | null>(null)
  const [busy, setBusy] = useState(false)
  const worker = useRef<Worker | null>(null)
  const asked = useRef(0)
  const lastAgain = useRef(again)
  const key = useMemo(() => (nodes ? JSON.stringify([name, nodes.map(({ id }) => id)]) : null), [name, nodes])

  useEffect(() => () => worker.current?.terminate(), [])
  useEffect(() => {
    if (!nodes || key === null) return
    const known = placesOf(name)
    const anew = lastAgain.current !== again
    lastAgain.current = again
    if (anew) known.clear()
    const fresh = nodes.filter(({ id, fixed }) => fixed === undefined && !known.has(id))
    if (fresh.length === 0 || nodes.length === 0) {
      const all = [...known, ...nodes.flatMap(({ id, fixed }) => (fixed ? [[id, fixed] as const] : []))]
      queueMicrotask(() => setState({ name, places: new Map(all) }))
      return
    }
    const hold = nodes.length - fresh.length >= nodes.length * KNOWN_SHARE
    const at = new Map(nodes.map(({ id }, n) => [id, n] as const))
    const pairs = ties.filter(({ from, to }) => at.has(from) && at.has(to))
    const id = ++asked.current
    worker.current ??= new Worker(new URL('./layoutWorker.ts', import.meta.url), { type: 'module' })
    worker.current.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
      if (data.id !== asked.current) return
      const places = placesOf(name)
      nodes.forEach((node, n) => places.set(node.id, { x: data.layout.x[n] ?? 0, y: data.layout.y[n] ?? 0 }))
      setBusy(false)
      setState({ name, places: new Map(places) })
    }
    queueMicrotask(() => setBusy(true))
    const place = (node: Placed): Point | undefined => node.fixed ?? known.get(node.id)
    worker.current.postMessage({
      id,
      input: {
        x: Float64Array.from(nodes, (node) => place(node)?.x ?? NaN),
        y: Float64Array.from(nodes, (node) => place(node)?.y ?? NaN),
        fixed: Uint8Array.from(nodes, (node) => (node.fixed || (hold && known.has(node.id)) ? 1 : 0)),
        room: Float64Array.from(nodes, ({ room }) => room),
        ends: Uint32Array.from(pairs.flatMap(({ from, to }) => [at.get(from) ?? 0, at.get(to) ?? 0])),
        pull: Float64Array.from(pairs, ({ weight }) => weight),
      },
    })
    // The key stands for the nodes: the same ones in another order of rows are no new question.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, again, name])

  return {
    places: state?.name === name ? state.places : null,
    busy,
    keep: (moved) => {
      const places = placesOf(name)
      for (const [id, point] of moved) places.set(id, point)
      setState({ name, places: new Map(places) })
    },
  }
}
