import { useState } from 'react'
import type { ReactNode } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import type { Split } from '#contract/datasets'
import { Layer } from './Layer.tsx'
import { SplitForm, type TakenApart } from './SplitForm.tsx'
import { packedText, partsText } from './packedText.ts'
import './columnChoices.css'

export type SplitPickerProps = {
  column: string
  /** How it is taken apart; null: it is not. */
  value: Split | null
  /** Columns that it gives; null: not known before it is read. */
  parts: number | null
  /** Its cells look as if they could be. */
  likely?: boolean
  /** What the button says of a column that is not; absent: it waits for the mouse or the keyboard. */
  whole?: string
  icon?: ReactNode
  changed?: boolean
  disabled?: boolean
  /** What its cells give, taken apart as was asked. */
  found: TakenApart | null
  /** The form wants to know what the cells give; null: taken apart as they look. */
  onAsk: (split: Split | null) => void
  onChange: (split: Split | null) => void
  showCell: (text: string) => ReactNode
}

/** Whether the cells of a packed column are taken apart, and how. */
export function SplitPicker(props: SplitPickerProps) {
  const {
    column,
    value,
    parts,
    likely = false,
    whole,
    icon,
    changed = false,
    disabled = false,
    found,
    onAsk,
    onChange,
    showCell,
  } = props
  const [open, setOpen] = useState(false)
  const show = (next: boolean) => {
    if (next) onAsk(value)
    setOpen(next)
  }
  const said = value === null ? (whole ?? 'whole') : parts === null ? packedText(value) : partsText(parts)
  return (
    <Layer
      isOpen={open}
      onInteraction={show}
      placement="bottom-end"
      content={
        <SplitForm
          column={column}
          value={value}
          found={found}
          onAsk={onAsk}
          onChange={(split) => (onChange(split), setOpen(false))}
          showCell={showCell}
        />
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className={`split-button with-mark ${value ? 'packed' : whole ? 'whole' : likely ? 'likely' : ''}${changed ? ' changed' : ''}`}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          aria-label={`Take apart ${column}: ${said}`}
          title={
            value ? `Taken apart: ${packedText(value)}` : 'Take cells with several named values apart into columns'
          }
          disabled={disabled}
        >
          {icon}
          <span className="clip">{value ? said : (whole ?? 'Take apart')}</span>
          <CaretDown size={10} />
        </button>
      )}
    />
  )
}
