import { useState } from 'react'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { AddChoice } from './AddChoice.tsx'

const SHOWN = 20

/** Chooses a hunt that belongs to the case. */
export function AddHunt({ caseId, known }: { caseId: string; known: readonly string[] }) {
  return (
    <AddChoice label="Add a hunt to the case">
      {(onDone) => <Choice caseId={caseId} known={known} onDone={onDone} />}
    </AddChoice>
  )
}

function Choice({ caseId, known, onDone }: { caseId: string; known: readonly string[]; onDone: () => void }) {
  const [text, setText] = useState('')
  const { data } = useCall('hunts.list', { limit: 500 })
  const add = useCommand('cases.link')
  const matching = (data?.hunts ?? []).filter(
    ({ id, name }) => !known.includes(id) && name.toLowerCase().includes(text.trim().toLowerCase()),
  )
  const put = (target: string) => add.mutate({ id: caseId, links: [{ kind: 'hunt', target }] }, { onSuccess: onDone })
  return (
    <form
      className="case-choose"
      onSubmit={(event) => {
        event.preventDefault()
        if (matching[0]) put(matching[0].id)
      }}
    >
      <input
        className="text-field"
        aria-label="Hunt"
        placeholder="Name of the hunt"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul role="menu" aria-label="Hunts">
        {matching.slice(0, SHOWN).map(({ id, name }) => (
          <li key={id} role="none">
            <button type="button" role="menuitem" className="case-choice-line clip" onClick={() => put(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      {data && matching.length === 0 && <p className="t3 sm">No other hunt matches.</p>}
      {matching.length > SHOWN && <p className="t3 sm">{matching.length - SHOWN} more, type to narrow.</p>}
      <FailureLine failure={add.error} />
    </form>
  )
}
