import { useState } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import { canonicalFields, type CanonicalField } from '#contract/values'
import { ChoiceList } from './ChoiceList.tsx'
import { Layer } from './Layer.tsx'
import './columnChoices.css'

const words = (field: string): string => field.replaceAll('_', ' ')
const isField = (text: string): text is CanonicalField => canonicalFields.some((field) => field === text)

type FieldsPickerProps = {
  column: string
  value: readonly CanonicalField[]
  changed: boolean
  disabled: boolean
  /** What stands there of a column that feeds none. */
  none?: string
  onChange: (fields: CanonicalField[]) => void
}

/** Which fields a column feeds: several of the canonical ones, found by typing. */
export function FieldsPicker({ column, value, changed, disabled, none = 'kept as is', onChange }: FieldsPickerProps) {
  const [open, setOpen] = useState(false)
  const toggle = (field: string) => {
    if (!isField(field)) return
    onChange(value.includes(field) ? value.filter((one) => one !== field) : [...value, field])
  }
  // What is chosen stands first, in the order of the time the list was opened.
  const [first, setFirst] = useState<readonly CanonicalField[]>([])
  const ordered = [...first, ...canonicalFields.filter((field) => !first.includes(field))]
  const show = (next: boolean) => {
    if (next) setFirst(value)
    setOpen(next)
  }
  return (
    <Layer
      isOpen={open}
      onInteraction={show}
      placement="bottom-start"
      content={
        <ChoiceList
          label={`Fields of ${column}`}
          placeholder="Find a field"
          items={ordered.map((field) => ({
            id: field,
            label: field,
            checked: value.includes(field),
            note: words(field) === field ? '' : words(field),
          }))}
          onChoose={toggle}
          onClose={() => setOpen(false)}
          none="No field is named like this."
          mono
        />
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className={`pick-button${changed ? ' changed' : ''}`}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-label={`Fields of ${column}: ${value.length > 0 ? value.join(', ') : none}`}
          disabled={disabled}
          title={value.join(', ') || (none === 'kept as is' ? 'Kept as is; feeds no field' : none)}
        >
          <span className={value.length > 0 ? 'mono accent clip' : 't3 clip'}>
            {value.length > 0 ? value.join(', ') : none}
          </span>
          <CaretDown size={10} />
        </button>
      )}
    />
  )
}
