import { useState } from 'react'
import { HTMLSelect } from '@blueprintjs/core'
import { Trash } from '@blueprintjs/icons'
import type { CaseTask } from '#contract/cases'
import { severities, taskStates } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
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
    <FormDialog
      title="Task"
      submit="Save task"
      ready={title.trim() !== ''}
      busy={update.isPending}
      failure={<FailureLine failure={update.error ?? remove.error} />}
      className="case-dialog"
      right={<Action quiet icon={<Trash size={13} />} label="Delete the task" onClick={drop} />}
      onSubmit={keep}
      onClose={onClose}
    >
      <FormField label="Title">
        {(named) => (
          <input
            {...named}
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </FormField>
      <FormField label="Details">
        {(named) => (
          <textarea
            {...named}
            className="text-field case-text"
            rows={4}
            maxLength={20_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </FormField>
      <div className="case-form-line">
        <FormField label="State">
          {(named) => (
            <HTMLSelect
              {...named}
              value={state}
              options={taskStates.map((value) => ({ value, label: taskWords[value] }))}
              onChange={({ currentTarget }) => setState(taskStates.find((one) => one === currentTarget.value) ?? state)}
            />
          )}
        </FormField>
        <FormField label="Severity">
          {(named) => (
            <HTMLSelect
              {...named}
              value={severity}
              options={severities.map((value) => ({ value, label: capitalised(value) }))}
              onChange={({ currentTarget }) =>
                setSeverity(severities.find((one) => one === currentTarget.value) ?? severity)
              }
            />
          )}
        </FormField>
        <FormField label="Due">
          {(named) => (
            <input
              {...named}
              className="text-field"
              type="date"
              value={due}
              onChange={(event) => setDue(event.target.value)}
            />
          )}
        </FormField>
        <FormField label="Owner">
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={100}
              placeholder="Nobody yet"
              value={assignee}
              onChange={(event) => setAssignee(event.target.value)}
            />
          )}
        </FormField>
      </div>
    </FormDialog>
  )
}
