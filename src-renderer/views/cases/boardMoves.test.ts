import { describe, expect, it } from 'vitest'
import type { CaseTask } from '#contract/cases'
import type { TaskState } from '#contract/values'
import { columnsOf, moveTo } from './boardMoves.ts'

const at = '2026-11-20T00:00:00.000Z'
const task = (id: string, state: TaskState): CaseTask => ({
  ...{ id, caseId: 'c', title: id, text: '', state, severity: 'low', assignee: null, due: null, author: '' },
  ...{ createdAt: at, updatedAt: at, doneAt: null },
})
const [a, b, c, d] = [task('a', 'todo'), task('b', 'todo'), task('c', 'todo'), task('d', 'done')]
const columns = columnsOf([a, b, c, d])

describe('the board', () => {
  it('moves up and down within a column and stops at its ends', () => {
    expect(moveTo(columns, b, 'ArrowUp')).toEqual({ state: 'todo', before: 'a', next: 'a' })
    expect(moveTo(columns, a, 'ArrowDown')).toEqual({ state: 'todo', before: 'c', next: 'b' })
    expect(moveTo(columns, b, 'ArrowDown')).toEqual({ state: 'todo', before: null, next: 'c' })
    expect(moveTo(columns, a, 'ArrowUp')).toBeNull()
    expect(moveTo(columns, c, 'ArrowDown')).toBeNull()
  })

  it('moves a card into the next column, and the focus over an empty one', () => {
    expect(moveTo(columns, b, 'ArrowRight')).toEqual({ state: 'in-progress', before: null, next: 'd' })
    expect(moveTo(columns, d, 'ArrowLeft')).toEqual({ state: 'in-progress', before: null, next: 'a' })
    expect(moveTo(columns, d, 'ArrowRight')).toBeNull()
    expect(moveTo(columns, a, 'x')).toBeNull()
  })
})
