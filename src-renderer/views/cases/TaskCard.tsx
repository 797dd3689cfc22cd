import type { DragEvent, KeyboardEvent } from 'react'
import type { CaseTask } from '#contract/cases'
import { SevMark } from '../../ui/SevMark.tsx'

type TaskCardProps = {
  task: CaseTask
  /** A dragged card would go before this one. */
  over: boolean
  dragType: string
  onOpen: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onOver: () => void
}

/** One task on the board. */
export function TaskCard({ task, over, dragType, onOpen, onKeyDown, onOver }: TaskCardProps) {
  const { id, title, severity, assignee, due, state } = task
  return (
    <button
      type="button"
      className="case-task"
      draggable
      data-task={id}
      data-over={over ? '' : undefined}
      aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown"
      title="Enter opens, Alt with arrow keys moves"
      onClick={onOpen}
      onKeyDown={onKeyDown}
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.setData(dragType, id)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onDragOver={(event: DragEvent) => {
        if (!event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        event.stopPropagation()
        onOver()
      }}
    >
      <span className={state === 'done' ? 'med t2' : 'med'}>{title}</span>
      <span className="case-task-facts">
        <SevMark severity={severity} word={false} />
        <span className="t2 clip">{assignee ?? 'Nobody yet'}</span>
        <span className="spring" />
        <span className="mono t3">{due}</span>
      </span>
    </button>
  )
}
