import type { GridColumn, GridLayout } from './gridColumn.ts'

export const COLUMN_WIDTH = 140
export const COLUMN_WIDTH_MIN = 36
export const COLUMN_WIDTH_MAX = 1_600

/** A column where it stands: `left` in px from the start of its part, `at` its place among all shown columns, from 0. */
export type Placed<R> = {
  column: GridColumn<R>
  at: number
  left: number
  width: number
  /** Made once, so that cells keep the same objects while rows come and go. */
  style: { left: number; width: number }
  cellClass: string
}
export type PlacedColumns<R> = {
  pinned: readonly Placed<R>[]
  rest: readonly Placed<R>[]
  pinnedWidth: number
  restWidth: number
  count: number
}

const cellClass = (column: Pick<GridColumn<never>, 'mono' | 'align' | 'entity'>, pinEnd: boolean): string =>
  [
    'grid-cell',
    column.mono && 'mono',
    column.align === 'right' && 'right',
    column.entity && 'tinted',
    pinEnd && 'pin-end',
  ]
    .filter(Boolean)
    .join(' ')

const clampWidth = (width: number): number => Math.min(Math.max(Math.round(width), COLUMN_WIDTH_MIN), COLUMN_WIDTH_MAX)

/**
 * What each growing column gets of the room (px) that the others leave, by its share; nothing where there is none. A column
 * whose width somebody set keeps it.
 */
function grownWidths<R>(
  shown: readonly GridColumn<R>[],
  layout: GridLayout,
  room: number,
): ReadonlyMap<string, number> {
  const growing = shown.filter(({ id, grow = 0 }) => grow > 0 && layout.widths[id] === undefined)
  const left = room - shown.reduce((sum, column) => sum + widthOf(column, layout), 0)
  let shares = growing.reduce((sum, { grow = 0 }) => sum + grow, 0)
  let rest = left
  const widths = new Map<string, number>()
  if (left <= 0) return widths
  for (const column of growing) {
    const { grow = 0 } = column
    const part = Math.floor((rest * grow) / shares)
    widths.set(column.id, clampWidth(widthOf(column, layout) + part))
    rest -= part
    shares -= grow
  }
  return widths
}

const widthOf = ({ id, width = COLUMN_WIDTH }: { id: string; width?: number }, layout: GridLayout): number =>
  clampWidth(layout.widths[id] ?? width)

/**
 * The columns that are shown, pinned ones first, in the order of the layout; columns unknown to the layout come last.
 * `room`: px that growing columns may fill.
 */
export function placeColumns<R>(columns: readonly GridColumn<R>[], layout: GridLayout, room = 0): PlacedColumns<R> {
  const byId = new Map(columns.map((column) => [column.id, column]))
  const hidden = new Set(layout.hidden)
  const ordered = new Set([...layout.order, ...columns.map((column) => column.id)])
  const shown = [...ordered].flatMap((id) => (hidden.has(id) ? [] : (byId.get(id) ?? [])))
  const pins = new Set(layout.pinned)
  const grown = grownWidths(shown, layout, room)
  const place = (list: readonly GridColumn<R>[], start: number, pinned: boolean): Placed<R>[] => {
    let left = 0
    return list.map((column, n) => {
      const width = grown.get(column.id) ?? widthOf(column, layout)
      const placed = {
        column,
        at: start + n,
        left,
        width,
        style: { left, width },
        cellClass: cellClass(column, pinned && n === list.length - 1),
      }
      left += width
      return placed
    })
  }
  const pinned = place(
    shown.filter((column) => pins.has(column.id)),
    0,
    true,
  )
  const rest = place(
    shown.filter((column) => !pins.has(column.id)),
    pinned.length,
    false,
  )
  const end = (list: readonly Placed<R>[]): number => list.reduce((sum, one) => sum + one.width, 0)
  return { pinned, rest, pinnedWidth: end(pinned), restWidth: end(rest), count: shown.length }
}

/** First and last (inclusive) of the placed columns that touch [left, left + width); last is -1 when none does. */
export function columnsInView<R>(
  rest: readonly Placed<R>[],
  left: number,
  width: number,
): { first: number; last: number } {
  let low = 0
  let high = rest.length
  while (low < high) {
    const middle = (low + high) >> 1
    const one = rest[middle]
    if (one && one.left + one.width <= left) low = middle + 1
    else high = middle
  }
  let last = low
  while (last < rest.length && (rest[last]?.left ?? 0) < left + width) last += 1
  return { first: low, last: last - 1 }
}

/** Moves a column before another one (null: to the end). A pinned target pins it, any other unpins it. */
export function moveColumn(layout: GridLayout, id: string, before: string | null, pin: boolean): GridLayout {
  const order = layout.order.filter((one) => one !== id)
  const place = before === null ? order.length : order.indexOf(before)
  const at = place === -1 ? order.length : place
  const pinned = layout.pinned.filter((one) => one !== id)
  return { ...layout, order: [...order.slice(0, at), id, ...order.slice(at)], pinned: pin ? [...pinned, id] : pinned }
}

export const hideColumn = (layout: GridLayout, id: string): GridLayout => ({
  ...layout,
  hidden: [...layout.hidden.filter((one) => one !== id), id],
})
export const showColumn = (layout: GridLayout, id: string): GridLayout => ({
  ...layout,
  hidden: layout.hidden.filter((one) => one !== id),
})
export const pinColumn = (layout: GridLayout, id: string, pin: boolean): GridLayout => {
  const pinned = layout.pinned.filter((one) => one !== id)
  return { ...layout, pinned: pin ? [...pinned, id] : pinned }
}
export const sizeColumn = (layout: GridLayout, id: string, width: number): GridLayout => ({
  ...layout,
  widths: { ...layout.widths, [id]: clampWidth(width) },
})
