import { useState } from 'react'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'

/** Names a task where it will stand; Enter keeps it and the next one can be typed, Escape ends. */
export function NewTask({ caseId, onDone }: { caseId: string; onDone: () => void }) {
  const [title, setTitle] = useState('')
  const create = useCommand('cases.createTask')
  const keep = (then?: () => void) => {
    if (title.trim() === '') return then?.()
    create.mutate(
      { caseId, title: title.trim() },
      {
        onSuccess: () => {
          setTitle('')
          then?.()
        },
      },
    )
  }
  return (
    <form
      className="case-new-task"
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
    >
      <input
        className="text-field"
        aria-label="New task"
        placeholder="What is to be done"
        autoFocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={() => keep(onDone)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          onDone()
        }}
      />
      <FailureLine failure={create.error} />
    </form>
  )
}
