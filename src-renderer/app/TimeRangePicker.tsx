import { useState } from 'react'
import { CaretDown, Cross, Time } from '@blueprintjs/icons'
import { useCommands } from '../state/commands.ts'
import { isRange, NO_RANGE, setLast, setRange, useTimeRange, type TimeRange } from '../state/timeRange.ts'
import { Action } from '../ui/Action.tsx'
import { Layer } from '../ui/Layer.tsx'
import { useZone } from '../ui/appearance.ts'
import { formatDuration } from '../ui/formatNumber.ts'
import { formatSecond, formatSpan, formatTimeBare, zoneLabel, type Zone } from '../ui/formatTime.ts'
import { parseTime } from '../ui/parseTime.ts'

const rangeText = ({ from, to }: TimeRange, zone: Zone): string => {
  if (from === null && to === null) return 'All times'
  if (from === null) return `before ${formatSecond(to ?? '', zone)}`
  return to === null ? `from ${formatSecond(from, zone)}` : formatSpan(from, to, zone)
}

/** How far back the SOC console can look by its server's clock, in seconds. */
const lasts = [
  { seconds: 3_600, text: 'Last hour' },
  { seconds: 6 * 3_600, text: 'Last 6 hours' },
  { seconds: 86_400, text: 'Last 24 hours' },
  { seconds: 3 * 86_400, text: 'Last 3 days' },
  { seconds: 7 * 86_400, text: 'Last 7 days' },
  { seconds: 30 * 86_400, text: 'Last 30 days' },
] as const
const lastText = (last: number): string =>
  lasts.find(({ seconds }) => seconds === last)?.text ?? `Last ${formatDuration(last)}`

/** The stretch of time that rows, timeline and alerts are narrowed to: said, set by two times, cleared. */
export function TimeRangePicker() {
  const zone = useZone()
  const { taken, from, to, soc, last } = useTimeRange()
  const [open, setOpen] = useState(false)
  const range = { from, to }
  const set = isRange(range) || last !== null
  useCommands([
    {
      id: 'time.range',
      title: 'Set the time range',
      group: 'Evidence',
      keys: 'w',
      opensField: true,
      when: () => taken,
      run: () => setOpen(true),
    },
    {
      id: 'time.all',
      title: 'Show all times',
      group: 'Evidence',
      keys: 'shift+w',
      when: () => taken && set,
      run: () => setRange(NO_RANGE),
    },
    ...lasts.map(({ seconds, text: title }) => ({
      id: `time.last.${seconds}`,
      title,
      group: 'SOC' as const,
      when: () => soc,
      run: () => setLast(seconds),
    })),
  ])
  if (!taken) return null
  const text = last !== null ? lastText(last) : !set && soc ? "Each panel's own time" : rangeText(range, zone)
  return (
    <div className={set ? 'time-range set' : 'time-range'}>
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        placement="bottom-start"
        content={<RangeForm range={range} soc={soc} last={last} onDone={() => setOpen(false)} />}
        renderTarget={({ isOpen, ref, ...target }) => (
          <button
            {...target}
            ref={ref}
            type="button"
            className="time-range-button"
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            aria-label={`Time range: ${text}`}
            title={`Time range: ${text}`}
          >
            <Time size={13} />
            <span className={set ? 'clip num med' : 'clip t2'}>{text}</span>
            <CaretDown size={11} />
          </button>
        )}
      />
      {set && (
        <Action
          quiet
          icon={<Cross size={11} />}
          label={soc ? "Each panel's own time" : 'Show all times'}
          onClick={() => setRange(NO_RANGE)}
        />
      )}
    </div>
  )
}

type RangeFormProps = { range: TimeRange; soc: boolean; last: number | null; onDone: () => void }

function RangeForm({ range, soc, last, onDone }: RangeFormProps) {
  const zone = useZone()
  const shown = (iso: string | null): string => (iso === null ? '' : formatTimeBare(iso, zone))
  const [from, setFrom] = useState(shown(range.from))
  const [to, setTo] = useState(shown(range.to))
  const [failure, setFailure] = useState<string | null>(null)
  const apply = () => {
    const [first, end] = [from, to].map((text) => (text.trim() === '' ? null : parseTime(text, zone)))
    if (from.trim() !== '' && first === null) return setFailure(`${from.trim()} is no time. Write 2019-01-15 04:15.`)
    if (to.trim() !== '' && end === null) return setFailure(`${to.trim()} is no time. Write 2019-01-15 04:15.`)
    if (first && end && Date.parse(first) >= Date.parse(end)) return setFailure('The end must lie behind the begin.')
    setRange({ from: first ?? null, to: end ?? null })
    onDone()
  }
  const field = (label: string, text: string, set: (text: string) => void) => (
    <label className="field">
      <span className="t2 sm">{label}</span>
      <input
        className="text-field mono"
        value={text}
        maxLength={60}
        spellCheck={false}
        placeholder="2019-01-15 04:15:00"
        aria-invalid={failure !== null}
        onChange={(event) => (set(event.target.value), setFailure(null))}
      />
    </label>
  )
  return (
    <form
      className="time-range-form"
      aria-label="Time range"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      {soc && (
        <div className="time-lasts" role="group" aria-label="Up to now">
          {lasts.map(({ seconds, text }) => (
            <Action key={seconds} pressed={last === seconds} onClick={() => (setLast(seconds), onDone())}>
              {text}
            </Action>
          ))}
        </div>
      )}
      {field(`From, ${zoneLabel(zone)}`, from, setFrom)}
      {field(`Before, ${zoneLabel(zone)}`, to, setTo)}
      {failure && (
        <p className="bad sm" role="alert">
          {failure}
        </p>
      )}
      <p className="t3 sm">
        An empty field leaves that end open.{' '}
        {soc ? 'What looks at the last hour only keeps to it.' : 'Rows without a time are not in a range.'}
      </p>
      <div className="dialog-actions">
        <Action disabled={!isRange(range) && last === null} onClick={() => (setRange(NO_RANGE), onDone())}>
          {soc ? "Each panel's own" : 'All times'}
        </Action>
        <Action primary type="submit">
          Set time range
        </Action>
      </div>
    </form>
  )
}
