import { useMemo } from 'react'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { figureText, num, text } from '../cellText.ts'
import { Classify } from '../Classify.tsx'
import { Known } from '../Known.tsx'
import { toDetections, toRequests } from '../marks.ts'
import { LevelMark } from '../LevelMark.tsx'
import type { ScreenProps } from '../screens.ts'
import { SocCell } from '../SocCell.tsx'
import { Investigate, Subject } from '../Subject.tsx'
import { Tile } from '../Tile.tsx'
import { usePanel, type Row } from '../usePanel.ts'
import { usePartColumns } from '../usePartColumns.ts'
import { AddressRadar, radarLeads } from './AddressRadar.tsx'
import { scoreLeads, ScoreLines } from './ScoreLines.tsx'
import '../socAddress.css'

/** All that is known of one address. */
export function AddressScreen({ opened }: ScreenProps) {
  const ip = (opened ?? '').replace(/^::ffff:/i, '')
  const params = useMemo(() => ({ ip }), [ip])
  const features = usePartColumns('ip', 'features')
  if (ip === '')
    return (
      <EmptyState title="Which address?" action={<Investigate />}>
        What it did, how the models scored it, and where it stands in the hunts.
      </EmptyState>
    )
  return (
    <>
      <Subject type="address" value={ip}>
        <InShort ip={ip} />
      </Subject>
      <div className="soc-tiles soc-thirds soc-page">
        <Tile
          panel="ipRadar"
          part="profile"
          params={params}
          sub="last hour"
          chart
          className="soc-drawn"
          leads={radarLeads(ip)}
          draw={(rows) => <AddressRadar rows={rows} ip={ip} />}
        />
        <Tile
          panel="ip"
          part="scores"
          params={params}
          sub="higher is worse"
          chart
          className="soc-drawn"
          empty={<p>Not scored in this time.</p>}
          leads={scoreLeads(ip)}
          draw={(rows) => <ScoreLines rows={rows} ip={ip} />}
        />
        <Classify ip={ip} className="soc-drawn" />
        <Tile
          panel="ip"
          part="requests"
          params={params}
          sub="the newest 100"
          right={<a href={`#${toRequests({ src_ip: ip })}`}>All requests</a>}
          className="soc-two-thirds"
          empty={<p>{ip.includes(':') ? 'Requests are logged by IPv4 address.' : 'No requests in this time.'}</p>}
        />
        <Tile
          panel="ip"
          part="fingerprints"
          params={params}
          sub="by requests"
          leads={{ requests: (row) => toRequests({ src_ip: ip, ja4: text(row['ja4']) }) }}
          draw={(rows) => <Fingerprints rows={rows} />}
        />
        <Tile
          panel="ip"
          part="detections"
          params={params}
          sub="newest first"
          right={<a href={`#${toDetections({ src_ip: ip })}`}>All in Detections</a>}
          className="soc-full"
          empty={<p>Never detected in this time.</p>}
        />
        <Tile
          panel="ip"
          part="features"
          params={params}
          sub="its busiest session"
          className="soc-two-thirds"
          empty={<p>No session in the last hour.</p>}
          draw={([row]) => <Known columns={features.filter(({ name }) => name !== 'src_ip')} row={row} />}
        />
        <Recurrence params={params} />
        <Tile
          panel="ip"
          part="cascade"
          params={params}
          sub="a browser loads much, a script little"
          className="soc-full"
          empty={<p>It opened no page in the last 24 hours.</p>}
        />
      </div>
    </>
  )
}

function InShort({ ip }: { ip: string }) {
  const { part } = usePanel('ip', { parts: ['summary'], params: { ip } })
  const answer = part('summary')
  const row = answer?.rows[0]
  if (answer?.failure) return <span className="bad sm clip">{answer.failure.message}</span>
  if (!row) return null
  const detections = num(row['detections']) ?? 0
  if (detections === 0) return <span className="t2">Not detected in this time</span>
  const number = text(row['asn_number'])
  return (
    <>
      <LevelMark level={text(row['worst_threat'])} />
      <span className="t2">
        {number !== '' && number !== '0' && `AS${number} `}
        <SocCell kind="asn" cell={row['asn_org']} /> · {text(row['country_code'])} ·{' '}
        {formatNoun(detections, 'detection')} on {formatNoun(num(row['days']) ?? 0, 'day')} · worst score{' '}
        {figureText(row['worst_score'])}
      </span>
    </>
  )
}

function Recurrence({ params }: { params: { ip: string } }) {
  const columns = usePartColumns('ip', 'recurrence')
  return (
    <Tile
      panel="ip"
      part="recurrence"
      params={params}
      sub="over 30 days"
      empty={<p>Detected in one hour at most.</p>}
      draw={([row]) => <Known columns={columns} row={row} />}
    />
  )
}

const Fingerprints = ({ rows }: { rows: readonly Row[] }) => (
  <ul className="soc-prints">
    {rows.map((row) => (
      <li key={text(row['ja4'])}>
        <span className="soc-print-line">
          {text(row['ja4']) === '' ? (
            <span className="t2">Not encrypted</span>
          ) : (
            <SocCell kind="ja4" cell={row['ja4']} />
          )}
          <span className="figure">{formatCount(num(row['requests']) ?? 0)}</span>
        </span>
        <span className="t2 sm clip" title={text(row['user_agent'])}>
          {text(row['user_agent']) || 'No user agent'}
        </span>
        {(num(row['user_agents']) ?? 0) > 1 && (
          <span className="t3 sm"> and {formatNoun((num(row['user_agents']) ?? 0) - 1, 'other user agent')}</span>
        )}
      </li>
    ))}
  </ul>
)
