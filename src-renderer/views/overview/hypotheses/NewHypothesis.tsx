import { useState } from 'react'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { FormField } from '../../../ui/FormField.tsx'
import { TechniquePicker } from './TechniquePicker.tsx'

/** Names a hypothesis and begins it; the rest is written where it then stands. */
export function NewHypothesis({ hunt }: { hunt: string }) {
  const [title, setTitle] = useState('')
  const [technique, setTechnique] = useState<string | null>(null)
  const create = useCommand('hypotheses.create')
  return (
    <form
      className="hypothesis form-parts"
      aria-label="New hypothesis"
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim() === '') return
        create.mutate(
          { huntId: hunt, title: title.trim(), mitreTechnique: technique },
          { onSuccess: ({ id }) => navigate(link.hypotheses(hunt, id), { replace: true }) },
        )
      }}
    >
      <FormField label="What is supposed to have happened">
        {(named) => (
          <input
            {...named}
            className="text-field hypothesis-title"
            autoFocus
            maxLength={200}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </FormField>
      <TechniquePicker id={technique} onChange={setTechnique} />
      <FailureLine failure={create.error} />
      <div className="line">
        <Action primary type="submit" disabled={title.trim() === ''} busy={create.isPending}>
          Create hypothesis
        </Action>
        <Action href={link.hypotheses(hunt)}>Cancel</Action>
      </div>
    </form>
  )
}
