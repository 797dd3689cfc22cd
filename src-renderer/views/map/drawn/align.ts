import type { Point } from '../../../graph/scene.ts'

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom', 'across', 'down'] as const
export type Alignment = (typeof alignments)[number]

export const alignmentNames: Record<Alignment, string> = {
  left: 'Align left',
  centre: 'Align centres',
  right: 'Align right',
  top: 'Align top',
  middle: 'Align middles',
  bottom: 'Align bottom',
  across: 'Space out across',
  down: 'Space out down',
}

/** New places of what is selected. Spacing out keeps the two outermost where they are. */
export function aligned(points: ReadonlyMap<string, Point>, how: Alignment): Map<string, Point> {
  const all = [...points]
  const xs = all.map(([, { x }]) => x)
  const ys = all.map(([, { y }]) => y)
  const [x1, x2, y1, y2] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  if (how === 'across' || how === 'down') {
    const axis = how === 'across' ? 'x' : 'y'
    const [least, most] = how === 'across' ? [x1, x2] : [y1, y2]
    const sorted = all.toSorted(([, a], [, b]) => a[axis] - b[axis])
    const gap = (most - least) / Math.max(1, sorted.length - 1)
    return new Map(sorted.map(([id, point], n) => [id, { ...point, [axis]: least + n * gap }]))
  }
  const to: Partial<Point> = {
    left: { x: x1 },
    right: { x: x2 },
    centre: { x: (x1 + x2) / 2 },
    top: { y: y1 },
    bottom: { y: y2 },
    middle: { y: (y1 + y2) / 2 },
  }[how]
  return new Map(all.map(([id, point]) => [id, { ...point, ...to }]))
}
