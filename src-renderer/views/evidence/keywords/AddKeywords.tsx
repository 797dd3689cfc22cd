import { useState } from 'react'
import { keywordKinds } from '#contract/values'
import type { KeywordKind } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

export const kindNames: Readonly<Record<KeywordKind, string>> = {
  word: 'word',
  domain: 'domain',
  contains: 'anywhere',
  regex: 'pattern',
}

/** One keyword, or many pasted lines. */
export function AddKeywords({ themeId }: { themeId: string }) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<KeywordKind>('word')
  const [many, setMany] = useState(false)
  const add = useCommand('keywords.add')
  return (
    <div className="keyword-add">
      <form
        className="theme-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') add.mutate({ themeId, text: text.trim(), kind }, { onSuccess: () => setText('') })
        }}
      >
        <input
          className="text-field mono grow"
          aria-label="New keyword"
          placeholder={kind === 'regex' ? 'casino|poker' : kind === 'domain' ? 'example.com' : 'poker'}
          maxLength={200}
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <select
          className="text-field"
          aria-label="Kind of the new keyword"
          value={kind}
          onChange={({ target }) => setKind(keywordKinds.find((known) => known === target.value) ?? 'word')}
        >
          {keywordKinds.map((one) => (
            <option key={one} value={one}>
              {kindNames[one]}
            </option>
          ))}
        </select>
        <Action type="submit" disabled={text.trim() === ''} busy={add.isPending}>
          Add
        </Action>
      </form>
      <FailureLine failure={add.error} />
      {many ? (
        <PasteKeywords themeId={themeId} onClose={() => setMany(false)} />
      ) : (
        <button type="button" className="link-button sm" onClick={() => setMany(true)}>
          Paste many lines
        </button>
      )}
    </div>
  )
}

function PasteKeywords({ themeId, onClose }: { themeId: string; onClose: () => void }) {
  const [text, setText] = useState('')
  const add = useCommand('keywords.bulkAdd')
  const lines = text.split('\n').filter((line) => line.trim() !== '').length
  const report = add.data
  return (
    <form
      className="keyword-paste"
      onSubmit={(event) => {
        event.preventDefault()
        add.mutate({ themeId, text }, { onSuccess: ({ refusedTotal }) => refusedTotal === 0 && setText('') })
      }}
    >
      <label className="theme-field">
        <span className="t2 sm">
          One a line: words, example.com, *anywhere*, /pattern/, “exact words” in quotes, # comment
        </span>
        <textarea
          className="text-field mono"
          rows={6}
          autoFocus
          spellCheck={false}
          maxLength={1_000_000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <div className="theme-line">
        <Action type="submit" disabled={lines === 0} busy={add.isPending}>
          {lines === 0 ? 'Add lines' : `Add ${formatNoun(lines, 'line')}`}
        </Action>
        <Action quiet onClick={onClose}>
          Done
        </Action>
        {report && (
          <span className="t2 sm" role="status">
            {formatCount(report.added)} added, {formatCount(report.known)} known, {formatCount(report.refusedTotal)}{' '}
            refused
          </span>
        )}
      </div>
      <FailureLine failure={add.error} />
      {report && report.refused.length > 0 && (
        <ul className="keyword-refused sm">
          {report.refused.map(({ line, text: refused, reason }) => (
            <li key={line}>
              <span className="t3">line {formatCount(line)}</span> <span className="mono">{refused}</span>{' '}
              <span className="t2">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  )
}
