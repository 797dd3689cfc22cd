import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Cross, Error as ErrorIcon, Search } from '@blueprintjs/icons'
import type { AppError } from '#contract/appError'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { queryTokens } from './queryText.ts'

/** What the program accepts at most. */
const QUERY_MAX = 4000

function coloured(query: string): ReactNode[] {
  const parts: ReactNode[] = []
  let at = 0
  for (const token of queryTokens(query)) {
    parts.push(query.slice(at, token.start))
    const colon =
      token.field === null
        ? -1
        : token.text.indexOf(
            ':',
            token.text.startsWith('"') || token.text.startsWith('-"') ? token.text.indexOf('"', 2) : 0,
          )
    parts.push(
      token.word ? (
        <span key={token.start} className="q-word">
          {token.text}
        </span>
      ) : (
        <span key={token.start}>
          {token.negated && token.text.startsWith('-') ? <span className="q-word">-</span> : null}
          <span className="q-field">
            {token.text.slice(token.text.startsWith('-') && token.negated ? 1 : 0, colon + 1)}
          </span>
          {token.text.slice(Math.max(colon + 1, token.text.startsWith('-') && token.negated ? 1 : 0))}
        </span>
      ),
    )
    at = token.start + token.text.length
  }
  parts.push(query.slice(at))
  return parts
}

type QueryBarProps = {
  query: string
  failure: AppError | null
  counts: ReactNode
  onRun: (query: string) => void
  onLeave: () => void
}

/** Words and field:value, coloured as they are understood. Enter runs, Escape goes back to the rows. */
export function QueryBar({ query, failure, counts, onRun, onLeave }: QueryBarProps) {
  const [text, setText] = useState(query)
  const [before, setBefore] = useState(query)
  const input = useRef<HTMLInputElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const errorId = useId()
  if (before !== query) {
    setBefore(query)
    setText(query)
  }
  const follow = () => {
    if (mirror.current && input.current) mirror.current.scrollLeft = input.current.scrollLeft
  }
  useEffect(follow)
  useCommands([
    {
      id: 'evidence.query',
      title: 'Search the rows',
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
      run: () => onRun(text),
    },
  ])
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
            aria-label="Search the rows"
            aria-invalid={failure !== null}
            aria-describedby={failure ? errorId : undefined}
            placeholder='Words, field:value, field:"exact", field:[1 TO 5], field:/regex/, 10.0.0.0/8, AND OR NOT ( )'
            onChange={(event) => setText(event.target.value)}
            onScroll={follow}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onRun(text)
              else if (event.key === 'Escape') {
                event.stopPropagation()
                setText(query)
                onLeave()
              } else if (event.key === 'ArrowDown') onLeave()
              else return
              event.preventDefault()
            }}
          />
        </div>
        {text !== '' && (
          <Action
            quiet
            icon={<Cross size={12} />}
            label="Clear the query"
            className="query-clear"
            onClick={() => (setText(''), onRun(''))}
          />
        )}
        <span className="t2 sm nowrap" role="status">
          {counts}
        </span>
      </div>
      {failure && (
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
