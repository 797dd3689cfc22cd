import { Import, Plus } from '@blueprintjs/icons'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { chooseFiles } from '../../state/chooseFiles.ts'
import { usePendingFiles } from '../../state/PendingFilesContext.ts'
import { link, openedOf, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { AlarmingPanel } from './AlarmingPanel.tsx'
import { CameInPanel } from './CameInPanel.tsx'
import { EmptyHunt } from './EmptyHunt.tsx'
import { HostsPanel } from './HostsPanel.tsx'
import { HypothesesTab } from './hypotheses/HypothesesTab.tsx'
import { OverviewFigures } from './OverviewFigures.tsx'
import { OverviewSkeleton } from './OverviewSkeleton.tsx'
import { TechniquesPanel } from './TechniquesPanel.tsx'
import { TimelinePanel } from './TimelinePanel.tsx'
import './overview.css'

/** Buckets of the timeline: about one bar per 20 pixels. */
const BUCKETS = 60

/** What came in and what is alarming in a hunt, on one screen. */
export function OverviewView({ hunt }: { hunt: string }) {
  const { data, error, refetch } = useCall('hunts.overview', { id: hunt, buckets: BUCKETS })
  const { data: came } = useDatasets(hunt)
  const { data: progress } = useCall('hunts.progress', { id: hunt })
  const jobs = progress?.jobs.filter(({ kind }) => kind !== 'export') ?? []
  const pending = usePendingFiles()
  const route = useRoute()
  const tab = tabOf(route) === 'hypotheses' ? 'hypotheses' : 'summary'
  const { data: hypotheses } = useCall('hypotheses.list', { huntId: hunt, limit: 1 })
  const loaded = data && came && progress
  const busy = jobs.length > 0
  const empty = loaded && came.total === 0 && jobs.length === 0
  return (
    <>
      <ViewBar
        label="Overview"
        current={tab}
        tabs={[
          { id: 'summary', title: 'Summary', href: link.overview(hunt) },
          {
            id: 'hypotheses',
            title: 'Hypotheses',
            href: link.hypotheses(hunt),
            count: hypotheses && formatCount(hypotheses.total),
          },
        ]}
      >
        {tab === 'hypotheses' && (hypotheses?.total ?? 0) > 0 && (
          <Action icon={<Plus size={13} />} href={link.hypotheses(hunt, 'new')}>
            New hypothesis
          </Action>
        )}
        {tab === 'summary' && !empty && (
          <Action icon={<Import size={13} />} onClick={() => void chooseFiles().then(pending.add)}>
            Import
          </Action>
        )}
      </ViewBar>
      {tab === 'hypotheses' ? (
        <HypothesesTab hunt={hunt} opened={openedOf(route)} />
      ) : error ? (
        <FailureState failure={error} onRetry={() => void refetch()} />
      ) : !loaded ? (
        <OverviewSkeleton />
      ) : empty ? (
        <EmptyHunt />
      ) : (
        <div className="view-body">
          <div className="overview">
            <OverviewFigures hunt={hunt} overview={data} busy={busy} />
            <TimelinePanel hunt={hunt} timeline={data.timeline} datasets={came.datasets} busy={busy} />
            <div className="overview-columns">
              <AlarmingPanel hunt={hunt} overview={data} busy={busy} />
              <HostsPanel hunt={hunt} hosts={data.hosts} total={data.hostTotal} busy={busy} />
              <CameInPanel hunt={hunt} datasets={came.datasets} total={came.total} jobs={jobs} />
            </div>
            <TechniquesPanel hunt={hunt} techniques={data.techniques} busy={busy} />
          </div>
        </div>
      )}
    </>
  )
}
