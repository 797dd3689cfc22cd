import { formatTime, type Zone } from '../ui/formatTime.ts'
import { tickText } from './timeTicks.ts'
import './spanBars.css'

/** A stretch of time, ISO 8601. `tone` 1-5: a colour of the series; `strong`: a frame around what is meant. */
export type Span = { from: string; to: string; tone: number; strong?: boolean }
export type SpanLine = { key: string; label: string; note?: string; spans: readonly Span[]; href?: string }

/** A stretch shorter than this share of the axis is still seen. */
const LEAST = 0.006

/** Stretches of time under one another on one axis, one line for each thing. `ticks`: marks on the axis, at even distances; fewer where it is short. */
export function SpanBars({
  lines,
  zone,
  label,
  ticks = 5,
}: {
  lines: readonly SpanLine[]
  zone: Zone
  label: string
  ticks?: number
}) {
  const times = lines.flatMap(({ spans }) => spans.flatMap(({ from, to }) => [Date.parse(from), Date.parse(to)]))
  const first = Math.min(...times)
  const last = Math.max(...times)
  const length = Math.max(1, last - first)
  const share = (iso: string) => (Date.parse(iso) - first) / length
  if (times.length === 0) return null
  return (
    <div className="span-bars" role="list" aria-label={label}>
      {lines.map(({ key, label: name, note, spans, href }) => {
        const text = (
          <>
            <span className="clip span-name" title={name}>
              {name}
            </span>
            <span className="span-track">
              {spans.map(({ from, to, tone, strong }) => {
                const left = share(from)
                const width = Math.max(LEAST, share(to) - left)
                return (
                  <span
                    key={`${tone} ${from} ${to}`}
                    className={strong ? 'span-bar strong' : 'span-bar'}
                    title={`${formatTime(from, zone)} – ${formatTime(to, zone)}`}
                    style={{
                      left: `${Math.min(left, 1 - LEAST) * 100}%`,
                      width: `${Math.min(width, 1) * 100}%`,
                      ...(strong ? {} : { background: `var(--series-${tone})` }),
                    }}
                  />
                )
              })}
            </span>
            {note !== undefined && <span className="num span-note">{note}</span>}
          </>
        )
        return (
          <div key={key} role="listitem">
            {href ? (
              <a className="span-line" href={`#${href}`}>
                {text}
              </a>
            ) : (
              <span className="span-line">{text}</span>
            )}
          </div>
        )
      })}
      <div className="span-line span-axis t3" aria-hidden>
        <span />
        <span className="span-track">
          {Array.from({ length: ticks }, (_, n) => (
            <span key={n} className="span-tick" style={{ left: `${(n / (ticks - 1)) * 100}%` }}>
              {tickText(first + (length * n) / (ticks - 1), length / 1000, zone)}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}
