import { useDraft } from './useDraft.ts'

type KeptFieldProps = {
  label: string
  value: string
  /** What an empty field stands for. */
  placeholder: string
  className?: string
  onKeep: (text: string) => void
}

/** A line of text that is kept elsewhere: Enter or leaving the field keeps it, Escape goes back to what is kept. */
export function KeptField({ label, value, placeholder, className = '', onKeep }: KeptFieldProps) {
  const draft = useDraft(value, onKeep)
  return (
    <input
      className={`text-field ${className}`.trim()}
      aria-label={label}
      placeholder={placeholder}
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
