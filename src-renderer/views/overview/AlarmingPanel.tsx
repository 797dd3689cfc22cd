import { Play } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { useZone } from '../../ui/appearance.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatTime, formatTimeBare, zoneLabel } from '../../ui/formatTime.ts'
import { Panel } from '../../ui/Panel.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'

type Overview = Output<'hunts.overview'>

/** `CORP\\anna` is told by `anna`; the whole name is in the tooltip. */
const withoutDomain = (user: string): string => user.slice(user.lastIndexOf('\\') + 1)

/** The worst open alerts, or how to get some. */
export function AlarmingPanel({ hunt, overview, busy }: { hunt: string; overview: Overview; busy: boolean }) {
  const zone = useZone()
  const { topAlerts } = overview
  const open = overview.hunt.alertsOpen
  return (
    <Panel
      title="What is alarming"
      sub={topAlerts.length > 0 ? `open alerts by score, ${zoneLabel(zone)}` : undefined}
      padded={false}
      right={
        open > 0 && (
          <a className="sm nowrap" href={`#${link.alerts(hunt)}`}>
            {open > topAlerts.length ? `All ${formatCount(open)}` : 'Alerts'}
          </a>
        )
      }
    >
      {topAlerts.length === 0 ? (
        <NoAlerts hunt={overview.hunt} busy={busy} />
      ) : (
        <table className="table two-lines alarming">
          <colgroup>
            <col style={{ width: 92 }} />
            <col />
            <col style={{ width: 124 }} />
            <col style={{ width: 46 }} />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th>Severity</th>
              <th>Alert</th>
              <th>Technique, first seen</th>
              <th>Rows</th>
            </tr>
          </thead>
          <tbody>
            {topAlerts.map((alert) => (
              <tr key={alert.id}>
                <td>
                  <SevMark severity={alert.severity} />
                </td>
                <td
                  title={[
                    alert.title,
                    alert.evidence,
                    alert.host,
                    alert.user,
                    alert.firstTime && formatTime(alert.firstTime, zone),
                  ]
                    .filter(Boolean)
                    .join('\n')}
                >
                  <a className="cell-link clip" href={`#${link.alert(hunt, alert.id)}`}>
                    {alert.title}
                  </a>
                  <div className="alarming-where t3 sm">
                    {alert.host !== null && <span className="mono clip">{alert.host}</span>}
                    {alert.user !== null && (
                      <span className="mono clip alarming-user">{withoutDomain(alert.user)}</span>
                    )}
                    <span className="mono clip alarming-what">{alert.evidence}</span>
                  </div>
                </td>
                <td>
                  {alert.mitreTechnique && <TechniqueChip id={alert.mitreTechnique} />}
                  <span className="alarming-when t3 sm">
                    {alert.firstTime === null ? 'no time' : formatTimeBare(alert.firstTime, zone).slice(0, 16)}
                  </span>
                </td>
                <td className="num">
                  {formatCount(alert.rows)}
                  <span className="visually-hidden"> rows</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function NoAlerts({ hunt, busy }: { hunt: Overview['hunt']; busy: boolean }) {
  const { id, rows } = hunt
  const { data: stats } = useCall('alerts.stats', { huntId: id })
  const { data: analyzers } = useCall('analyzers.list', {})
  const run = useCommand('analyzers.run')
  if (!stats || !analyzers) return null
  const { statusCounts } = stats
  const open = statusCounts.new + statusCounts.acknowledged + statusCounts['in-progress']
  // The counts are here before the overview is read anew: nothing is said that they belie.
  if (open > 0 || (busy && stats.total === 0)) {
    return (
      <div className="state-inline">
        <p className="t2">
          {open > 0
            ? `Reading ${formatNoun(open, 'open alert')}.`
            : 'Files are being read. What the analyzers find shows here.'}
        </p>
      </div>
    )
  }
  const has = stats.total > 0
  const label = `Run ${formatNoun(analyzers.total, 'analyzer')}`
  return (
    <div className="state-inline">
      <p className="t2">
        {has
          ? `No open alerts. ${formatNoun(stats.total, 'alert')} resolved or set aside.`
          : hunt.analyzeOnImport
            ? `No alerts in ${formatNoun(rows, 'row')}. Another run doubles nothing.`
            : `No alerts yet. ${label} over ${formatNoun(rows, 'row')}.`}
      </p>
      <div className="state-actions">
        {!has && (
          <Action
            icon={<Play size={13} />}
            disabled={rows === 0}
            busy={run.isPending}
            onClick={() => run.mutate({ huntId: id })}
          >
            {label}
          </Action>
        )}
      </div>
      <FailureLine failure={run.error} />
    </div>
  )
}
