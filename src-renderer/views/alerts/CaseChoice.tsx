import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'

/** Cases that are offered; typing narrows them. */
const OFFERED = 12

type CaseChoiceProps = {
  /** The case it is in; undefined: several alerts in several cases. */
  current: string | null | undefined
  onChoose: (caseId: string | null) => void
}

/** Chooses a case by number or title, opens a new one of the typed title, or none. */
export function CaseChoice({ current, onChoose }: CaseChoiceProps) {
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data } = useCall('cases.list', { text: asked, status: ['open', 'in-progress'], limit: OFFERED })
  const create = useCommand('cases.create')
  const open = (title: string) => create.mutate({ title }, { onSuccess: ({ id }) => onChoose(id) })
  // An answer to what was typed before may still stand there.
  const offered = (data?.cases ?? []).filter(
    ({ number, title }) => title.toLowerCase().includes(asked.toLowerCase()) || String(number).includes(asked),
  )
  const [first] = offered
  const named = offered.some(({ title }) => title.toLowerCase() === asked.toLowerCase())
  return (
    <form
      className="case-choice-layer"
      onSubmit={(event) => {
        event.preventDefault()
        if (first) onChoose(first.id)
        else if (asked !== '') open(asked)
      }}
    >
      <input
        className="text-field"
        aria-label="Case"
        placeholder="Number or title of the case"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul role="menu" aria-label="Cases">
        {offered.map(({ id, number, title }) => (
          <li key={id} role="none">
            <button
              type="button"
              role="menuitem"
              className="case-choice-line clip"
              aria-current={id === current ? 'true' : undefined}
              onClick={() => onChoose(id)}
            >
              <span className="mono t3">{String(number).padStart(3, '0')}</span> {title}
            </button>
          </li>
        ))}
        {asked !== '' && !named && (
          <li role="none">
            <button type="button" role="menuitem" className="case-choice-line clip" onClick={() => open(asked)}>
              <Plus size={12} /> New case “{asked}”
            </button>
          </li>
        )}
        {current !== null && (
          <li role="none">
            <button type="button" role="menuitem" className="case-choice-line" onClick={() => onChoose(null)}>
              No case
            </button>
          </li>
        )}
      </ul>
      {data?.total === 0 && asked === '' && <p className="t3 sm">No open case yet. Type a title to open one.</p>}
      {data && data.total > data.cases.length && (
        <p className="t3 sm">{data.total - data.cases.length} more, type to narrow.</p>
      )}
      <FailureLine failure={create.error} />
    </form>
  )
}
