import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Dialog } from '@blueprintjs/core'
import { Search } from '@blueprintjs/icons'
import { useCall } from '../backend/query.ts'
import { useAllCommands } from '../state/commands.ts'
import { Kbd, Keys } from '../ui/Kbd.tsx'
import { useFocusBack } from '../ui/useFocusBack.ts'
import { paletteItems } from './paletteItems.ts'

type PaletteProps = { open: boolean; onClose: () => void; hunt: string | null }

/** Ctrl+K, a word: every command and place, every hunt and dataset. */
export function CommandPalette({ open, onClose, hunt }: PaletteProps) {
  const focusBack = useFocusBack(open)
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="palette"
      aria-labelledby="palette-title"
      transitionDuration={80}
      {...focusBack}
      // Another layer that just closed gives the focus back to where it was: it belongs here.
      onOpened={(node) => node.querySelector('input')?.focus()}
    >
      <PaletteBody onClose={onClose} hunt={hunt} />
    </Dialog>
  )
}

function PaletteBody({ onClose, hunt }: Omit<PaletteProps, 'open'>) {
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const commands = useAllCommands()
  const { data: hunts } = useCall('hunts.list', { limit: 500 })
  const { data: datasets } = useCall('datasets.list', { limit: 500 })
  const items = useMemo(
    () => paletteItems(query, { commands, hunts: hunts?.hunts ?? [], datasets: datasets?.datasets ?? [], hunt }),
    [query, commands, hunts, datasets, hunt],
  )
  const current = Math.min(at, items.length - 1)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current, items])

  const run = (index: number) => {
    const item = items[index]
    if (!item) return
    onClose()
    // After the layer is gone and the focus is back, so that a command may open the next one.
    setTimeout(item.run)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const wrapped =
        Math.abs(step) === 1 ? (current + step + items.length) % Math.max(1, items.length) : current + step
      setAt(Math.max(0, Math.min(items.length - 1, wrapped)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      run(current)
    }
  }

  return (
    <>
      <h2 id="palette-title" className="visually-hidden">
        Search or run a command
      </h2>
      <div className="palette-input">
        <Search size={15} className="t2" />
        <input
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={items[current] ? `palette-${current}` : undefined}
          placeholder="Command, place, hunt, dataset, or words to search for"
          value={query}
          autoFocus
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className="palette-list" id="palette-list" role="listbox" aria-label="Results" ref={list}>
        {items.map((item, index) => (
          <div key={`${item.section} ${item.id}`} role="presentation">
            {item.section !== items[index - 1]?.section && (
              <div className="palette-section" role="presentation">
                {item.section}
              </div>
            )}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === current}
              className="palette-item"
              onMouseMove={() => setAt(index)}
              onClick={() => run(index)}
            >
              <span className="grow clip">
                <Marked text={item.title} places={item.places} />
              </span>
              {item.keys ? (
                <Keys keys={item.keys} />
              ) : (
                item.detail && <span className="t3 sm nowrap">{item.detail}</span>
              )}
            </div>
          </div>
        ))}
        {items.length === 0 && <p className="t2 menu-note">Nothing has these letters in this order.</p>}
      </div>
      <div className="palette-foot">
        <span>
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> move
        </span>
        <span>
          <Kbd>Enter</Kbd> run
        </span>
        <span className="spring" />
        <span>{items.length} shown</span>
      </div>
    </>
  )
}

function Marked({ text, places }: { text: string; places: readonly number[] }) {
  if (places.length === 0) return text
  const marked = new Set(places)
  return [...text].map((letter, index) =>
    marked.has(index) ? (
      <b key={index} className="palette-hit">
        {letter}
      </b>
    ) : (
      letter
    ),
  )
}
