import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GridLayout } from '../../grid/gridColumn.ts'
import { hideColumn, moveColumn, pinColumn, placeColumns } from '../../grid/columnLayout.ts'
import { columnsFromParam, columnsToParam, ROW_COLUMN } from './columnsParam.ts'

const standardOf = (count: number): GridLayout => ({
  order: [ROW_COLUMN, ...Array.from({ length: count }, (_, n) => String(n))],
  hidden: [],
  pinned: [ROW_COLUMN, '0'],
  widths: {},
})
const shownOf = (layout: GridLayout): string[] => {
  const columns = layout.order.map((id) => ({ id, title: id, render: () => '' }))
  const { pinned, rest } = placeColumns(columns, layout)
  return [...pinned.map((one) => `${one.column.id}!`), ...rest.map((one) => one.column.id)]
}

describe('columns in the URL', () => {
  it('are short, also where one of 9,000 is hidden', () => {
    const standard = standardOf(9_000)
    expect(columnsToParam(standard, standard)).toBeNull()
    expect(columnsToParam(hideColumn(standard, '4000'), standard)).toBe('0!,1-3999,4001-8999')
  })

  it('come back as they were', () => {
    const change = fc.record({ do: fc.constantFrom('hide', 'pin', 'unpin', 'move'), a: fc.nat(11), b: fc.nat(11) })
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.array(change, { maxLength: 8 }), (count, changes) => {
        const standard = standardOf(count)
        let layout = standard
        for (const one of changes) {
          const [a, b] = [String(one.a % count), String(one.b % count)]
          if (one.do === 'hide' && layout.hidden.length < count - 1) layout = hideColumn(layout, a)
          else if (one.do === 'move') layout = moveColumn(layout, a, b, layout.pinned.includes(b))
          else if (one.do !== 'hide') layout = pinColumn(layout, a, one.do === 'pin')
        }
        expect(shownOf(columnsFromParam(columnsToParam(layout, standard), standard))).toEqual(shownOf(layout))
      }),
    )
  })

  it('that mean nothing are left out', () => {
    const standard = standardOf(3)
    expect(columnsFromParam('x,99,-1', standard)).toBe(standard)
    expect(shownOf(columnsFromParam('2,77-80,1!', standard))).toEqual(['row!', '1!', '2'])
    expect(shownOf(columnsFromParam('0-999999', standard))).toEqual(['row!', '0', '1', '2'])
  })
})
