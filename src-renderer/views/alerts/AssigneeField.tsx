import { useCall } from '../../backend/query.ts'
import { useDraft } from '../../ui/useDraft.ts'

/** Who works on an alert; Enter or leaving the field keeps it, an empty field is nobody. */
export function AssigneeField({
  assignee,
  onChange,
}: {
  assignee: string | null
  onChange: (assignee: string | null) => void
}) {
  const { data: settings } = useCall('settings.get', {})
  const draft = useDraft(assignee ?? '', (name) => onChange(name === '' ? null : name))
  return (
    <span className="assignee">
      <input
        className="text-field"
        aria-label="Assignee"
        placeholder="Nobody"
        maxLength={100}
        value={draft.text}
        onChange={(event) => draft.type(event.target.value)}
        onBlur={draft.keep}
        onKeyDown={(event) => {
          if (event.key === 'Enter') draft.keep()
          if (event.key === 'Escape') {
            event.preventDefault()
            draft.drop()
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
