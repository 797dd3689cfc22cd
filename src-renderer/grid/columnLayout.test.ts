import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnsInView,
  hideColumn,
  moveColumn,
  pinColumn,
  placeColumns,
  showColumn,
  sizeColumn,
} from './columnLayout.ts'
import { layoutOf, type GridColumn } from './gridColumn.ts'

const some = (count: number): GridColumn<null>[] =>
  Array.from({ length: count }, (_, n) => ({ id: `c${n}`, title: `c${n}`, render: () => '' }))
const ids = (placed: readonly { column: { id: string } }[]): string[] => placed.map((one) => one.column.id)

describe('columns of a grid', () => {
  it('stand in the order of the layout, pinned ones first', () => {
    const columns = some(5)
    const layout = pinColumn(moveColumn(layoutOf(columns), 'c4', 'c1', false), 'c3', true)
    const placed = placeColumns(columns, layout)
    expect(ids(placed.pinned)).toEqual(['c3'])
    expect(ids(placed.rest)).toEqual(['c0', 'c4', 'c1', 'c2'])
    expect(placed.rest.map((one) => one.at)).toEqual([1, 2, 3, 4])
  })

  it('can be hidden and shown again where they stood', () => {
    const columns = some(4)
    const hidden = hideColumn(layoutOf(columns), 'c1')
    expect(ids(placeColumns(columns, hidden).rest)).toEqual(['c0', 'c2', 'c3'])
    expect(ids(placeColumns(columns, showColumn(hidden, 'c1')).rest)).toEqual(['c0', 'c1', 'c2', 'c3'])
  })

  it('share the room that is left, but for those whose width somebody set', () => {
    const columns = some(3).map((column, n) => ({ ...column, width: 100, grow: n }))
    const widths = (room: number, layout = layoutOf(columns)) =>
      placeColumns(columns, layout, room).rest.map(({ width }) => width)
    expect(widths(600)).toEqual([100, 200, 300])
    expect(widths(600, sizeColumn(layoutOf(columns), 'c2', 150))).toEqual([100, 350, 150])
    expect(widths(200)).toEqual([100, 100, 100])
  })

  it('show exactly those that touch the window, of 9,000 too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_000 }),
        fc.array(fc.tuple(fc.nat(8_999), fc.integer({ min: 40, max: 900 })), { maxLength: 10 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 100, max: 2_000 }),
        (count, sizes, at, width) => {
          const columns = some(count)
          const layout = sizes.reduce((one, [n, size]) => sizeColumn(one, `c${n % count}`, size), layoutOf(columns))
          const { rest, restWidth } = placeColumns(columns, layout)
          const left = Math.floor(at * Math.max(0, restWidth - 1))
          const { first, last } = columnsInView(rest, left, width)
          const inside = rest.filter((one) => one.left + one.width > left && one.left < left + width)
          expect([first, last]).toEqual([inside[0]!.at, inside.at(-1)!.at])
        },
      ),
      { numRuns: 30 },
    )
  })

  it('keep every column when one is moved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.nat(11),
        fc.option(fc.nat(11), { nil: null }),
        fc.boolean(),
        (count, from, to, pin) => {
          const columns = some(count)
          const moved = moveColumn(layoutOf(columns), `c${from % count}`, to === null ? null : `c${to % count}`, pin)
          expect(moved.order.toSorted()).toEqual(columns.map((column) => column.id).toSorted())
          expect(moved.pinned.includes(`c${from % count}`)).toBe(pin)
        },
      ),
    )
  })
})
