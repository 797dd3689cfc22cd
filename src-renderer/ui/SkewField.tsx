import { useState } from 'react'
import { formatSkew, parseSkew } from './clockSkew.ts'

type SkewFieldProps = {
  id?: string
  /** Seconds that are added to every time. */
  value: number
  onChange: (seconds: number) => void
  /** Every readable text is told at once; otherwise what stands there when the field is left, or at Enter. */
  live?: boolean
  disabled?: boolean
}

/** A clock skew as seconds or h:m:s with a sign; what cannot be read says so and changes nothing. */
export function SkewField({ id, value, onChange, live = false, disabled }: SkewFieldProps) {
  const [text, setText] = useState<string | null>(null)
  const seconds = text === null ? value : parseSkew(text)
  const commit = () => {
    if (seconds === null) return
    if (seconds !== value) onChange(seconds)
    setText(null)
  }
  return (
    <>
      <input
        id={id}
        className="text-field"
        aria-label={id === undefined ? 'Clock skew' : undefined}
        aria-invalid={seconds === null}
        disabled={disabled}
        placeholder="0 s"
        title="Seconds or h:m:s, added to every time. By so much the clock of the source was behind; with a minus it was ahead"
        value={text ?? (value === 0 ? '' : formatSkew(value))}
        onChange={(event) => {
          setText(event.target.value)
          const next = parseSkew(event.target.value)
          if (live && next !== null) onChange(next)
        }}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {seconds === null && (
        <p className="bad sm skew-error" role="alert">
          Seconds such as −90, or h:m:s such as +1:00:00.
        </p>
      )}
    </>
  )
}
