import { useMemo } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { IocScope } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { SpanBars, type SpanLine } from '../../charts/SpanBars.tsx'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { useZone } from '../../ui/appearance.ts'
import { Action } from '../../ui/Action.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { Time } from '../../ui/Time.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { kindEntity } from './correlateParams.ts'
import { Listings } from './Listings.tsx'
import { spanOf, type Thing } from './things.ts'
import { placeLinkOf, soughtAs } from './thingLinks.ts'
import type { Answer } from './useCorrelation.ts'

const scopeText: Record<IocScope, string> = {
  public: '',
  private: 'private address',
  loopback: 'loopback address',
  reserved: 'reserved address',
}
/** Places listed before the rest is only counted: Find everywhere lists all. */
const PLACES_MAX = 100
const SERIES = 5

type ThingPaneProps = { thing: Thing; answer: Answer; onClose: () => void }

/** One thing that hunts share: what is known of it and where it stands. */
export function ThingPane({ thing, answer, onClose }: ThingPaneProps) {
  const zone = useZone()
  const undo = useUndo()
  const allow = useCommand('intel.allow')
  const disallow = useCommand('intel.disallow')
  const sought = soughtAs(thing)
  const listed = thing.kind !== 'technique'
  const { data } = useCall('intel.lookup', listed ? { values: [sought] } : null)
  const hunts = useMemo(() => new Map(answer.hunts.map(({ id, name }) => [id, name])), [answer.hunts])
  const datasets = useMemo(() => new Map(answer.datasets.map(({ id, name }) => [id, name])), [answer.datasets])
  const { first, last } = spanOf(thing.places)
  const ids = [...new Set(thing.places.map(({ huntId }) => huntId))]
  const lines = thing.places.slice(0, 20).flatMap((place, n): SpanLine[] =>
    place.firstTime === null || place.lastTime === null
      ? []
      : [
          {
            key: `${place.datasetId} ${n}`,
            label: datasets.get(place.datasetId ?? '') ?? hunts.get(place.huntId) ?? '',
            spans: [{ from: place.firstTime, to: place.lastTime, tone: (ids.indexOf(place.huntId) % SERIES) + 1 }],
          },
        ],
  )
  const entity = kindEntity(thing.kind)
  const looked = data?.lookups[0]
  const onAllowList = looked?.listings.some(({ purpose, expired }) => purpose === 'allow' && !expired) ?? false
  const allowIt = () =>
    allow.mutate(
      { values: [sought] },
      {
        onSuccess: ({ added }) =>
          added > 0 && undo.offer('Put on the allow list', () => disallow.mutate({ values: [sought] })),
      },
    )
  return (
    <aside className="side-pane thing-pane" aria-label="Shared" data-region="Shared" tabIndex={-1}>
      <div className="thing-head">
        {entity && <EntityMark type={entity} size={14} />}
        <h2 className="mono clip" title={thing.label}>
          <CellText text={thing.label} />
        </h2>
        <span className="spring" />
        <CopyButton text={thing.label} title="Copy" iconOnly />
        <Action quiet icon={<Cross size={14} />} label="Close" onClick={onClose} />
      </div>
      <div className="thing-body">
        <dl className="thing-facts">
          <dt>Kind</dt>
          <dd>
            {[thing.type ?? thing.kind, thing.scope ? scopeText[thing.scope] : '', thing.note]
              .filter(Boolean)
              .join(', ')}
          </dd>
          {thing.names.length > 0 && (
            <>
              <dt>Names</dt>
              <dd className="mono thing-names">{thing.names.join(', ')}</dd>
            </>
          )}
          {listed && (
            <>
              <dt>Verdict</dt>
              <dd>{looked ? <Listings lookup={looked} /> : <span className="t3">looking</span>}</dd>
            </>
          )}
          {first !== null && (
            <>
              <dt>First seen</dt>
              <dd>
                <Time iso={first} second />
              </dd>
              <dt>Last seen</dt>
              <dd>
                <Time iso={last} second />
              </dd>
            </>
          )}
        </dl>
        <h3>
          Where{' '}
          <span className="t3">
            {thing.kind === 'technique' ? formatNoun(thing.count, 'alert') : formatNoun(thing.count, 'time')} in{' '}
            {formatNoun(ids.length, 'hunt')}
          </span>
        </h3>
        <ul className="thing-places">
          {thing.places.slice(0, PLACES_MAX).map((place, n) => (
            <li key={n}>
              <a href={`#${placeLinkOf(thing, place)}`}>
                <span className="grow clip">
                  <span className="thing-hunt clip">{hunts.get(place.huntId) ?? ''}</span>
                  <span className="t3 sm mono clip thing-place">
                    {[datasets.get(place.datasetId ?? ''), place.words.join(', ')].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <span className="num">{formatCount(place.count)}</span>
              </a>
            </li>
          ))}
        </ul>
        {thing.places.length > PLACES_MAX && (
          <p className="t3 sm">
            {formatCount(PLACES_MAX)} of {formatCount(thing.places.length)} datasets shown.
          </p>
        )}
        {lines.length > 0 && (
          <>
            <h3>Overlap in time</h3>
            <SpanBars lines={lines} zone={zone} label="Times in each dataset" ticks={2} />
          </>
        )}
        <FailureLine failure={allow.error} />
      </div>
      {listed && (
        <div className="thing-foot">
          <a href={`#${link.findIoc(sought)}`}>Find every row</a>
          <span className="spring" />
          {onAllowList ? (
            <button type="button" className="link-button" onClick={() => disallow.mutate({ values: [sought] })}>
              Take off the allow list
            </button>
          ) : (
            <button type="button" className="link-button" onClick={allowIt}>
              Put on the allow list
            </button>
          )}
        </div>
      )}
    </aside>
  )
}
