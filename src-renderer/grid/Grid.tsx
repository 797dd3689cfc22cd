import {
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { CSSProperties, KeyboardEvent, MouseEvent } from 'react'
import { useAppearance } from '../ui/appearance.ts'
import { ColumnMenu } from './ColumnMenu.tsx'
import { placeColumns, sizeColumn, type Placed } from './columnLayout.ts'
import { fitWidth, textsOf } from './fitWidth.ts'
import { layoutOf, type GridLayout } from './gridColumn.ts'
import type { GridData } from './gridData.ts'
import { GridHead } from './GridHead.tsx'
import { gridKeyDown } from './gridKeyDown.ts'
import { GridMenu, type OpenMenu } from './GridMenu.tsx'
import { GridRow } from './GridRow.tsx'
import { isSelected, moveCursor, NOTHING_SELECTED, selectRow, type GridSelection } from './gridSelection.ts'
import type { GridProps } from './gridProps.ts'
import { spotOf } from './gridSpot.ts'
import { useGridFocus } from './useGridFocus.ts'
import { HEADER_HEIGHT, useGridScroll } from './useGridScroll.ts'
import { treeKey } from './treeRows.ts'
import { useHeaderDrag } from './useHeaderDrag.ts'
import './grid.css'

const ROW_HEIGHTS = { compact: 24, normal: 28, relaxed: 34 }
/** Pinned columns may take this share of the width; beyond it only the first stays pinned (200 % zoom). */
const PINNED_SHARE = 0.6

/** More than the rows drawn beyond one screen, so that no two drawn rows share a slot. */
const SPARE_SLOTS = 12

/** The one table of the program: any number of rows and columns, of which only those in view are drawn. */
export function Grid<R>(props: GridProps<R>) {
  const { label, columns, data, sort = null, onSort, onOpen, onCopy, cellMenu, onKey, toneOf, tree, empty, ref } = props
  const rowHeight = ROW_HEIGHTS[useAppearance().density]
  const [ownLayout, setOwnLayout] = useState<GridLayout>(() => layoutOf(columns))
  const layout = props.layout ?? ownLayout
  const changeLayout = props.onLayout ?? setOwnLayout
  const [ownSelection, setOwnSelection] = useState(NOTHING_SELECTED)
  const selection = props.selection ?? ownSelection
  const [focused, setFocused] = useState<{ at: number; id: string | undefined }>({ at: 0, id: undefined })
  const [inHeader, setInHeader] = useState(false)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const total = data.total

  useSyncExternalStore(data.subscribe, data.version)
  const place = useCallback(
    (width: number) => {
      const placed = placeColumns(columns, layout, width)
      return placed.pinnedWidth > width * PINNED_SHARE && width > 0
        ? placeColumns(columns, { ...layout, pinned: layout.pinned.slice(0, 1) }, width)
        : placed
    },
    [columns, layout],
  )
  const {
    scroller,
    port,
    body,
    size,
    map,
    pageRows,
    placed,
    window: drawn,
    showRow,
    showColumn,
    toTop,
  } = useGridScroll(total, rowHeight, place)
  const { pinned, rest, pinnedWidth } = placed
  // The focus stays on its column when others come before it.
  const moved = [...pinned, ...rest].findIndex(({ column }) => column.id === focused.id)
  const focusAt = moved >= 0 ? moved : Math.min(focused.at, placed.count - 1)
  const columnById = useCallback(
    (at: number) => (at < pinned.length ? pinned[at] : rest[at - pinned.length]),
    [pinned, rest],
  )

  const setColumnAt = useCallback((at: number) => setFocused({ at, id: columnById(at)?.column.id }), [columnById])

  // What is in view is asked for.
  const restShown = useMemo(() => rest.slice(drawn.from, drawn.to + 1), [rest, drawn.from, drawn.to])
  const wantedColumns = useMemo(() => [...pinned, ...restShown].map((one) => one.column.id), [pinned, restShown])
  useEffect(
    () => data.show({ first: drawn.first, last: drawn.last, columns: wantedColumns }),
    [data, drawn.first, drawn.last, wantedColumns],
  )

  const root = useRef<HTMLDivElement>(null)
  const wantFocus = useRef(false)
  // The cursor of others (a link, an alert) is brought into the middle, and takes the keys where nothing has them; our own only into view.
  const own = useRef<{ data: GridData<R>; cursor: number | null }>({ data, cursor: null })
  const hasHeight = size.height > 0
  useLayoutEffect(() => {
    if (!hasHeight) return
    const { cursor } = selection
    if (own.current.data !== data && cursor === null) toTop()
    if (cursor !== null && (own.current.cursor !== cursor || own.current.data !== data)) {
      showRow(cursor, 'middle')
      if (document.activeElement === document.body) wantFocus.current = true
    }
    own.current = { data, cursor }
  }, [data, selection, hasHeight, showRow, toTop])

  const focusHandlers = useGridFocus(root, wantFocus)

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
  const toHeader = useCallback(() => {
    setInHeader(true)
    wantFocus.current = true
  }, [])
  const headerClick = useCallback(
    (column: Placed<unknown>) => {
      setColumnAt(column.at)
      toHeader()
      sortBy(column)
    },
    [setColumnAt, sortBy, toHeader],
  )
  const fit = (one: Placed<unknown>) => {
    const column = columns.find(({ id }) => id === one.column.id)
    if (!column || !root.current) return
    const font = getComputedStyle(root.current).getPropertyValue(column.mono ? '--font-mono' : '--font-ui')
    const texts = textsOf(column, data, drawn.first, drawn.last)
    changeLayout(sizeColumn(layout, column.id, fitWidth(texts, `12px ${font}`)))
  }

  const { drop, handlers } = useHeaderDrag(placed, layout, changeLayout, headerClick, fit)

  const openMenu = (x: number, y: number, row: number, at: number) => {
    const one = columnById(at)
    if (!one) return
    const content =
      row < 0 ? (
        <ColumnMenu
          placed={one}
          columns={placed}
          layout={layout}
          sort={sort}
          onLayout={changeLayout}
          onSort={onSort}
          onFit={fit}
          more={props.columnItems?.(one.column.id)}
        />
      ) : (
        cellMenu?.({ row, column: one.column.id })
      )
    if (content) setMenu({ x, y, content })
  }
  const closeMenu = () => {
    setMenu(null)
    wantFocus.current = true
  }

  const cursorRow = selection.cursor ?? Math.min(Math.max(0, drawn.first), Math.max(0, total - 1))

  const onKeyDown = (event: KeyboardEvent) => {
    if (menu || event.defaultPrevented) return
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const step = tree && plain && !inHeader ? treeKey(event.key, cursorRow, data, tree) : undefined
    if (step) {
      event.preventDefault()
      const own = data.rowAt(cursorRow)
      if ('to' in step) select(moveCursor(selection, step.to))
      else if (own !== undefined) tree?.onToggle(cursorRow, own)
      wantFocus.current = true
      return
    }
    const column = columnById(focusAt)
    const row = inHeader ? -1 : cursorRow
    const done = gridKeyDown(event, {
      at: { row, column: focusAt },
      cursorRow,
      size: { rows: total, columns: placed.count, page: pageRows },
      selection,
      toColumn: goToColumn,
      toHeader,
      select,
      refocus: () => (wantFocus.current = true),
      openMenu: () => {
        const box = root.current?.querySelector('[data-focus]')?.getBoundingClientRect()
        if (box) openMenu(box.left + 8, box.bottom, row, focusAt)
      },
      sort: () => column && sortBy(column),
      open: () => onOpen?.(cursorRow),
      copy: onCopy,
      other: (press) => column !== undefined && (onKey?.(press, { row: cursorRow, column: column.column.id }) ?? false),
    })
    if (done) event.preventDefault()
  }

  const onMouseDown = (event: MouseEvent) => {
    const spot = spotOf(event)
    if (!spot || event.button !== 0) return
    event.preventDefault()
    setColumnAt(spot.at)
    select(
      selectRow(selection, spot.row, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey }),
      'nearest',
    )
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
  const slots = pageRows + SPARE_SLOTS
  const indexes = Array.from({ length: Math.max(0, drawn.last - drawn.first + 1) }, (_, n) => drawn.first + n)
  // The row that has the focus is always there, also out of view, so that the keys keep working after scrolling away.
  if (total > 0 && (cursorRow < drawn.first || cursorRow > drawn.last)) indexes.push(cursorRow)
  const focusPlaced = rest[focusAt - pinned.length]
  const restWithFocus = focusPlaced && !restShown.includes(focusPlaced) ? [...restShown, focusPlaced] : restShown
  const space: CSSProperties = { width: pinnedWidth + placed.restWidth, height: HEADER_HEIGHT + map.height }

  return (
    <div
      ref={root}
      className="grid"
      role={tree ? 'treegrid' : 'grid'}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={placed.count}
      aria-multiselectable
      data-region={label}
      onKeyDown={onKeyDown}
      {...focusHandlers}
    >
      <div className="grid-scroll" ref={scroller} role="presentation">
        <div className="grid-space" style={space} role="presentation">
          <div className="grid-port" ref={port} style={size} role="presentation">
            <GridHead
              pinned={pinned}
              pinnedWidth={pinnedWidth}
              rest={inHeader ? restWithFocus : restShown}
              sort={sort}
              drop={drop}
              focusColumn={inHeader || total === 0 ? focusAt : -1}
              onContextMenu={onContextMenu}
              {...handlers}
            />
            <div className="grid-view" role="presentation">
              <div
                className="grid-body"
                ref={body}
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
                      level={row === undefined || !tree ? undefined : tree.depthOf(row) + 1}
                      expanded={row === undefined || !tree ? null : tree.expandedOf(row)}
                    />
                  )
                })}
              </div>
              {total === 0 && empty}
            </div>
          </div>
        </div>
      </div>
      <GridMenu menu={menu} onClose={closeMenu} />
    </div>
  )
}
