import { useState } from 'react'
import { useCall } from '../../backend/query.ts'

/** Who works on an alert; Enter or leaving the field keeps it, an empty field is nobody. */
export function AssigneeField({
  assignee,
  onChange,
}: {
  assignee: string | null
  onChange: (assignee: string | null) => void
}) {
  const { data: settings } = useCall('settings.get', {})
  const [name, setName] = useState(assignee ?? '')
  const keep = () => {
    const next = name.trim() === '' ? null : name.trim()
    if (next !== assignee) onChange(next)
  }
  return (
    <span className="assignee">
      <input
        className="text-field"
        aria-label="Assignee"
        placeholder="Nobody"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') keep()
          if (event.key === 'Escape') {
            event.preventDefault()
            setName(assignee ?? '')
          }
        }}
      />
      {assignee === null && settings !== undefined && settings.analystName !== '' && (
        <button type="button" className="link-button sm nowrap" onClick={() => onChange(settings.analystName)}>
          Assign to me
        </button>
      )}
    </span>
  )
}
