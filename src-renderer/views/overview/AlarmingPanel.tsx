import { Play } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { Panel } from '../../ui/Panel.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'

type Overview = Output<'hunts.overview'>

/** The worst open alerts, or how to get some. */
export function AlarmingPanel({ hunt, overview }: { hunt: string; overview: Overview }) {
  const { topAlerts } = overview
  const open = overview.hunt.alertsOpen
  return (
    <Panel
      title="What is alarming"
      sub={topAlerts.length > 0 ? 'open alerts, score then newest' : undefined}
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
        <NoAlerts hunt={hunt} rows={overview.hunt.rows} />
      ) : (
        <table className="table">
          <colgroup>
            <col style={{ width: 96 }} />
            <col />
            <col style={{ width: 88 }} />
            <col style={{ width: 72 }} />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th>Severity</th>
              <th>Alert</th>
              <th>Technique</th>
              <th>Rows</th>
            </tr>
          </thead>
          <tbody>
            {topAlerts.map((alert) => (
              <tr key={alert.id}>
                <td>
                  <SevMark severity={alert.severity} />
                </td>
                <td title={[alert.title, alert.host].filter(Boolean).join('\n')}>
                  <a className="cell-link" href={`#${link.alert(hunt, alert.id)}`}>
                    {alert.title}
                  </a>
                </td>
                <td>{alert.mitreTechnique && <TechniqueChip id={alert.mitreTechnique} />}</td>
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

function NoAlerts({ hunt, rows }: { hunt: string; rows: number }) {
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data: analyzers } = useCall('analyzers.list', {})
  const run = useCommand('analyzers.run')
  if (!stats || !analyzers) return null
  const has = stats.total > 0
  const label = `Run ${formatNoun(analyzers.total, 'analyzer')}`
  return (
    <div className="state-inline">
      <p className="t2">
        {has
          ? `No open alerts. ${formatNoun(stats.total, 'alert')} resolved or set aside.`
          : `No alerts yet. ${label} over ${formatNoun(rows, 'row')}.`}
      </p>
      <div className="state-actions">
        {!has && (
          <Action
            icon={<Play size={13} />}
            disabled={rows === 0}
            busy={run.isPending}
            onClick={() => run.mutate({ huntId: hunt })}
          >
            {label}
          </Action>
        )}
      </div>
      <FailureLine failure={run.error} />
    </div>
  )
}
