import { useRef } from 'react'
import type { KeyboardEvent } from 'react'

type SegmentedProps<V extends string> = {
  label: string
  options: readonly { value: V; label: string; title?: string }[]
  value: V
  onChange: (value: V) => void
}

/** One of a few, all visible. Arrow keys move, as in a radio group. */
export function Segmented<V extends string>({ label, options, value, onChange }: SegmentedProps<V>) {
  const group = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (options.findIndex((option) => option.value === value) + step + options.length) % options.length
    const chosen = options[next]
    if (!chosen) return
    onChange(chosen.value)
    group.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className="segmented" role="radiogroup" aria-label={label} ref={group} onKeyDown={move}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          title={option.title}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
