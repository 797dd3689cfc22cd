import { memo } from 'react'
import type { ReactNode } from 'react'
import { CellText } from './CellText.tsx'
import type { Placed } from './columnLayout.ts'

export type GridRowProps = {
  /** From 0. */
  index: number
  /** undefined: not loaded yet. */
  row: unknown
  top: number
  height: number
  pinned: readonly Placed<unknown>[]
  pinnedWidth: number
  rest: readonly Placed<unknown>[]
  selected: boolean
  cursor: boolean
  /** Place of the column that takes the focus; -1: in another row. */
  focusColumn: number
  tone: string | undefined
  /** In a tree, from 1. */
  level?: number | undefined
  /** In a tree; null: nothing below it. */
  expanded?: boolean | null
}

/** Bars of different lengths, the same for a cell whenever it is drawn. */
const BARS = ['w1', 'w2', 'w3', 'w4', 'w5']

function content(row: unknown, { column, width }: Placed<unknown>, bar: number): ReactNode {
  const value = row === undefined ? undefined : column.render(row)
  if (value === undefined) return <span className={`grid-wait ${BARS[bar % BARS.length] ?? ''}`} />
  if (typeof value === 'string' && column.cut === 'start') {
    return (
      <span className="grid-text cut-start">
        <bdi dir="ltr">
          <CellText text={value} width={width} cut="start" />
        </bdi>
      </span>
    )
  }
  return (
    <span className="grid-text">{typeof value === 'string' ? <CellText text={value} width={width} /> : value}</span>
  )
}

function Cells({
  cells,
  index,
  row,
  focusColumn,
}: { cells: readonly Placed<unknown>[] } & Pick<GridRowProps, 'index' | 'row' | 'focusColumn'>) {
  return cells.map((placed) => (
    <div
      key={placed.column.id}
      role="gridcell"
      aria-colindex={placed.at + 1}
      className={placed.cellClass}
      style={placed.style}
      data-entity={placed.column.entity}
      data-at={placed.at}
      {...(placed.at === focusColumn ? { tabIndex: 0, 'data-focus': '' } : {})}
    >
      {content(row, placed, index * 3 + placed.at)}
    </div>
  ))
}

/** One row. Everything it gets keeps its identity while it scrolls, so that only rows that come in are drawn. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, top, height, pinned, pinnedWidth, rest, selected, cursor, focusColumn, tone } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-level={props.level}
      aria-expanded={props.expanded ?? undefined}
      className={`grid-row${selected ? ' selected' : ''}${cursor ? ' cursor' : ''}${tone ? ` tone-${tone}` : ''}`}
      style={{ height, transform: `translateY(${top}px)` }}
      data-row={index}
    >
      <div className="grid-rest" role="presentation" style={{ left: pinnedWidth }}>
        <div className="grid-shift" role="presentation">
          <Cells cells={rest} index={index} row={row} focusColumn={focusColumn} />
        </div>
      </div>
      <div className="grid-pins" role="presentation" style={{ width: pinnedWidth }}>
        <Cells cells={pinned} index={index} row={row} focusColumn={focusColumn} />
      </div>
    </div>
  )
})
