import { Cross } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import type { TimelineBucket, TimelineMark, TimelineRange } from '../../charts/TimelineChart.tsx'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatSpan } from '../../ui/formatTime.ts'

/** Datasets named in the line; the others are counted. */
const NAMED = 3

/** The open alerts first seen in a stretch of time; the marks count the same ones. */
export const alertsThen = (hunt: string, { from, to }: TimelineRange, severity?: TimelineMark): string =>
  link.alerts(hunt, {
    from,
    to,
    severity: severity ?? null,
    status: 'new,acknowledged,in-progress',
    sort: 'time',
    dir: 'asc',
  })

type TimelineStretchProps = {
  hunt: string
  range: TimelineRange
  bucket: TimelineBucket
  datasets: readonly Output<'datasets.list'>['datasets'][number][]
  onClose: () => void
}

/** What a bar of the timeline holds: its alerts, and the datasets whose times reach into it. */
export function TimelineStretch({ hunt, range, bucket, datasets, onClose }: TimelineStretchProps) {
  const zone = useZone()
  const reach = datasets.filter(
    ({ state, duplicateOf, firstTime, lastTime }) =>
      state === 'ready' &&
      duplicateOf === null &&
      firstTime !== null &&
      lastTime !== null &&
      Date.parse(firstTime) < Date.parse(range.to) &&
      Date.parse(lastTime) >= Date.parse(range.from),
  )
  const marks = (['critical', 'high'] as const).filter((mark) => bucket[mark] > 0)
  return (
    <div className="stretch" role="group" aria-label="Chosen stretch of time">
      <span className="t2 figure">{formatSpan(range.from, range.to, zone)}</span>
      <span className="t2">{formatNoun(bucket.rows, 'row')}</span>
      {marks.map((mark) => (
        <a key={mark} href={`#${alertsThen(hunt, range, mark)}`}>
          {formatNoun(bucket[mark], `${mark} alert`)}
        </a>
      ))}
      <a href={`#${alertsThen(hunt, range)}`}>All open alerts</a>
      <a href={`#${link.timeline(hunt, { from: range.from, to: range.to })}`}>Timeline</a>
      <span>Rows in</span>
      {reach.slice(0, NAMED).map(({ id, name }) => (
        <a
          key={id}
          className="clip"
          href={`#${link.rows(hunt, { ds: id, from: range.from, to: range.to })}`}
          title={`Rows of ${name}`}
        >
          {name}
        </a>
      ))}
      {reach.length > NAMED && <a href={`#${link.datasets(hunt)}`}>and {formatCount(reach.length - NAMED)} more</a>}
      <span className="spring" />
      <Action quiet icon={<Cross size={11} />} label="Close the stretch of time" onClick={onClose} />
    </div>
  )
}
