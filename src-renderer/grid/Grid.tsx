import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react'
import { ContextMenuPopover } from '@blueprintjs/core'
import { useAppearance } from '../ui/appearance.ts'
import { ColumnMenu } from './ColumnMenu.tsx'
import { placeColumns, sizeColumn, type Placed } from './columnLayout.ts'
import { fitWidth } from './fitWidth.ts'
import { layoutOf, type GridColumn, type GridLayout, type GridSort } from './gridColumn.ts'
import type { GridData } from './gridData.ts'
import { moveByKey } from './gridKeys.ts'
import { GridRow } from './GridRow.tsx'
import { isSelected, moveCursor, NOTHING_SELECTED, selectRow, toggleCursor, type GridSelection } from './gridSelection.ts'
import { HeaderCell } from './HeaderCell.tsx'
import { rangeOf } from './rowRanges.ts'
import { useGridScroll } from './useGridScroll.ts'
import { useHeaderDrag } from './useHeaderDrag.ts'
import './grid.css'

const ROW_HEIGHTS = { compact: 24, normal: 28, relaxed: 34 }
/** Pinned columns may take this share of the width; beyond it only the first stays pinned (200 % zoom). */
const PINNED_SHARE = 0.6

/** More than the rows drawn beyond one screen, so that no two drawn rows share a slot. */
const SPARE_SLOTS = 12

export type GridHandle = { focus(): void; showRow(row: number): void; showColumn(id: string): void }
export type GridPlace = { row: number; column: string }

export type GridProps<R> = {
  /** What the rows are, for those who hear the page. */
  label: string
  columns: readonly GridColumn<R>[]
  data: GridData<R>
  layout?: GridLayout
  onLayout?: (layout: GridLayout) => void
  sort?: GridSort | null
  /** Headers of sortable columns sort: ascending, descending, order of the source. */
  onSort?: (sort: GridSort | null) => void
  selection?: GridSelection
  onSelection?: (selection: GridSelection) => void
  /** Enter or a double click. */
  onOpen?: (row: number) => void
  /** Ctrl+C. */
  onCopy?: () => void
  /** The menu of a cell: right click, the menu key or Shift+F10. */
  cellMenu?: (place: GridPlace) => ReactNode
  /** Keys the grid does not know; true: done. */
  onKey?: (event: KeyboardEvent, place: GridPlace) => boolean
  /** A word for the bar and tint at the left of a row, styled as .tone-<word>. */
  toneOf?: (row: R) => string | undefined
  /** Shown in place of rows when there are none. */
  empty?: ReactNode
  ref?: Ref<GridHandle>
}

type OpenMenu = { x: number; y: number; content: ReactNode }

