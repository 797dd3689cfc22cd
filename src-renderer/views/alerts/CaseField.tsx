import { KeptField } from '../../ui/KeptField.tsx'

/** The case an alert belongs to; an empty field is none. */
export function CaseField({ caseId, onChange }: { caseId: string | null; onChange: (caseId: string | null) => void }) {
  const keep = (text: string) => onChange(text === '' ? null : text)
  return <KeptField label="Case" value={caseId ?? ''} placeholder="None" className="case-field" onKeep={keep} />
}
