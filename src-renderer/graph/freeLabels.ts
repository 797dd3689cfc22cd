import type { Box } from './scene.ts'

/** Labels that are drawn at once at most. */
const LABELS_MAX = 260
const CELL = 60

/**
 * Which labels find room: in the order given each is taken whose box lies over none that was taken before. Boxes in pixels
 * of the screen.
 */
export function freeLabels<T>(labels: readonly { item: T; box: Box }[]): T[] {
  const cells = new Map<string, Box[]>()
  const taken: T[] = []
  for (const { item, box } of labels) {
    if (taken.length >= LABELS_MAX) break
    const keys: string[] = []
    for (let cx = Math.floor(box.x1 / CELL); cx <= Math.floor(box.x2 / CELL); cx++)
      for (let cy = Math.floor(box.y1 / CELL); cy <= Math.floor(box.y2 / CELL); cy++) keys.push(`${cx} ${cy}`)
    const hits = keys.some((key) =>
      cells.get(key)?.some((other) => box.x1 < other.x2 && box.x2 > other.x1 && box.y1 < other.y2 && box.y2 > other.y1),
    )
    if (hits) continue
    for (const key of keys) {
      const own = cells.get(key)
      if (own) own.push(box)
      else cells.set(key, [box])
    }
    taken.push(item)
  }
  return taken
}
