import { useMemo, useState } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import { ChoiceList } from '../../ui/ChoiceList.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { offsetText, zoneNames, zoneOffset } from '../../ui/zones.ts'

const OFFSET = /^(?:UTC|GMT)?([+\-−])(\d{1,2}):?(\d{2})?$/i
const note = (zone: string, at: number): string => {
  const minutes = zoneOffset(zone, at)
  return minutes === null ? '' : offsetText(minutes)
}

/** `+2`, `UTC-05:30` as an offset the program knows. */
function offsetOf(text: string): string | null {
  const match = OFFSET.exec(text.replaceAll(' ', ''))
  if (!match || Number(match[2]) > 14 || Number(match[3] ?? 0) > 59) return null
  return `${match[1] === '+' ? '+' : '-'}${(match[2] ?? '').padStart(2, '0')}:${match[3] ?? '00'}`
}

type ZonePickerProps = {
  zone: string
  /** The moment whose offsets are shown, in milliseconds: that of the evidence, not now. */
  at: number
  changed: boolean
  disabled: boolean
  onChange: (zone: string) => void
}

/** The zone in which times without one are read: every zone by name or offset, or an offset that is typed. */
export function ZonePicker({ zone, at, changed, disabled, onChange }: ZonePickerProps) {
  const [open, setOpen] = useState(false)
  const items = useMemo(
    () => (open ? zoneNames().map((name) => ({ id: name, label: name, note: note(name, at) })) : []),
    [open, at],
  )
  const choose = (next: string) => {
    setOpen(false)
    onChange(next)
  }
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="bottom-start"
      content={
        <ChoiceList
          label="Zone"
          placeholder="Find a zone, or type an offset such as +02:00"
          items={items}
          onChoose={choose}
          onClose={() => setOpen(false)}
          own={(text) => {
            const offset = offsetOf(text)
            return offset === null ? null : { id: offset, label: offset, note: 'always this offset' }
          }}
          none="No zone is named like this."
        />
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className={`text-field pick-button${changed ? ' changed' : ''}`}
          aria-haspopup="listbox"
          aria-expanded={isOpen}
          aria-label={`Zone: ${zone}`}
          disabled={disabled}
        >
          <span className="clip grow">{zone}</span>
          <span className="t3 sm nowrap">{zone === 'UTC' ? '' : note(zone, at)}</span>
          <CaretDown size={10} />
        </button>
      )}
    />
  )
}
