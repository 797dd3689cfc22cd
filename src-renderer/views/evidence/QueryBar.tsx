import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Cross, Error as ErrorIcon, Search } from '@blueprintjs/icons'
import type { AppError } from '#contract/appError'
import { useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { CompletionList } from './CompletionList.tsx'
import { coloured } from './queryColours.tsx'
import { completionPlace, type Completion } from './queryCompletion.ts'
import { useQueryCompletions, type CompletionSource } from './useQueryCompletions.ts'
import './explore.css'

/** What the program accepts at most. */
const QUERY_MAX = 4000

type QueryBarProps = {
  query: string
  failure: AppError | null
  counts: ReactNode
  label?: string
  /** What is typed can be completed from here; null: from nothing. */
  source: CompletionSource | null
  /** Buttons at the right of the field. */
  right?: ReactNode
  onRun: (query: string) => void
  onLeave: () => void
}

const keyOf = ({ section, label }: Completion): string => `${section} ${label}`

/** Words and field:value, coloured as they are understood and completed. Enter runs, Escape goes back to the rows. */
export function QueryBar(props: QueryBarProps) {
  const { query, failure, counts, label = 'Search the rows', source, right, onRun, onLeave } = props
  const [text, setText] = useState(query)
  const [before, setBefore] = useState(query)
  const [caret, setCaret] = useState<number | null>(null)
  // By what it is: lines come and go while values are counted, and Enter must take the one that was looked at.
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const errorId = useId()
  const listId = useId()
  const remember = useCommand('searches.remember')
  if (before !== query) {
    setBefore(query)
    setText(query)
    setCaret(null)
  }
  const follow = () => {
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft
  }
  useEffect(follow)

  // Completions are there while something is typed, and when they are asked for.
  const place = caret === null ? null : completionPlace(text, caret)
  const key = place && JSON.stringify(place)
  const [placed, setPlaced] = useState({ key, place })
  if (placed.key !== key) setPlaced({ key, place })
  const { items, counting } = useQueryCompletions(placed.place, source)
  const open = place !== null && (items.length > 0 || counting)
  const chosenAt = items.findIndex((item) => keyOf(item) === chosenKey)
  const active = chosenAt < 0 ? null : chosenAt
  const setActive = (at: number | null) => {
    const item = at === null ? undefined : items[at]
    setChosenKey(item ? keyOf(item) : null)
  }
  const close = () => {
    setCaret(null)
    setActive(null)
  }
  const run = (next: string) => {
    close()
    if (next.trim() !== '') remember.mutate({ q: next.trim() })
    onRun(next)
  }
  const take = (item: Completion) => {
    if (!place) return
    const next = text.slice(0, place.from) + item.text + text.slice(place.to).trimStart()
    const at = place.from + item.text.length
    setText(next)
    setActive(null)
    setCaret(item.section === 'Fields' ? at : null)
    requestAnimationFrame(() => input.current?.setSelectionRange(at, at))
  }
  useCommands([
    {
      id: 'evidence.query',
      title: label,
      group: 'Evidence',
      keys: '/',
      run: () => input.current?.select(),
    },
    {
      id: 'evidence.run',
      title: 'Run the query',
      group: 'Evidence',
      keys: 'ctrl+enter',
      palette: false,
      run: () => run(text),
    },
  ])

  const inList = (event: KeyboardEvent): boolean => {
    const chosen = active === null ? undefined : items[active]
    if (event.key === 'ArrowDown') setActive(active === null ? 0 : Math.min(active + 1, items.length - 1))
    else if (event.key === 'ArrowUp') setActive(active === null || active === 0 ? null : active - 1)
    else if (event.key === 'Tab' && !event.shiftKey && items.length > 0) {
      const first = items[active ?? 0]
      if (first) take(first)
    } else if (event.key === 'Enter' && chosen) take(chosen)
    else if (event.key === 'Escape') close()
    else return false
    return true
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === ' ' && event.ctrlKey) setCaret(event.currentTarget.selectionStart)
    else if (open && inList(event)) event.stopPropagation()
    else if (event.key === 'Enter') run(text)
    else if (event.key === 'Escape') {
      event.stopPropagation()
      setText(query)
      onLeave()
    } else if (event.key === 'ArrowDown') onLeave()
    else return
    event.preventDefault()
  }

  const at = failure?.detail?.['at']
  return (
    <div className="query-bar" data-region="Query" role="search">
      <div className={failure ? 'query-field bad-field' : 'query-field'}>
        <Search size={13} />
        <div className="query-input">
          <div className="query-mirror mono" ref={mirror} aria-hidden>
            {coloured(text)}
          </div>
          <input
            ref={input}
            className="mono"
            value={text}
            maxLength={QUERY_MAX}
            spellCheck={false}
            autoComplete="off"
            autoCorrect="off"
            aria-label={label}
            aria-invalid={failure !== null}
            aria-autocomplete="list"
            aria-controls={open ? listId : undefined}
            aria-activedescendant={open && active !== null ? `${listId}-${active}` : undefined}
            aria-describedby={failure ? errorId : undefined}
            placeholder='Words, field:value, field:"exact", field:[1 TO 5], field:/regex/, 10.0.0.0/8, AND OR NOT ( )'
            onChange={(event) => {
              setText(event.target.value)
              setActive(null)
              setCaret(event.target.value.trim() === '' ? null : event.target.selectionStart)
            }}
            onClick={close}
            onBlur={close}
            onScroll={follow}
            onKeyDown={onKeyDown}
          />
          {open && (
            <CompletionList
              id={listId}
              items={items}
              active={active}
              counting={counting}
              at={place.from}
              onTake={take}
            />
          )}
        </div>
        {text !== '' && (
          <Action
            quiet
            icon={<Cross size={12} />}
            label="Clear the query"
            className="query-clear"
            onClick={() => (setText(''), run(''))}
          />
        )}
        <span className="t2 sm nowrap" role="status">
          {counts}
        </span>
      </div>
      {right}
      {failure && !open && (
        <div className="query-error" id={errorId} role="alert">
          <div className="line">
            <ErrorIcon size={13} className="bad" />
            <b className="med">{failure.message}</b>
          </div>
          <p className="t2">The rows below are from the last query that could be read.</p>
          {typeof at === 'number' && at < text.length && (
            <p className="mono query-place">
              {text.slice(0, at)}
              <mark>{text.slice(at)}</mark>
            </p>
          )}
        </div>
      )}
    </div>
  )
}
