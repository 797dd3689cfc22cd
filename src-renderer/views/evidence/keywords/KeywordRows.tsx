import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { Keyword, KeywordTheme } from '#contract/keywords'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { kindNames } from './AddKeywords.tsx'

/** Keywords that are listed; the filter finds the others. */
const LISTED_MAX = 200

/** The keywords of a theme: on or off, how they are looked for, hits in the hunt. */
export function KeywordRows({ hunt, theme }: { hunt: string; theme: KeywordTheme }) {
  const [text, setText] = useState('')
  const undo = useUndo()
  const update = useCommand('keywords.update')
  const remove = useCommand('keywords.delete')
  const add = useCommand('keywords.add')
  const { data, error } = useCall('keywords.list', {
    ...{ themeId: theme.id, huntId: hunt, limit: LISTED_MAX },
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  })
  const drop = ({ id, themeId, kind, text: gone }: Keyword) =>
    remove.mutate(
      { ids: [id] },
      { onSuccess: () => undo.offer(`${gone} deleted`, () => add.mutate({ themeId, kind, text: gone })) },
    )
  return (
    <section className="keyword-rows" aria-label="Keywords of the theme">
      <div className="theme-line">
        <input
          className="text-field grow"
          aria-label="Filter the keywords"
          placeholder={`Filter ${formatNoun(theme.keywords, 'keyword')}`}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return
            event.preventDefault()
            setText('')
          }}
        />
      </div>
      <FailureLine failure={error ?? update.error ?? remove.error ?? add.error} />
      {!data ? (
        <Skeleton rows={6} />
      ) : (
        <ul className="keyword-list">
          {data.keywords.map((keyword) => (
            <li key={keyword.id} className={keyword.enabled ? '' : 'theme-off'}>
              <input
                type="checkbox"
                aria-label={`Look for ${keyword.text}`}
                checked={keyword.enabled}
                onChange={() => update.mutate({ ids: [keyword.id], enabled: !keyword.enabled })}
              />
              <span className="mono clip grow" title={keyword.text}>
                {keyword.text}
              </span>
              <span className="t3 sm">{kindNames[keyword.kind]}</span>
              <span className="num keyword-hits" title={`${formatNoun(keyword.hits, 'hit')} in this hunt`}>
                {keyword.hits === 0 ? '' : formatCount(keyword.hits)}
              </span>
              <Action quiet icon={<Cross size={11} />} label={`Delete ${keyword.text}`} onClick={() => drop(keyword)} />
            </li>
          ))}
          {data.keywords.length === 0 && (
            <li className="t3 sm">{theme.keywords === 0 ? 'No keywords yet.' : 'No keyword has this in it.'}</li>
          )}
        </ul>
      )}
      {data && data.total > data.keywords.length && (
        <p className="t3 sm">
          {formatCount(data.keywords.length)} of {formatNoun(data.total, 'keyword')} listed
        </p>
      )}
    </section>
  )
}
