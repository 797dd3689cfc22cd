import { useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { formatCount } from './formatNumber.ts'
import { swallowKeyUp } from './swallowKeyUp.ts'

/** More lines than this are not read; the filter finds the others. */
const LINES_MAX = 200

export type ChoiceItem = {
  id: string
  label: string
  /** What else is to be known about it; found by the filter too. */
  note?: string
  /** On or off, in a list of which several are chosen. */
  checked?: boolean
}

type ChoiceListProps = {
  /** What is chosen: names the list and its filter. */
  label: string
  placeholder: string
  items: readonly ChoiceItem[]
  onChoose: (id: string) => void
  onClose: () => void
  /** What was typed and stands in no line, as a choice of its own. */
  own?: (text: string) => ChoiceItem | null
  /** What was typed stands after what was found: Enter takes the first that was found. */
  ownLast?: boolean
  /** The words in which there is nothing. */
  none: string
  mono?: boolean
  /** The list is searched elsewhere: `items` are what was found for the text. */
  onSearch?: (text: string) => void
}

/** A list with a filter: type to narrow, arrow keys to move, Enter to choose. With `checked` several may be on. */
export function ChoiceList({
  label,
  placeholder,
  items,
  onChoose,
  onClose,
  own,
  ownLast = false,
  none,
  mono,
  onSearch,
}: ChoiceListProps) {
  const id = useId()
  const [filter, setFilter] = useState('')
  const [at, setAt] = useState(0)
  const wanted = filter.trim().toLowerCase()
  const found = onSearch
    ? items
    : items.filter((item) => `${item.label} ${item.note ?? ''}`.toLowerCase().includes(wanted))
  const typed = wanted === '' ? null : (own?.(filter.trim()) ?? null)
  const more = typed && found.every((item) => item.id !== typed.id) ? [typed] : []
  const lines = (ownLast ? [...found.slice(0, LINES_MAX - 1), ...more] : [...more, ...found]).slice(0, LINES_MAX)
  const active = Math.min(at, lines.length - 1)
  const multiple = items.some((item) => item.checked !== undefined)

  const move = (to: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, to))
    setAt(next)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 10, PageUp: active - 10 }[event.key]
    const line = lines[active]
    if (to !== undefined) move(to)
    else if (event.key === 'Enter' && line) {
      swallowKeyUp('Enter')
      onChoose(line.id)
    } else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="choice-list" onKeyDown={onKeyDown}>
      <input
        className="text-field"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={lines.length > 0 ? `${id}-${active}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={filter}
        onChange={(event) => {
          setFilter(event.target.value)
          onSearch?.(event.target.value)
          setAt(0)
        }}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} aria-multiselectable={multiple}>
        {lines.map((item, n) => (
          <li
            key={item.id}
            id={`${id}-${n}`}
            role="option"
            aria-selected={item.checked ?? n === active}
            className={n === active ? 'choice active' : 'choice'}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setAt(n)
              onChoose(item.id)
            }}
          >
            {item.checked !== undefined && (
              <span className={item.checked ? 'choice-box on' : 'choice-box'} aria-hidden="true" />
            )}
            <span className={mono ? 'mono clip grow' : 'clip grow'}>{item.label}</span>
            {item.note && <span className="t3 sm nowrap">{item.note}</span>}
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p className="t3 sm choice-none">{none}</p>}
      {found.length > LINES_MAX && (
        <p className="t3 sm choice-none">
          {formatCount(LINES_MAX)} of {formatCount(found.length)} shown
        </p>
      )}
    </div>
  )
}
