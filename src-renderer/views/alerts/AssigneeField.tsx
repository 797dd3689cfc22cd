import { useCall } from '../../backend/query.ts'
import { KeptField } from '../../ui/KeptField.tsx'

type AssigneeFieldProps = { assignee: string | null; onChange: (assignee: string | null) => void }

/** Who works on an alert; an empty field is nobody. */
export function AssigneeField({ assignee, onChange }: AssigneeFieldProps) {
  const { data: settings } = useCall('settings.get', {})
  const keep = (name: string) => onChange(name === '' ? null : name)
  return (
    <span className="assignee">
      <KeptField label="Assignee" value={assignee ?? ''} placeholder="Nobody" onKeep={keep} />
      {assignee === null && settings !== undefined && settings.analystName !== '' && (
        <button type="button" className="link-button sm nowrap" onClick={() => onChange(settings.analystName)}>
          Assign to me
        </button>
      )}
    </span>
  )
}
