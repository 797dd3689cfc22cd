type Place = { x: number; y: number }
/** `top`: where its name stands. */
type Heap = { group: string; count: number; x: number; y: number; radius: number; top: number }

/** Distance of two neighbours, and of two heaps, in units of the drawing. */
const NEAR = 22
const APART = 46
/** The angle by which seeds of a sunflower follow each other: they fill a disc evenly. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** Places for things in groups: each group a disc, discs in rows, large ones first. The same input gives the same places. */
export function heaps(nodes: readonly { group: string }[]): { places: Place[]; groups: Heap[] } {
  const counts = new Map<string, number>()
  for (const { group } of nodes) counts.set(group, (counts.get(group) ?? 0) + 1)
  const sized = [...counts]
    .map(([group, count]) => ({ group, count, radius: count === 1 ? NEAR / 2 : NEAR * Math.sqrt(count) }))
    .toSorted((a, b) => b.count - a.count || a.group.localeCompare(b.group, 'en', { numeric: true }))
  const area = sized.reduce((sum, { radius }) => sum + (2 * radius + APART) ** 2, 0)
  const width = Math.max(Math.sqrt(area) * 1.5, 2 * (sized[0]?.radius ?? 0) + APART)
  const groups: Heap[] = []
  let [x, y, high] = [0, 0, 0]
  for (const { group, count, radius } of sized) {
    const wide = 2 * radius + APART
    if (x > 0 && x + wide > width) [x, y, high] = [0, y + high, 0]
    const [middle, centre] = [x + wide / 2, y + APART + radius]
    groups.push({ group, count, radius, x: middle, y: centre, top: centre - radius - NEAR })
    x += wide
    high = Math.max(high, wide)
  }
  const byGroup = new Map(groups.map((heap) => [heap.group, heap]))
  const seen = new Map<string, number>()
  const places = nodes.map(({ group }) => {
    const heap = byGroup.get(group)
    const n = seen.get(group) ?? 0
    seen.set(group, n + 1)
    if (!heap || heap.count === 1) return { x: heap?.x ?? 0, y: heap?.y ?? 0 }
    const far = heap.radius * Math.sqrt((n + 0.5) / heap.count)
    return { x: heap.x + far * Math.cos(n * GOLDEN), y: heap.y + far * Math.sin(n * GOLDEN) }
  })
  return { places, groups }
}
