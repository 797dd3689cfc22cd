import type { ReactNode } from 'react'
import { link } from '../../../state/places.ts'
import { Bars } from '../../../ui/Bars.tsx'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun, formatPercent } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { num, text } from '../cellText.ts'
import { levelName } from '../LevelMark.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import { LevelTimeline } from './LevelTimeline.tsx'

/** The day at a glance. */
export function OverviewScreen() {
  return (
    <>
      <KeyFigures />
      <div className="soc-tiles soc-overview">
        <Tile
          panel="overview"
          part="timeline"
          chart
          className="soc-wide"
          draw={(rows) => <LevelTimeline rows={rows} />}
        />
        <Tile
          panel="overview"
          part="addresses"
          sub="most detections"
          className="soc-wide"
          right={<a href={`#${link.soc('detections')}`}>All detections</a>}
        />
        <Tile
          panel="overview"
          part="levels"
          draw={(rows) => (
            <Counted
              rows={rows}
              name="threat_level"
              count="cnt"
              noun="sessions"
              label={levelName}
              href={(value) => link.soc('detections', { threat_level: value })}
            />
          )}
        />
        <Tile
          panel="overview"
          part="browsers"
          sub="of scored sessions"
          draw={(rows) => (
            <Counted
              rows={rows}
              name="browser_family"
              count="cnt"
              noun="sessions"
              href={(value) => link.soc('detections', { browser_family: value })}
            />
          )}
        />
        <Tile
          panel="overview"
          part="models"
          sub="sessions scored"
          draw={(rows) => (
            <Counted
              rows={rows}
              name="model_name"
              count="scored"
              noun="sessions scored"
              href={() => link.soc('models')}
            />
          )}
        />
        <Tile panel="alerts" part="rows" sub="as they come" className="soc-full" />
      </div>
    </>
  )
}

function KeyFigures() {
  const { part, asks, agree, failure } = usePanel('overview', { parts: ['detections', 'scores', 'traffic', 'levels'] })
  const of = (name: string, column: string): number | null => {
    const answer = part(name)
    return answer && !answer.failure ? num(answer.rows[0]?.[column]) : null
  }
  const level = (name: string): number | null => {
    const answer = part('levels')
    if (!answer || answer.failure) return null
    return num(answer.rows.find((row) => text(row['threat_level']) === name)?.['cnt']) ?? 0
  }
  const scored = of('scores', 'scored')
  const browsers = of('scores', 'legitimate_browsers')
  const figure = (value: number | null): ReactNode =>
    value === null ? <span className="t3">–</span> : formatCount(value)
  // Never a zero for an unknown.
  const why = (name: string): string | null =>
    part(name)?.failure?.message ?? (part(name) ? null : (failure?.message ?? null))
  if (asks)
    return (
      <p className="soc-asks">
        The key figures would read {formatNoun(asks.rows, 'row')}; the connection asks above{' '}
        {formatCount(asks.askAboveRows)}. <Action onClick={agree}>Read {formatNoun(asks.rows, 'row')}</Action>
      </p>
    )
  return (
    <Figures
      items={[
        {
          value: figure(of('detections', 'detections')),
          noun: 'detections',
          note: why('detections') ?? (scored === null ? '' : `of ${formatCount(scored)} scored`),
        },
        { value: figure(level('CRITICAL')), noun: 'critical', note: why('levels') ?? 'of scored sessions' },
        { value: figure(level('HIGH')), noun: 'high', note: why('levels') ?? 'of scored sessions' },
        { value: figure(of('detections', 'unique_ips')), noun: 'addresses', note: why('detections') ?? 'detected' },
        { value: figure(of('traffic', 'requests')), noun: 'requests', note: why('traffic') ?? 'in http_logs' },
        {
          value: figure(browsers),
          noun: 'browsers',
          note:
            why('scores') ??
            (scored !== null && scored > 0 && browsers !== null ? `${formatPercent(browsers / scored)} of scored` : ''),
        },
      ]}
    />
  )
}

type CountedProps = {
  rows: readonly Row[]
  name: string
  count: string
  noun: string
  label?: (value: string) => string
  href: (value: string) => string
}

function Counted({ rows, name, count, noun, label = (value) => value, href }: CountedProps) {
  return (
    <div className="soc-bars">
      <Bars
        noun={noun}
        barWidth={150}
        numberWidth={64}
        items={rows.map((row) => {
          const value = text(row[name])
          return { key: value, label: label(value), title: value, value: num(row[count]) ?? 0, href: href(value) }
        })}
      />
    </div>
  )
}
