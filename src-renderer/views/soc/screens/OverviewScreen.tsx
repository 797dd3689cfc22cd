import type { ReactNode } from 'react'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun, formatPercent } from '../../../ui/formatNumber.ts'
import { Figures } from '../../../ui/Panel.tsx'
import { num, text } from '../cellText.ts'
import { CountedBars } from '../CountedBars.tsx'
import { levelName } from '../LevelMark.tsx'
import { toDetections, toRequests, toScores } from '../marks.ts'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import { useOwnTime } from '../useOwnTime.ts'
import { levelLeads, LevelTimeline } from './LevelTimeline.tsx'

/** Tables look back further by themselves than the overview does. */
const DAY_S = 86_400

/** The day at a glance. */
export function OverviewScreen() {
  const time = useOwnTime(DAY_S)
  const levels = (row: Row): string => toScores({ threat_level: text(row['threat_level']), ...time })
  const families = (row: Row): string => toScores({ browser_family: text(row['browser_family']), ...time })
  const models = (row: Row): string => toScores({ model_name: text(row['model_name']), ...time })
  return (
    <>
      <KeyFigures />
      <div className="soc-tiles soc-overview">
        <Tile
          panel="overview"
          part="timeline"
          chart
          className="soc-wide"
          leads={levelLeads}
          draw={(rows) => <LevelTimeline rows={rows} />}
        />
        <Tile
          panel="overview"
          part="addresses"
          sub="most detections"
          className="soc-wide"
          leads={{ cnt: (row) => toDetections({ src_ip: text(row['src_ip']), ...time }) }}
          right={<a href={`#${toDetections(time)}`}>All detections</a>}
        />
        <Tile
          panel="overview"
          part="levels"
          chart
          leads={{ cnt: levels }}
          draw={(rows) => (
            <CountedBars
              {...{ rows, barWidth: 150, name: 'threat_level', count: 'cnt', noun: 'sessions' }}
              label={levelName}
              href={levels}
            />
          )}
        />
        <Tile
          panel="overview"
          part="browsers"
          sub="of scored sessions"
          chart
          leads={{ cnt: families }}
          draw={(rows) => (
            <CountedBars
              {...{ rows, barWidth: 150, name: 'browser_family', count: 'cnt', noun: 'sessions' }}
              href={families}
            />
          )}
        />
        <Tile
          panel="overview"
          part="models"
          sub="sessions scored"
          right={<a href={`#${link.soc('models')}`}>All models</a>}
          chart
          leads={{ scored: models }}
          draw={(rows) => (
            <CountedBars
              {...{ rows, barWidth: 150, name: 'model_name', count: 'scored', noun: 'sessions scored' }}
              href={models}
            />
          )}
        />
        <Tile panel="alerts" part="rows" sub="as they come" className="soc-full" />
      </div>
    </>
  )
}

function KeyFigures() {
  const time = useOwnTime(DAY_S)
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
        The key figures wait for your consent: they would read {formatNoun(asks.rows, 'row')}; the connection asks above{' '}
        {formatCount(asks.askAboveRows)}. <Action onClick={agree}>Read {formatNoun(asks.rows, 'row')}</Action>
      </p>
    )
  return (
    <Figures
      items={[
        {
          value: figure(of('detections', 'detections')),
          noun: 'detections',
          href: `#${toDetections(time)}`,
          note: why('detections') ?? (scored === null ? '' : `of ${formatCount(scored)} scored`),
        },
        ...(['CRITICAL', 'HIGH'] as const).map((one) => ({
          value: figure(level(one)),
          noun: one.toLowerCase(),
          note: why('levels') ?? 'of scored sessions',
          href: `#${toScores({ threat_level: one, ...time })}`,
        })),
        {
          value: figure(of('detections', 'unique_ips')),
          noun: 'addresses',
          note: why('detections') ?? 'detected',
          href: `#${toDetections({ sort: 'src_ip', ...time })}`,
        },
        {
          value: figure(of('traffic', 'requests')),
          noun: 'requests',
          note: why('traffic') ?? 'in http_logs',
          href: `#${toRequests({})}`,
        },
        {
          value: figure(browsers),
          noun: 'browsers',
          href: `#${toScores({ threat_level: 'LEGITIMATE_BROWSER', ...time })}`,
          note:
            why('scores') ??
            (scored !== null && scored > 0 && browsers !== null ? `${formatPercent(browsers / scored)} of scored` : ''),
        },
      ]}
    />
  )
}
