import { useId } from 'react'
import type { ReactNode } from 'react'
import { FormGroup } from '@blueprintjs/core'

/** What the control of a field gets, so that it has the label and the note of the field. */
type Named = { id: string; 'aria-describedby'?: string }

type FormFieldProps = {
  label: string
  /** Below the control: what it is for, or what is doubtful about it. */
  note?: ReactNode
  warn?: boolean
  /** Label and control on one line. */
  inline?: boolean
  className?: string
  children: (named: Named) => ReactNode
}

/** One control of a form: its label above, a note below. */
export function FormField({ label, note, warn = false, inline = false, className = '', children }: FormFieldProps) {
  const id = useId()
  const said = note !== undefined && note !== null && note !== ''
  return (
    <FormGroup
      className={`form-field ${className}`.trim()}
      label={label}
      labelFor={id}
      inline={inline}
      helperText={
        said && (
          <span id={`${id}-note`} className={warn ? 'warn' : undefined}>
            {note}
          </span>
        )
      }
    >
      {children(said ? { id, 'aria-describedby': `${id}-note` } : { id })}
    </FormGroup>
  )
}
