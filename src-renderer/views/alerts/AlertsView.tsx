import { Play } from '@blueprintjs/icons'
import { useCall, useCommand } from '../../backend/query.ts'
import { link, openedOf, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { AlertsTab } from './AlertsTab.tsx'
import { AnalyzersTab } from './AnalyzersTab.tsx'
import { NotificationsTab } from './notifications/NotificationsTab.tsx'
import { RuleActions } from './rules/RuleActions.tsx'
import { RulesTab } from './rules/RulesTab.tsx'
import './alerts.css'

/** What analyzers and rules found and what was made of it; and the rules and analyzers themselves. */
export function AlertsView({ hunt }: { hunt: string }) {
  const route = useRoute()
  const tab = (['rules', 'analyzers', 'notifications'] as const).find((known) => known === tabOf(route)) ?? 'alerts'
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data: analyzers } = useCall('analyzers.list', {})
  const { data: rules } = useCall('rules.list', { huntId: hunt, limit: 500 })
  const { data: channels } = useCall('notifications.channels', {})
  const { data: known } = useCall('hunts.get', { id: hunt })
  const run = useCommand('analyzers.run')
  const tabs = [
    { id: 'alerts', title: 'Alerts', href: link.alerts(hunt), count: stats && formatCount(stats.total) },
    { id: 'rules', title: 'Rules', href: link.rules(hunt), count: rules && formatCount(rules.total) },
    {
      id: 'analyzers',
      title: 'Analyzers',
      href: link.analyzers(hunt),
      count: analyzers && formatCount(analyzers.total),
    },
    {
      id: 'notifications',
      title: 'Notifications',
      href: link.notifications(hunt),
      count: channels && formatCount(channels.total),
    },
  ]
  return (
    <>
      <ViewBar label="Alerts" tabs={tabs} current={tab}>
        {tab === 'rules' && <RuleActions hunt={hunt} rows={known?.rows ?? 0} />}
        {tab === 'alerts' && (
          <Action
            icon={<Play size={13} />}
            disabled={!known || known.rows === 0}
            busy={run.isPending}
            onClick={() => run.mutate({ huntId: hunt })}
          >
            Run analyzers
          </Action>
        )}
      </ViewBar>
      {tab === 'analyzers' ? (
        <AnalyzersTab hunt={hunt} />
      ) : tab === 'notifications' ? (
        <NotificationsTab hunt={hunt} opened={openedOf(route)} />
      ) : tab === 'rules' ? (
        <RulesTab hunt={hunt} opened={openedOf(route)} rows={known?.rows ?? 0} />
      ) : (
        <AlertsTab hunt={hunt} />
      )}
    </>
  )
}