/** The one table of the program: any number of rows and columns, of which only those in view are drawn. */
export function Grid<R>(props: GridProps<R>) {
  const { label, columns, data, sort = null, onSort, onOpen, onCopy, cellMenu, onKey, toneOf, empty, ref } = props
  const rowHeight = ROW_HEIGHTS[useAppearance().density]
  const [ownLayout, setOwnLayout] = useState<GridLayout>(() => layoutOf(columns))
  const layout = props.layout ?? ownLayout
  const changeLayout = props.onLayout ?? setOwnLayout
  const [ownSelection, setOwnSelection] = useState(NOTHING_SELECTED)
  const selection = props.selection ?? ownSelection
  const [columnAt, setColumnAt] = useState(0)
  const [inHeader, setInHeader] = useState(false)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const total = data.total

  useSyncExternalStore(data.subscribe, data.version)
  const place = useCallback(
    (width: number) => {
      const placed = placeColumns(columns, layout)
      return placed.pinnedWidth > width * PINNED_SHARE && width > 0 ? placeColumns(columns, { ...layout, pinned: layout.pinned.slice(0, 1) }) : placed
    },
    [columns, layout],
  )
  const scroll = useGridScroll(total, rowHeight, place)
  const { placed, window: drawn, showRow, showColumn, toTop } = scroll
  const { pinned, rest, pinnedWidth } = placed
  const focusAt = Math.min(columnAt, placed.count - 1)
  const columnById = useCallback((at: number) => (at < pinned.length ? pinned[at] : rest[at - pinned.length]), [pinned, rest])

  // What is in view is asked for.
  const restShown = useMemo(() => rest.slice(drawn.from, drawn.to + 1), [rest, drawn.from, drawn.to])
  const wantedColumns = useMemo(() => [...pinned, ...restShown].map((one) => one.column.id), [pinned, restShown])
  useEffect(() => data.show({ first: drawn.first, last: drawn.last, columns: wantedColumns }), [data, drawn.first, drawn.last, wantedColumns])

  // The cursor of others (a link, an alert) is brought into the middle; our own only into view.
  const own = useRef<{ data: GridData<R>; cursor: number | null }>({ data, cursor: null })
  const hasHeight = scroll.size.height > 0
  useLayoutEffect(() => {
    if (!hasHeight) return
    const { cursor } = selection
    if (own.current.data !== data && cursor === null) toTop()
    if (cursor !== null && (own.current.cursor !== cursor || own.current.data !== data)) showRow(cursor, 'middle')
    own.current = { data, cursor }
  }, [data, selection, hasHeight, showRow, toTop])

  const root = useRef<HTMLDivElement>(null)
  const wantFocus = useRef(false)
  useLayoutEffect(() => {
    if (!wantFocus.current) return
    wantFocus.current = false
    root.current?.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: true })
  })

  const select = (next: GridSelection, align: 'nearest' | 'none' = 'nearest') => {
    own.current = { data, cursor: next.cursor }
    wantFocus.current = true
    setInHeader(false)
    if (next.cursor !== null && align === 'nearest') showRow(next.cursor)
    if (props.onSelection) props.onSelection(next)
    else setOwnSelection(next)
    if (!props.selection) setOwnSelection(next)
  }

  const goToColumn = (at: number) => {
    setColumnAt(at)
    showColumn(at)
  }

  const sortBy = useCallback(
    ({ column }: Placed<unknown>) => {
      if (!onSort || !column.sortable) return
      if (sort?.column !== column.id) onSort({ column: column.id, descending: false })
      else onSort(sort.descending ? null : { column: column.id, descending: true })
    },
    [onSort, sort],
  )
  const headerClick = useCallback(
    (column: Placed<unknown>) => {
      setColumnAt(column.at)
      setInHeader(true)
      wantFocus.current = true
      sortBy(column)
    },
    [sortBy],
  )
  const fit = (one: Placed<unknown>) => {
    const column = columns.find(({ id }) => id === one.column.id)
    if (!column || !root.current) return
    const texts = [`${column.title} ◀◀◀`, column.subtitle ?? '']
    for (let row = drawn.first; row <= drawn.last; row += 1) {
      const here = data.rowAt(row)
      const value = here === undefined ? undefined : (column.text?.(here) ?? column.render(here))
      if (typeof value === 'string') texts.push(value)
    }
    const style = getComputedStyle(root.current)
    changeLayout(sizeColumn(layout, column.id, fitWidth(texts, `12px ${style.getPropertyValue(column.mono ? '--font-mono' : '--font-ui')}`)))
  }

  const { drop, handlers } = useHeaderDrag(placed, layout, changeLayout, headerClick, fit)

  const openMenu = (x: number, y: number, row: number, at: number) => {
    const one = columnById(at)
    if (!one) return
    const content =
      row < 0 ? (
        <ColumnMenu placed={one} columns={placed} layout={layout} sort={sort} onLayout={changeLayout} onSort={onSort} onFit={fit} />
      ) : (
        cellMenu?.({ row, column: one.column.id })
      )
    if (content) setMenu({ x, y, content })
  }

  const cursorRow = selection.cursor ?? Math.min(Math.max(0, drawn.first), Math.max(0, total - 1))

  const onKeyDown = (event: KeyboardEvent) => {
    if (menu || event.defaultPrevented) return
    const ctrl = event.ctrlKey || event.metaKey
    const focused = inHeader ? -1 : cursorRow
    const column = columnById(focusAt)
    const done = () => event.preventDefault()
    const to = moveByKey({ key: event.key, ctrl, shift: event.shiftKey, alt: event.altKey }, { row: focused, column: focusAt }, { rows: total, columns: placed.count, page: scroll.pageRows })
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (inHeader && event.altKey && event.key === 'ArrowDown')) {
      const box = root.current?.querySelector('[data-focus]')?.getBoundingClientRect()
      if (box) openMenu(box.left + 8, box.bottom, focused, focusAt)
      return done()
    }
    if (to) {
      goToColumn(to.column)
      if (to.row === -1) {
        setInHeader(true)
        wantFocus.current = true
      } else if (event.shiftKey && to.row !== focused) select(selectRow(selection, to.row, { extend: true }))
      else if (to.row !== focused || selection.cursor === null || inHeader) select(moveCursor(selection, to.row))
      else wantFocus.current = true
      return done()
    }
    if (inHeader) {
      if ((event.key === 'Enter' || event.key === ' ') && column) {
        sortBy(column)
        done()
      }
      return
    }
    if (event.key === ' ') return select(toggleCursor(selection.cursor === null ? moveCursor(selection, cursorRow) : selection)), done()
    if (event.key === 'Enter' && !ctrl) {
      if (selection.cursor === null) select(moveCursor(selection, cursorRow))
      return onOpen?.(cursorRow), done()
    }
    if (ctrl && event.key === 'a') return select({ cursor: cursorRow, anchor: cursorRow, rows: total > 0 ? rangeOf(0, total - 1) : [] }, 'none'), done()
    if (ctrl && event.key === 'c' && onCopy) return onCopy(), done()
    if (event.key === 'Escape' && selection.rows.length > 0) {
      select({ ...selection, rows: [] }, 'none')
      event.stopPropagation()
      return done()
    }
    if (column && onKey?.(event, { row: cursorRow, column: column.column.id })) done()
  }

  const spotOf = (event: MouseEvent): { row: number; at: number } | undefined => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null
    const line = cell?.closest<HTMLElement>('[data-row]')
    return cell ? { row: Number(line?.dataset['row'] ?? -1), at: Number(cell.dataset['at']) } : undefined
  }
  const onMouseDown = (event: MouseEvent) => {
    const spot = spotOf(event)
    if (!spot || event.button !== 0) return
    event.preventDefault()
    setColumnAt(spot.at)
    select(selectRow(selection, spot.row, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey }), 'nearest')
  }
  const onContextMenu = (event: MouseEvent) => {
    const spot = spotOf(event)
    if (!spot) return
    event.preventDefault()
    setColumnAt(spot.at)
    if (spot.row >= 0 && !isSelected(selection, spot.row)) select(selectRow(selection, spot.row), 'none')
    openMenu(event.clientX, event.clientY, spot.row, spot.at)
  }

  useImperativeHandle(ref, () => ({
    focus: () => root.current?.querySelector<HTMLElement>('[data-focus]')?.focus({ preventScroll: true }),
    showRow: (row) => showRow(row, 'middle'),
    showColumn: (id) => {
      const at = [...pinned, ...rest].findIndex((one) => one.column.id === id)
      if (at >= 0) goToColumn(at)
    },
  }))

  // Rows that leave give their elements to rows that come: a dragged thumb changes texts instead of building a screen anew.
  // The row of the cursor has elements of its own, since one of them may hold the focus.
  const slots = scroll.pageRows + SPARE_SLOTS
  const indexes = Array.from({ length: Math.max(0, drawn.last - drawn.first + 1) }, (_, n) => drawn.first + n)
  // The row that has the focus is always there, also out of view, so that the keys keep working after scrolling away.
  if (total > 0 && (cursorRow < drawn.first || cursorRow > drawn.last)) indexes.push(cursorRow)
  const focusPlaced = rest[focusAt - pinned.length]
  const restWithFocus = focusPlaced && !restShown.includes(focusPlaced) ? [...restShown, focusPlaced] : restShown
  const dropOf = (at: number) => (drop?.at === at ? drop.side : undefined)
  const sortedOf = (id: string) => (sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined)
  const headCell = (one: Placed<R>) => (
    <HeaderCell key={one.column.id} placed={one} sorted={sortedOf(one.column.id)} focus={(inHeader || total === 0) && one.at === focusAt} drop={dropOf(one.at)} />
  )
  const space: CSSProperties = { width: pinnedWidth + placed.restWidth, height: 34 + scroll.map.height }

  return (
    <div
      ref={root}
      className="grid"
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={placed.count}
      aria-multiselectable
      data-region={label}
      onKeyDown={onKeyDown}
    >
      <div className="grid-scroll" ref={scroll.scroller} role="presentation" tabIndex={-1}>
        <div className="grid-space" style={space} role="presentation">
          <div className="grid-port" ref={scroll.port} style={scroll.size} role="presentation">
            <div
              role="row"
              aria-rowindex={1}
              className="grid-head"
              {...handlers}
              onContextMenu={onContextMenu}
            >
              <div className="grid-rest" style={{ left: pinnedWidth }} role="presentation">
                <div className="grid-shift" role="presentation">
                  {(inHeader ? restWithFocus : restShown).map(headCell)}
                </div>
              </div>
              <div className="grid-pins" style={{ width: pinnedWidth }} role="presentation">
                {pinned.map(headCell)}
              </div>
            </div>
            <div className="grid-view" role="presentation">
              <div
                className="grid-body"
                ref={scroll.body}
                role="rowgroup"
                onMouseDown={onMouseDown}
                onContextMenu={onContextMenu}
                onDoubleClick={(event) => {
                  const spot = spotOf(event)
                  if (spot) onOpen?.(spot.row)
                }}
              >
                {indexes.map((index) => {
                  const row = data.rowAt(index)
                  const here = index === cursorRow
                  const away = index < drawn.first ? -4 : index > drawn.last ? drawn.last - drawn.first + 12 : null
                  return (
                    <GridRow
                      key={here ? `cursor ${index}` : index % slots}
                      index={index}
                      row={row}
                      top={(away === null ? index - drawn.base : drawn.first - drawn.base + away) * rowHeight}
                      height={rowHeight}
                      pinned={pinned}
                      pinnedWidth={pinnedWidth}
                      rest={here ? restWithFocus : restShown}
                      selected={isSelected(selection, index)}
                      cursor={index === selection.cursor}
                      focusColumn={here && !inHeader ? focusAt : -1}
                      tone={row === undefined ? undefined : toneOf?.(row)}
                    />
                  )
                })}
              </div>
              {total === 0 && empty}
            </div>
          </div>
        </div>
      </div>
      <ContextMenuPopover
        isOpen={menu !== null}
        content={menu ? <>{menu.content}</> : <></>}
        targetOffset={{ left: menu?.x ?? 0, top: menu?.y ?? 0 }}
        onClose={() => {
          setMenu(null)
          wantFocus.current = true
        }}
      />
    </div>
  )
}
