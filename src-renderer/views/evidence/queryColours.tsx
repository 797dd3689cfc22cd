import type { ReactNode } from 'react'
import { queryTokens } from './queryText.ts'

/** A query with fields and the words that join terms coloured. */
export function coloured(query: string): ReactNode[] {
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
