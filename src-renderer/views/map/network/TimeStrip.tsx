import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { Pause, Play } from '@blueprintjs/icons'
import { RangeSlider } from '@blueprintjs/core'
import type { MapNode, NetworkPicture } from '#contract/networkMap'
import { useCommands } from '../../../state/commands.ts'
import { setRange } from '../../../state/timeRange.ts'
import { Action } from '../../../ui/Action.tsx'
import { useZone } from '../../../ui/appearance.ts'
import { formatCount, formatDuration } from '../../../ui/formatNumber.ts'
import { formatSpan } from '../../../ui/formatTime.ts'
import { titleOf } from './networkScene.ts'

/** A step of the play, in milliseconds. */
const STEP_MS = 450
/** Of the axis so much is shown at once while it plays, where nobody chose a window. */
const PLAYED_SHARE = 0.15

type TimeStripProps = {
  picture: NetworkPicture
  focus: MapNode | null
  window: readonly [number, number] | null
  onWindow: (window: readonly [number, number] | null) => void
}

/** When edges were seen: bars, a window that is moved by hand or plays, and a way to narrow the rows to it. */
export function TimeStrip({ picture, focus, window, onWindow }: TimeStripProps) {
  const zone = useZone()
  const [playing, setPlaying] = useState(false)
  const { axis } = picture
  const buckets = axis?.buckets ?? []
  const last = Math.max(0, buckets.length - 1)
  const most = Math.max(1, ...buckets)
  const own = useMemo(() => {
    const sum = new Map<number, number>()
    for (const { from, to, times } of picture.edges)
      if (from === focus?.id || to === focus?.id)
        for (const [bucket, count] of times) sum.set(bucket, (sum.get(bucket) ?? 0) + count)
    return sum
  }, [picture, focus])
  const step = useEffectEvent(() => {
    const width = window === null ? Math.max(0, Math.round(last * PLAYED_SHARE)) : window[1] - window[0]
    const start = window === null ? 0 : window[1] >= last ? 0 : window[0] + 1
    onWindow([start, Math.min(last, start + width)])
  })
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(step, STEP_MS)
    return () => clearInterval(timer)
  }, [playing])
  useCommands([
    {
      id: 'network.play',
      title: playing ? 'Stop the play' : 'Play the map over time',
      group: 'Map',
      keys: 'shift+p',
      run: () => setPlaying(!playing),
    },
  ])
  if (!axis) return null
  const at = (bucket: number): string =>
    new Date(Date.parse(axis.from) + bucket * axis.bucketSeconds * 1_000).toISOString()
  const [first, end] = window ?? [0, last]
  const rows = buckets.slice(first, end + 1).reduce((sum, count) => sum + count, 0)
  return (
    <section className="time-strip" aria-label="Edges over time" data-region="Time">
      <div className="line">
        <Action
          quiet
          icon={playing ? <Pause size={14} /> : <Play size={14} />}
          label={playing ? 'Stop the play' : 'Play over time'}
          pressed={playing}
          onClick={() => setPlaying(!playing)}
        />
        <span className="t2 sm nowrap">Rows per {formatDuration(axis.bucketSeconds)}</span>
        <span className="strip-key all sm">all</span>
        {focus && <span className="strip-key own sm clip">with {titleOf(focus)}</span>}
        <span className="spring" />
        <span className="sm figure mono clip">{formatSpan(at(first), at(end + 1), zone)}</span>
        <span className="sm figure t2 nowrap">
          {formatCount(rows)} of {formatCount(picture.all.rows)} rows on edges
        </span>
        {window !== null && (
          <>
            <Action
              quiet
              onClick={() => (setPlaying(false), setRange({ from: at(first), to: at(end + 1) }), onWindow(null))}
            >
              Narrow to it
            </Action>
            <Action quiet onClick={() => (setPlaying(false), onWindow(null))}>
              All
            </Action>
          </>
        )}
      </div>
      <div className="strip-chart">
        <svg className="strip-bars" viewBox={`0 0 ${buckets.length} 30`} preserveAspectRatio="none" aria-hidden="true">
          {buckets.map((count, n) => {
            const height = count === 0 ? 0 : Math.max(1, (Math.sqrt(count) / Math.sqrt(most)) * 30)
            const share = count === 0 ? 0 : (own.get(n) ?? 0) / count
            return (
              <g key={n} opacity={n < first || n > end ? 0.3 : 1}>
                <rect className="bar-all" x={n + 0.1} width={0.8} y={30 - height} height={height} />
                <rect className="bar-own" x={n + 0.1} width={0.8} y={30 - height * share} height={height * share} />
              </g>
            )
          })}
        </svg>
        {last > 0 && (
          <RangeSlider
            min={0}
            max={last}
            stepSize={1}
            labelRenderer={false}
            value={[first, end]}
            handleHtmlProps={{
              start: { 'aria-label': 'Begin of the window' },
              end: { 'aria-label': 'End of the window' },
            }}
            onChange={([a, b]) => onWindow(a === 0 && b === last ? null : [a, b])}
          />
        )}
      </div>
    </section>
  )
}
