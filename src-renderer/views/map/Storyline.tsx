import { useState } from 'react'
import type { Process, StoryEvent } from '#contract/processes'
import type { Output } from '#contract/contract'
import { AppError } from '#contract/appError'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useBackend } from '../../backend/BackendContext.ts'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { useZone } from '../../ui/appearance.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

const PAGE = 100
/** Characters of what a row says that are shown; the row has all of it. */
const SHOWN = 300

type Kind = StoryEvent['kind']
const kinds: readonly { kind: Kind; word: string }[] = [
  { kind: 'start', word: 'Start' },
  { kind: 'child', word: 'Children' },
  { kind: 'network', word: 'Network' },
  { kind: 'dns', word: 'DNS' },
  { kind: 'file', word: 'Files' },
  { kind: 'registry', word: 'Registry' },
  { kind: 'process', word: 'Processes' },
  { kind: 'module', word: 'Modules' },
  { kind: 'other', word: 'Other' },
  { kind: 'end', word: 'End' },
]
/** What is looked at first: modules, handles and the like are many and say little. */
const QUIET: readonly Kind[] = ['module', 'other', 'process']

type StorylineProps = { hunt: string; host: string; process: Process; counts: Record<string, number> }

/** What a process did in order of time; each line opens its row, each child its process. */
export function Storyline({ hunt, host, process, counts }: StorylineProps) {
  const backend = useBackend()
  const zone = useZone()
  const [below, setBelow] = useState(false)
  const [hidden, setHidden] = useState<readonly Kind[]>(QUIET)
  const [more, setMore] = useState<{ of: unknown; events: readonly StoryEvent[] } | null>(null)
  const [failure, setFailure] = useState<AppError | null>(null)
  const loud = kinds.filter(({ kind }) => !hidden.includes(kind)).map(({ kind }) => kind)
  const question = { huntId: hunt, host, id: process.id, below, kinds: loud, limit: PAGE }
  const { data, error } = useCall('processes.storyline', question)
  const known = data?.kindCounts ?? counts
  const events = data ? [...data.events, ...(more?.of === data ? more.events : [])] : []
  const loadMore = (first: Output<'processes.storyline'>) =>
    backend.call('processes.storyline', { ...question, offset: events.length }).then(
      (next) => setMore({ of: first, events: [...events.slice(PAGE), ...next.events] }),
      (reason: unknown) => setFailure(reason instanceof AppError ? reason : new AppError('internal', String(reason))),
    )
  const turn = (kind: Kind) =>
    setHidden(hidden.includes(kind) ? hidden.filter((one) => one !== kind) : [...hidden, kind])
  return (
    <section aria-label="Storyline">
      <div className="line process-sub">
        <h3>Storyline</h3>
        <span className="t3 sm">times in {zoneLabel(zone)}</span>
        <span className="spring" />
        {process.children > 0 && (
          <label className="sm t2 line">
            <input type="checkbox" checked={below} onChange={(event) => setBelow(event.target.checked)} />
            with descendants
          </label>
        )}
      </div>
      <div className="story-kinds" role="group" aria-label="Kinds of activity">
        {kinds.map(({ kind, word }) =>
          (known[kind] ?? 0) === 0 ? null : (
            <button
              key={kind}
              type="button"
              className="map-chip"
              aria-pressed={!hidden.includes(kind)}
              onClick={() => turn(kind)}
            >
              {word} <span className="t3 figure">{formatCount(known[kind] ?? 0)}</span>
            </button>
          ),
        )}
      </div>
      <FailureLine failure={error ?? failure} />
      {!data ? (
        <Skeleton rows={4} />
      ) : events.length === 0 ? (
        <p className="t3 sm">Nothing else is known of it in this hunt.</p>
      ) : (
        <ol className="story">
          {events.map((event, n) => (
            <Line
              key={`${event.datasetId} ${event.row} ${event.kind} ${n}`}
              hunt={hunt}
              host={host}
              event={event}
              named={below}
            />
          ))}
        </ol>
      )}
      {data && events.length < data.total && (
        <button type="button" className="link-button sm" onClick={() => void loadMore(data)}>
          Show {formatCount(Math.min(PAGE, data.total - events.length))} more of {formatCount(data.total)}
        </button>
      )}
      {data && data.left > 0 && (
        <p className="t3 sm">{formatNoun(data.left, 'more event')} or descendants are left out: there are too many.</p>
      )}
    </section>
  )
}

function Line({ hunt, host, event, named }: { hunt: string; host: string; event: StoryEvent; named: boolean }) {
  const { time, kind, title, text, datasetId, row, processId, processName, guessed, alerts } = event
  const goes =
    kind === 'child'
      ? link.processes(hunt, { host, pid: processId })
      : datasetId !== null && row !== null
        ? link.rows(hunt, { ds: datasetId, row })
        : null
  const body = (
    <>
      <span className="story-head">
        {time === null ? <span className="t3">no time</span> : <Time iso={time} bare />}
        <span className="story-what">
          {named && kind !== 'child' ? `${processName}: ` : ''}
          {title}
          {guessed && <span className="chip guessed-chip">guessed by PID</span>}
        </span>
        {alerts && <SevMark severity={alerts.worst} word={false} />}
      </span>
      {text !== '' && (
        <span className="story-text mono">
          <CellText text={text.slice(0, SHOWN)} />
          {text.length > SHOWN && '…'}
        </span>
      )}
    </>
  )
  return (
    <li className={`story-line story-${kind}`}>
      {goes === null ? (
        body
      ) : (
        <a href={`#${goes}`} title={kind === 'child' ? 'Show this process' : `Open row ${formatCount(row ?? 0)}`}>
          {body}
        </a>
      )}
    </li>
  )
}
