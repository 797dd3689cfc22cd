import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'

/** Creates a hunt where the button is, and opens it. */
export function NewHuntButton() {
  const [open, setOpen] = useState(false)
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="bottom-end"
      content={<NewHuntForm onCancel={() => setOpen(false)} />}
    >
      <Action primary icon={<Plus size={13} />}>
        New hunt
      </Action>
    </Layer>
  )
}

function NewHuntForm({ onCancel }: { onCancel: () => void }) {
  const [name, setName] = useState('')
  const create = useCommand('hunts.create')
  return (
    <form
      className="hunt-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) create.mutate({ name: name.trim() }, { onSuccess: ({ id }) => navigate(link.overview(id)) })
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
