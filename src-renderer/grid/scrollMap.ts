/**
 * Browsers cap the height of an element (Firefox near 17.8 M px, Chromium near 33.5 M px). Up to this height the scroll
 * position is the offset in the table; a taller table is scaled: the thumb moves in proportion, the wheel and the keys move
 * the offset itself and the thumb follows. 10 M rows of 24 px are 16 px of table per px of scroll position, so that the
 * thumb alone can still bring any row on screen.
 */
export const SCROLL_HEIGHT_MAX = 15_000_000

/** How a scroll position (px, of the browser) and an offset in the table (px, of all rows) belong together. */
export type ScrollMap = {
  /** Height of the scrolled element without its header. */
  height: number
  scaled: boolean
  /** Greatest offset: the last row stands at the bottom. */
  offsetMax: number
  toOffset(scrollTop: number): number
  toScrollTop(offset: number): number
}

const clamp = (value: number, max: number): number => Math.min(Math.max(0, value), max)

export function scrollMap(total: number, rowHeight: number, viewport: number): ScrollMap {
  const all = total * rowHeight
  const height = Math.min(all, SCROLL_HEIGHT_MAX)
  const offsetMax = Math.max(0, all - viewport)
  const topMax = Math.max(0, height - viewport)
  if (height === all) {
    return {
      height,
      scaled: false,
      offsetMax,
      toOffset: (top) => clamp(top, topMax),
      toScrollTop: (offset) => clamp(offset, offsetMax),
    }
  }
  return {
    height,
    scaled: true,
    offsetMax,
    toOffset: (top) => (clamp(top, topMax) / topMax) * offsetMax,
    toScrollTop: (offset) => (clamp(offset, offsetMax) / offsetMax) * topMax,
  }
}

/** The rows that are at least partly inside the viewport; `last` is -1 when there are none. */
export function rowsInView(
  offset: number,
  rowHeight: number,
  viewport: number,
  total: number,
): { first: number; last: number } {
  if (total === 0 || viewport <= 0) return { first: 0, last: -1 }
  const first = clamp(Math.floor(offset / rowHeight), total - 1)
  const last = clamp(Math.ceil((offset + viewport) / rowHeight) - 1, total - 1)
  return { first, last: Math.max(first, last) }
}

/** The offset nearest to the present one at which a whole row is in view; `middle` puts it in the middle unless it is in view. */
export function offsetShowing(
  row: number,
  offset: number,
  rowHeight: number,
  viewport: number,
  align: 'nearest' | 'middle' = 'nearest',
): number {
  const top = row * rowHeight
  const bottom = top + rowHeight
  if (top >= offset && bottom <= offset + viewport) return offset
  if (align === 'middle') return Math.max(0, top - Math.floor((viewport / rowHeight - 1) / 2) * rowHeight)
  return top < offset || viewport < rowHeight ? top : bottom - viewport
}
