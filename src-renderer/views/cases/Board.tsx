import { useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { CaseTask, HuntCase } from '#contract/cases'
import { taskStates, type TaskState } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { NewTask } from './NewTask.tsx'
import { TaskCard } from './TaskCard.tsx'
import { TaskForm } from './TaskForm.tsx'
import { columnsOf, moveTo } from './boardMoves.ts'
import { taskWords } from './caseWords.ts'

/** Lists answer at most so many. */
const MOST = 500
const TASK_TYPE = 'application/x-huntbench-task'

/** What is to be done, in three columns. Cards are dragged, or moved with Alt and the arrow keys. */
export function Board({ caseId, counts }: { caseId: string; counts: HuntCase['tasks'] }) {
  const { data, error } = useCall('cases.tasks', { id: caseId, limit: MOST })
  const update = useCommand('cases.updateTask')
  const undo = useUndo()
  const board = useRef<HTMLDivElement>(null)
  const [adding, setAdding] = useState(false)
  const [opened, setOpened] = useState<string | null>(null)
  const [over, setOver] = useState<{ state: TaskState; before: string | null } | null>(null)
  useCommands([
    {
      id: 'tasks.new',
      title: 'New task in the case',
      group: 'Cases',
      keys: 'n',
      opensField: true,
      run: () => setAdding(true),
    },
  ])
  if (error && !data) return <FailureState failure={error} inline />
  if (!data) return <Skeleton rows={5} />
  const columns = columnsOf(data.tasks)
  const total = counts.todo + counts['in-progress'] + counts.done
  const focus = (id: string) =>
    requestAnimationFrame(() => board.current?.querySelector<HTMLElement>(`[data-task="${id}"]`)?.focus())

  const move = (task: CaseTask, state: TaskState, before: string | null, keyboard = false) => {
    const back = { state: task.state, before: columns[task.state][columns[task.state].indexOf(task) + 1]?.id ?? null }
    if (state === back.state && (before === back.before || before === task.id)) return
    update.mutate(
      { id: task.id, state, before },
      {
        onSuccess: () => {
          if (state !== task.state)
            undo.offer(`${task.title}: ${taskWords[state].toLowerCase()}`, () =>
              update.mutate({ id: task.id, ...back }),
            )
          if (keyboard) focus(task.id)
        },
      },
    )
  }
  const onKeyDown = (event: KeyboardEvent, task: CaseTask) => {
    const to = moveTo(columns, task, event.key)
    if (event.key === 'Enter') return setOpened(task.id)
    if (!to) return
    event.preventDefault()
    event.stopPropagation()
    if (event.altKey) return move(task, to.state, to.before, true)
    const next = to.next
    if (next) board.current?.querySelector<HTMLElement>(`[data-task="${next}"]`)?.focus()
  }
  const dropped = (event: DragEvent) => {
    const task = data.tasks.find(({ id }) => id === event.dataTransfer.getData(TASK_TYPE))
    if (task && over) {
      event.preventDefault()
      move(task, over.state, over.before)
    }
    setOver(null)
  }
  const task = data.tasks.find(({ id }) => id === opened)
  return (
    <section aria-label="Tasks">
      <div className="line case-board-head">
        <h3>Tasks</h3>
        <span className="t3 sm">
          {formatCount(counts.done)} of {formatCount(total)} done
          {data.total > data.tasks.length && `, ${formatNoun(data.tasks.length, 'task')} shown`}
        </span>
        <span className="spring" />
        <Action quiet icon={<Plus size={13} />} onClick={() => setAdding(true)}>
          Task
        </Action>
      </div>
      <FailureLine failure={update.error} />
      <div className="case-board" ref={board}>
        {taskStates.map((state) => (
          <div
            key={state}
            className="case-column"
            role="group"
            aria-label={taskWords[state]}
            data-over={over?.state === state && over.before === null ? '' : undefined}
            onDragOver={(event) => {
              if (!event.dataTransfer.types.includes(TASK_TYPE)) return
              event.preventDefault()
              setOver({ state, before: null })
            }}
            onDragLeave={() => setOver(null)}
            onDrop={dropped}
          >
            <div className="line case-column-head">
              <StatusMark status={state} word={false} />
              <span className="med">{taskWords[state]}</span>
              <span className="t3 num">{formatCount(counts[state])}</span>
            </div>
            {state === 'todo' && adding && <NewTask caseId={caseId} onDone={() => setAdding(false)} />}
            {columns[state].map((one) => (
              <TaskCard
                key={one.id}
                task={one}
                over={over?.before === one.id}
                dragType={TASK_TYPE}
                onOpen={() => setOpened(one.id)}
                onKeyDown={(event) => onKeyDown(event, one)}
                onOver={() => setOver({ state, before: one.id })}
              />
            ))}
          </div>
        ))}
      </div>
      {task && (
        <TaskForm
          task={task}
          onClose={() => {
            setOpened(null)
            focus(task.id)
          }}
        />
      )}
    </section>
  )
}
