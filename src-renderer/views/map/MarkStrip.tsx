import { useMemo, useState } from 'react'
import { severities, type Severity } from '#contract/values'
import { useCall } from '../../backend/query.ts'
import { SevMark } from '../../ui/SevMark.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatDuration, formatNoun } from '../../ui/formatNumber.ts'
import { formatSpan, formatTime } from '../../ui/formatTime.ts'
import { lanesOf, spanOf } from './markLanes.ts'

type MarkStripProps = { hunt: string; host: string; current: string | null; onChoose: (id: string) => void }

/** Where there is anything worse, low marks are left to a switch: the rare and the odd are everywhere and stretch the axis. */
function loudest(marks: readonly { severity: Severity }[]): readonly Severity[] {
  const loud = severities.slice(0, 3)
  return marks.some(({ severity }) => loud.includes(severity)) ? loud : severities
}

/** Ticks on the axis of time. */
const TICKS = [0, 0.25, 0.5, 0.75, 1]

/**
 * The alerts of a host in time, a lane for each tactic; a bar leads to its process. The tree that shows only processes with
 * alerts is its table twin, and the way for the keyboard.
 */
export function MarkStrip({ hunt, host, current, onChoose }: MarkStripProps) {
  const zone = useZone()
  const { data } = useCall('processes.marks', { huntId: hunt, host })
  const all = data?.marks
  const [chosen, setChosen] = useState<readonly Severity[] | null>(null)
  const shown = chosen ?? loudest(all ?? [])
  const key = shown.join()
  const marks = useMemo(() => (all ?? []).filter(({ severity }) => key.split(',').includes(severity)), [all, key])
  const lanes = useMemo(() => lanesOf(marks), [marks])
  if (!data || !all || all.length === 0) return null
  const turn = (severity: Severity) =>
    setChosen(shown.includes(severity) ? shown.filter((one) => one !== severity) : [...shown, severity])
  const { from, to, at } = spanOf(marks)
  const iso = (ms: number) => new Date(ms).toISOString()
  return (
    <section className="mark-strip" aria-label="Alerts in time">
      <div className="line mark-title">
        <h2>Alerts in time</h2>
        <span className="t2 sm clip">
          {formatCount(marks.length)} of {formatNoun(all.length, 'mark')} on{' '}
          {formatNoun(data.processes, 'process', 'processes')}
          {marks.length > 0 && ` in ${formatDuration((to - from) / 1000)} · ${formatSpan(iso(from), iso(to), zone)}`}
          {data.left > 0 && ` · ${formatCount(data.left)} more not drawn`}
        </span>
        <span className="spring" />
        {severities.map((severity) => {
          const count = all.filter((mark) => mark.severity === severity).length
          return count === 0 ? null : (
            <button
              key={severity}
              type="button"
              className="map-chip"
              aria-pressed={shown.includes(severity)}
              onClick={() => turn(severity)}
            >
              <SevMark severity={severity} /> <span className="t3 figure">{formatCount(count)}</span>
            </button>
          )
        })}
      </div>
      {lanes.map((lane) => (
        <div key={lane.name} className="mark-lane">
          <span className="mark-name clip">{lane.name}</span>
          <span className="mark-line" aria-hidden="true">
            {lane.marks.map((mark) => (
              <span
                key={`${mark.alertId} ${mark.processId}`}
                className={`mark-bar mark-${mark.severity}${mark.processId === current ? ' current' : ''}`}
                style={{ left: `${at(mark.time) * 100}%` }}
                title={`${mark.processName}: ${mark.title}\n${formatTime(mark.time, zone)}`}
                onClick={() => onChoose(mark.processId)}
              />
            ))}
          </span>
          <span className="mark-names clip t3 sm">
            {formatCount(lane.marks.length)} · {lane.processes.join(', ')}
          </span>
        </div>
      ))}
      {marks.length > 0 && (
        <div className="mark-lane mark-axis" aria-hidden="true">
          <span />
          <span className="mark-line">
            {TICKS.map((tick) => (
              <span key={tick} className="mark-tick" style={{ left: `${tick * 100}%` }}>
                {formatTime(iso(from + (to - from) * tick), zone)
                  .slice(11, to - from < 60_000 ? 23 : 19)
                  .replace(/ .*$/, '')}
              </span>
            ))}
          </span>
          <span />
        </div>
      )}
    </section>
  )
}
