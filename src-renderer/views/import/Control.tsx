import { useId } from 'react'
import type { Choice } from './dialectChoices.ts'

type ControlProps = {
  label: string
  value: string
  choices: readonly Choice[]
  onChange: (value: string) => void
  /** The analyst chose it, it was not detected. */
  own?: boolean
  title?: string
}

/** A labelled choice of the import; what was changed by hand says so. */
export function Control({ label, value, choices, onChange, own = false, title }: ControlProps) {
  const id = useId()
  return (
    <div className="import-control">
      <label htmlFor={id} className={own ? 'own' : 't2'}>
        {label}
      </label>
      <select
        id={id}
        className="text-field"
        value={value}
        title={title}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}
