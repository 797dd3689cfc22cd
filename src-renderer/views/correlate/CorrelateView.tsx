import { useCall } from '../../backend/query.ts'
import { FailureState } from '../../backend/FailureState.tsx'
import { link, openedOf, tabOf } from '../../state/places.ts'
import { useExpectCommands } from '../../state/commands.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { scopeParams, useCorrelateParams } from './correlateParams.ts'
import { FindTab } from './FindTab.tsx'
import { ListsTab } from './lists/ListsTab.tsx'
import { MatrixTab } from './MatrixTab.tsx'
import { TimesTab } from './TimesTab.tsx'
import { useHunts } from './useCorrelation.ts'
import './correlate.css'

const tabIds = ['matrix', 'find', 'times', 'lists'] as const

/** What hunts have in common, where one indicator stands, and what lists of indicators say. */
export function CorrelateView() {
  const route = useRoute()
  const tab = tabIds.find((id) => id === tabOf(route)) ?? 'matrix'
  const params = useCorrelateParams()
  const { all, chosen, error, refetch } = useHunts(params)
  const { data: lists } = useCall('intel.list', { limit: 1 })
  useExpectCommands(all === null && !error)
  const scope = scopeParams(params)
  const tabs = [
    { id: 'matrix', title: 'Matrix', href: link.correlate(scope) },
    { id: 'find', title: 'Find an IOC', href: link.findIoc(route.params.get('value') ?? undefined) },
    { id: 'times', title: 'Time overlap', href: link.timeOverlap(scope) },
    { id: 'lists', title: 'Indicator lists', href: link.lists(), count: lists && formatCount(lists.total) },
  ]
  return (
    <>
      <ViewBar label="Correlate" tabs={tabs} current={tab}>
        {tab === 'lists' && (
          <Action primary href={link.lists('new')}>
            Import a list
          </Action>
        )}
      </ViewBar>
      {tab === 'lists' ? (
        <ListsTab opened={openedOf(route)} />
      ) : error && all === null ? (
        <FailureState failure={error} onRetry={() => void refetch()} />
      ) : all === null ? (
        <Skeleton rows={16} />
      ) : all.length === 0 ? (
        <EmptyState title="No hunts to compare yet" action={<Action href={link.hunts()}>All hunts</Action>}>
          Indicators, hosts, times and techniques that two hunts share are shown here. Create hunts and import evidence
          first.
        </EmptyState>
      ) : tab === 'find' ? (
        <FindTab key={route.params.get('value') ?? ''} value={route.params.get('value') ?? ''} />
      ) : tab === 'times' ? (
        <TimesTab params={params} all={all} chosen={chosen} />
      ) : (
        <MatrixTab params={params} all={all} chosen={chosen} />
      )}
    </>
  )
}
