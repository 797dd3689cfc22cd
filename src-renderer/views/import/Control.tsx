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
  /** Why it stands as it does: below, where nothing cuts it off. */
  note?: string | undefined
}

/** A labelled choice of the import; what was changed by hand says so. */
export function Control({ label, value, choices, onChange, own = false, title, note }: ControlProps) {
  const id = useId()
  return (
    <div className="import-control">
      <label htmlFor={id} className={own ? 'own' : 't2'}>
        {label}
      </label>
      <div>
        <select
          id={id}
          aria-describedby={note ? `${id}-note` : undefined}
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
        {note && (
          <p id={`${id}-note`} className="t3 sm">
            {note}
          </p>
        )}
      </div>
    </div>
  )
}
