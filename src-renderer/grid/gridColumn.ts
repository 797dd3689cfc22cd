import type { ReactNode } from 'react'
import type { EntityType } from '../ui/EntityMark.tsx'

/** One column of a grid over rows of type R. */
export type GridColumn<R> = {
  id: string
  /** First line of the header. */
  title: string
  /** Second line: source column and zone. */
  subtitle?: string | undefined
  /** Whole text for the tooltip of the header; default: title and subtitle. */
  hint?: string | undefined
  /** Width in px before anyone changed it. */
  width?: number
  /** Share of the room that all columns together leave empty; default: none. */
  grow?: number
  align?: 'left' | 'right'
  /** Draws the mark of this entity, the coloured bar and the tint. */
  entity?: EntityType | undefined
  /** Draws this small icon in the header. */
  icon?: ReactNode
  /** Monospace, as evidence is shown. */
  mono?: boolean
  /** Where text that is too long is cut: a path tells more by its end. Default: at its end. */
  cut?: 'start' | 'end'
  pinned?: boolean
  sortable?: boolean
  /** Text is made safe and cut to the cell by the grid; anything else is drawn as it is. undefined: not loaded yet. */
  render(row: R): ReactNode
  /** The whole text of the cell, to copy and to fit the width; undefined: not loaded. Default: what `render` gives, where that is text. */
  text?(row: R): string | undefined
}

export type GridSort = { column: string; descending: boolean }

/** Which columns are shown in which order and how. Column ids; what is not named keeps its default. */
export type GridLayout = {
  order: readonly string[]
  hidden: readonly string[]
  pinned: readonly string[]
  widths: Readonly<Record<string, number>>
}

export const layoutOf = (columns: readonly { id: string; pinned?: boolean }[]): GridLayout => ({
  order: columns.map((column) => column.id),
  hidden: [],
  pinned: columns.filter((column) => column.pinned).map((column) => column.id),
  widths: {},
})
