import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveByKey, type KeyPress } from './gridKeys.ts'

const plain = (key: string): KeyPress => ({ key, ctrl: false, shift: false, alt: false })
const size = { rows: 1_000, columns: 12, page: 20 }

describe('keys in a grid', () => {
  it('move by cell, screen, line and table', () => {
    const at = { row: 100, column: 5 }
    expect(moveByKey(plain('ArrowDown'), at, size)).toEqual({ row: 101, column: 5 })
    expect(moveByKey(plain('PageUp'), at, size)).toEqual({ row: 80, column: 5 })
    expect(moveByKey(plain('Home'), at, size)).toEqual({ row: 100, column: 0 })
    expect(moveByKey(plain('End'), at, size)).toEqual({ row: 100, column: 11 })
    expect(moveByKey({ ...plain('Home'), ctrl: true }, at, size)).toEqual({ row: 0, column: 0 })
    expect(moveByKey({ ...plain('End'), ctrl: true }, at, size)).toEqual({ row: 999, column: 11 })
    expect(moveByKey(plain('j'), at, size)).toEqual({ row: 101, column: 5 })
  })

  it('reach the header by going up from the first row', () => {
    expect(moveByKey(plain('ArrowUp'), { row: 0, column: 2 }, size)).toEqual({ row: -1, column: 2 })
    expect(moveByKey(plain('k'), { row: 0, column: 2 }, size)).toEqual({ row: 0, column: 2 })
  })

  it('leave alone what is not theirs', () => {
    expect(moveByKey(plain('x'), { row: 0, column: 0 }, size)).toBeUndefined()
    expect(moveByKey({ ...plain('ArrowLeft'), alt: true }, { row: 0, column: 0 }, size)).toBeUndefined()
  })

  it('never leave the table', () => {
    const keys = fc.constantFrom(
      'ArrowUp',
      'ArrowDown',
      'ArrowLeft',
      'ArrowRight',
      'PageUp',
      'PageDown',
      'Home',
      'End',
      'j',
      'k',
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(keys, fc.boolean()), { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (presses, rows, columns) => {
          let at = { row: 0, column: 0 }
          for (const [key, ctrl] of presses)
            at = moveByKey({ ...plain(key), ctrl }, at, { rows, columns, page: 10 }) ?? at
          expect(at.row).toBeGreaterThanOrEqual(-1)
          expect(at.row).toBeLessThan(rows)
          expect(at.column).toBeGreaterThanOrEqual(0)
          expect(at.column).toBeLessThan(columns)
        },
      ),
    )
  })
})
