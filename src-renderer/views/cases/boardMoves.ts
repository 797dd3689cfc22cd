import type { CaseTask } from '#contract/cases'
import { taskStates, type TaskState } from '#contract/values'

export type Columns = Record<TaskState, CaseTask[]>

/** Tasks by column, in the order in which they came. */
export const columnsOf = (tasks: readonly CaseTask[]): Columns => ({
  todo: tasks.filter(({ state }) => state === 'todo'),
  'in-progress': tasks.filter(({ state }) => state === 'in-progress'),
  done: tasks.filter(({ state }) => state === 'done'),
})

/**
 * Where an arrow key leads from a task: `next` is the task that has the focus then; the task itself, when it is moved, goes
 * into `state` before `before` (null: last). null: nowhere.
 */
export function moveTo(
  columns: Columns,
  task: CaseTask,
  key: string,
): { state: TaskState; before: string | null; next: string | null } | null {
  const column = columns[task.state]
  const at = column.indexOf(task)
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = column[key === 'ArrowUp' ? at - 1 : at + 1]
    if (!next) return null
    const before = key === 'ArrowUp' ? next.id : (column[at + 2]?.id ?? null)
    return { state: task.state, before, next: next.id }
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null
  const states = [...taskStates]
  const here = states.indexOf(task.state)
  const sideways = key === 'ArrowLeft' ? states.slice(0, here).reverse() : states.slice(here + 1)
  const state = sideways[0]
  if (!state) return null
  const beside = columns[state][Math.min(at, columns[state].length - 1)]
  // The focus passes over an empty column; a card is put into it.
  const focused = sideways.map((one) => columns[one][Math.min(at, columns[one].length - 1)]).find((one) => one)
  return { state, before: at < columns[state].length ? (beside?.id ?? null) : null, next: focused?.id ?? null }
}
