import { useId, useState } from 'react'
import { Dialog, HTMLSelect } from '@blueprintjs/core'
import { Trash } from '@blueprintjs/icons'
import type { CaseTask } from '#contract/cases'
import { severities, taskStates } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { capitalised } from '../../ui/capitalised.ts'
import { taskWords } from './caseWords.ts'

/** Everything about one task. */
export function TaskForm({ task, onClose }: { task: CaseTask; onClose: () => void }) {
  const { id } = task
  const [title, setTitle] = useState(task.title)
  const [text, setText] = useState(task.text)
  const [state, setState] = useState(task.state)
  const [severity, setSeverity] = useState(task.severity)
  const [assignee, setAssignee] = useState(task.assignee ?? '')
  const [due, setDue] = useState(task.due ?? '')
  const update = useCommand('cases.updateTask')
  const remove = useCommand('cases.deleteTask')
  const restore = useCommand('cases.restoreTask')
  const undo = useUndo()
  const heading = useId()
  const keep = () => {
    if (title.trim() === '') return
    const owner = assignee.trim() === '' ? null : assignee.trim()
    const change = { title: title.trim(), text, severity, assignee: owner, due: due === '' ? null : due }
    update.mutate(
      { id, ...change, ...(state === task.state ? {} : { state }) },
      {
        onSuccess: () => {
          onClose()
          const { title: was, text: said, severity: sev, assignee: who, due: when, state: stood } = task
          undo.offer(`Task “${task.title}” changed`, () =>
            update.mutate({ id, title: was, text: said, severity: sev, assignee: who, due: when, state: stood }),
          )
        },
      },
    )
  }
  const drop = () =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          onClose()
          undo.offer(`Task “${task.title}” deleted`, () => restore.mutate({ id }))
        },
      },
    )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className="dialog case-dialog"
      aria-labelledby={heading}
      transitionDuration={80}
      shouldReturnFocusOnClose={false}
    >
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <div className="line">
          <h2 id={heading}>Task</h2>
          <span className="spring" />
          <Action quiet icon={<Trash size={13} />} label="Delete the task" onClick={drop} />
        </div>
        <label className="field">
          <span className="t2 sm">Title</span>
          <input
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label className="field">
          <span className="t2 sm">Details</span>
          <textarea
            className="text-field case-text"
            rows={4}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="case-form-line">
          <label>
            <span className="t2 sm">State</span>
            <HTMLSelect
              value={state}
              options={taskStates.map((value) => ({ value, label: taskWords[value] }))}
              onChange={({ currentTarget }) => setState(taskStates.find((one) => one === currentTarget.value) ?? state)}
            />
          </label>
          <label>
            <span className="t2 sm">Severity</span>
            <HTMLSelect
              value={severity}
              options={severities.map((value) => ({ value, label: capitalised(value) }))}
              onChange={({ currentTarget }) =>
                setSeverity(severities.find((one) => one === currentTarget.value) ?? severity)
              }
            />
          </label>
          <label>
            <span className="t2 sm">Due</span>
            <input className="text-field" type="date" value={due} onChange={(event) => setDue(event.target.value)} />
          </label>
          <label>
            <span className="t2 sm">Owner</span>
            <input
              className="text-field"
              maxLength={100}
              placeholder="Nobody yet"
              value={assignee}
              onChange={(event) => setAssignee(event.target.value)}
            />
          </label>
        </div>
        <FailureLine failure={update.error ?? remove.error} />
        <div className="dialog-actions">
          <Action onClick={onClose}>Cancel</Action>
          <Action primary type="submit" disabled={title.trim() === ''} busy={update.isPending}>
            Save task
          </Action>
        </div>
      </form>
    </Dialog>
  )
}
