import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { Output } from '#contract/contract'
import { hypothesisStatuses, type HypothesisStatus } from '#contract/values'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

type HypothesisListProps = {
  hunt: string
  list: Output<'hypotheses.list'>
  status: HypothesisStatus | null
  shown: string | null
  onStatus: (status: HypothesisStatus | null) => void
}

/** The hypotheses of the hunt with status, technique and rows; counts by status narrow the list. */
export function HypothesisList({ hunt, list, status, shown, onStatus }: HypothesisListProps) {
  const items = useRef<HTMLUListElement>(null)
  const { hypotheses, statusCounts } = list
  const all = Object.values(statusCounts).reduce((sum, n) => sum + n, 0)
  const step = (by: 1 | -1) => {
    const at = hypotheses.findIndex(({ id }) => id === shown)
    const next = hypotheses[Math.max(0, Math.min(hypotheses.length - 1, at + by))]
    if (!next) return
    navigate(link.hypotheses(hunt, next.id), { replace: true })
    items.current?.querySelector<HTMLElement>(`[data-hypothesis="${next.id}"]`)?.focus()
  }
  useCommands([
    { id: 'hypotheses.next', title: 'Next hypothesis', group: 'Hunt', keys: 'j', palette: false, run: () => step(1) },
    {
      id: 'hypotheses.previous',
      title: 'Previous hypothesis',
      group: 'Hunt',
      keys: 'k',
      palette: false,
      run: () => step(-1),
    },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <nav className="hypothesis-list" aria-label="Hypotheses" data-region="Hypotheses">
      <div className="hypothesis-counts" role="group" aria-label="By status">
        <button type="button" aria-pressed={status === null} onClick={() => onStatus(null)}>
          All <span className="num">{formatCount(all)}</span>
        </button>
        {hypothesisStatuses.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={status === one}
            onClick={() => onStatus(status === one ? null : one)}
          >
            <StatusMark status={one} /> <span className="num">{formatCount(statusCounts[one])}</span>
          </button>
        ))}
      </div>
      <ul ref={items} onKeyDown={onKeyDown}>
        {hypotheses.map(({ id, title, status: state, mitreTechnique, evidenceTotal }) => (
          <li key={id}>
            <a
              href={`#${link.hypotheses(hunt, id)}`}
              data-hypothesis={id}
              aria-current={id === shown ? 'true' : undefined}
            >
              <StatusMark status={state} word={false} />
              <span className="grow">
                <span className="clip med hypothesis-line">{title}</span>
                <span className="clip t3 sm hypothesis-line">
                  {mitreTechnique === null ? '' : `${mitreTechnique} · `}
                  {formatNoun(evidenceTotal, 'row')}
                </span>
              </span>
            </a>
          </li>
        ))}
        {hypotheses.length === 0 && (
          <li className="t3 sm hypothesis-none">
            {status === null ? 'No hypothesis yet.' : 'No hypothesis has this status.'}
          </li>
        )}
      </ul>
      <div className="panel-foot">
        {hypotheses.length === list.total
          ? formatNoun(list.total, 'hypothesis', 'hypotheses')
          : `${formatCount(hypotheses.length)} of ${formatNoun(list.total, 'hypothesis', 'hypotheses')} shown`}
      </div>
    </nav>
  )
}
