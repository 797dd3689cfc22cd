import { useDraft } from '../../ui/useDraft.ts'

/** The case an alert belongs to; Enter or leaving the field keeps it, an empty field is none. */
export function CaseField({ caseId, onChange }: { caseId: string | null; onChange: (caseId: string | null) => void }) {
  const draft = useDraft(caseId ?? '', (text) => onChange(text === '' ? null : text))
  return (
    <input
      className="text-field case-field"
      aria-label="Case"
      placeholder="None"
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
  )
}
