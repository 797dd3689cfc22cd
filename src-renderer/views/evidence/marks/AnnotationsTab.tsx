import { useRef, useState } from 'react'
import { rowTags, severities } from '#contract/values'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { useParam } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { AnnotationCard } from './AnnotationCard.tsx'
import { tagWord } from './rowTagText.ts'

const PAGE = 100
/** Lists answer at most this many at once. */
const MOST = 500

/** Everything that was noted about rows of a hunt, newest first; each note opens its rows. */
export function AnnotationsTab({ hunt }: { hunt: string }) {
  const [text, setText] = useParam('q')
  const [tag, setTag] = useParam('tag')
  const [severity, setSeverity] = useParam('severity')
  const [limit, setLimit] = useState(PAGE)
  const list = useRef<HTMLUListElement>(null)
  const find = useRef<HTMLInputElement>(null)
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>('article a') ?? [])]
    const at = links.findIndex((one) => one === document.activeElement)
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  }
  useCommands([
    {
      id: 'annotations.find',
      title: 'Search the annotations',
      group: 'Evidence',
      keys: '/',
      run: () => find.current?.select(),
    },
    {
      id: 'annotations.next',
      title: 'Next annotation',
      group: 'Evidence',
      keys: 'j',
      palette: false,
      run: () => step(1),
    },
    {
      id: 'annotations.previous',
      title: 'Previous annotation',
      group: 'Evidence',
      keys: 'k',
      palette: false,
      run: () => step(-1),
    },
  ])
  const chosenTag = rowTags.find((one) => one === tag)
  const chosenSeverity = severities.find((one) => one === severity)
  const { data, error, refetch } = useCall('annotations.list', {
    huntId: hunt,
    limit,
    ...(text ? { text } : {}),
    ...(chosenTag ? { tag: chosenTag } : {}),
    ...(chosenSeverity ? { severity: chosenSeverity } : {}),
  })
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />
  const narrowed = Boolean(text) || chosenTag !== undefined || chosenSeverity !== undefined
  if (data.total === 0 && !narrowed)
    return (
      <EmptyState title="No annotation yet" action={<Action href={link.evidence(hunt)}>Open the rows</Action>}>
        Select rows and press N to note something about them, or T to tag them.
      </EmptyState>
    )
  return (
    <div className="annotations" data-region="Annotations">
      <div className="annotations-bar" role="search">
        <input
          ref={find}
          className="text-field"
          aria-label="Find in annotations"
          placeholder="Find in annotations"
          value={text ?? ''}
          onChange={({ target }) => setText(target.value, { replace: true })}
        />
        <Segmented
          label="Tag"
          value={chosenTag ?? ''}
          options={[{ value: '', label: 'any tag' }, ...rowTags.map((one) => ({ value: one, label: tagWord(one) }))]}
          onChange={(value) => setTag(value, { replace: true })}
        />
        <select
          className="text-field"
          aria-label="Severity"
          value={chosenSeverity ?? ''}
          onChange={({ target }) => setSeverity(target.value, { replace: true })}
        >
          <option value="">any severity</option>
          {severities.map((one) => (
            <option key={one} value={one}>
              {capitalised(one)}
            </option>
          ))}
        </select>
        <span className="spring" />
        <span className="t2 sm" role="status">
          {data.annotations.length < data.total
            ? `${formatCount(data.annotations.length)} of ${formatNoun(data.total, 'annotation')} shown`
            : formatNoun(data.total, 'annotation')}
        </span>
      </div>
      <ul className="annotations-list" ref={list}>
        {data.annotations.map((annotation) => (
          <li key={annotation.id}>
            <AnnotationCard annotation={annotation} hunt={hunt} />
          </li>
        ))}
      </ul>
      {data.total === 0 && <EmptyState title="No annotation is like that">All of the filters must hold.</EmptyState>}
      {data.annotations.length < data.total && limit < MOST && (
        <button type="button" className="link-button sm" onClick={() => setLimit(MOST)}>
          Show up to {formatCount(MOST)}
        </button>
      )}
    </div>
  )
}
