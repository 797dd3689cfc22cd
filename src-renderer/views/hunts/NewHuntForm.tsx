import { useState } from 'react'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'

/** Names and creates a hunt, in place. */
export function NewHuntForm({
  name: proposed = '',
  onCreated,
  onCancel,
}: {
  name?: string
  onCreated: (id: string) => void
  onCancel: () => void
}) {
  const [name, setName] = useState(proposed)
  const create = useCommand('hunts.create')
  return (
    <form
      className="new-hunt"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) create.mutate({ name: name.trim() }, { onSuccess: ({ id }) => onCreated(id) })
      }}
    >
      <label className="field">
        <span className="t2 sm">Name of the hunt</span>
        <input
          className="text-field"
          value={name}
          maxLength={200}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <FailureLine failure={create.error} />
      <div className="dialog-actions">
        <Action onClick={onCancel}>Cancel</Action>
        <Action primary type="submit" disabled={!name.trim()} busy={create.isPending}>
          Create hunt
        </Action>
      </div>
    </form>
  )
}
