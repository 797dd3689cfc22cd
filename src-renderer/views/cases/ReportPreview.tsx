import type { Input } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

/**
 * The report as its HTML file will look. The frame has no origin, runs nothing and opens nothing (sandbox), and the policy of
 * the page holds in it as well as that of the report. null: nothing was chosen.
 */
export function ReportPreview({ choices }: { choices: Input<'reports.preview'> | null }) {
  const { data, error, isFetching, isPlaceholderData, refetch } = useCall('reports.preview', choices)
  return (
    <Panel title="Preview" sub={isFetching ? 'is being made' : 'as HTML, nothing is written yet'} padded={false}>
      {choices === null ? (
        <EmptyState title="Nothing is chosen">Choose at least one section.</EmptyState>
      ) : error ? (
        <FailureState failure={error} inline onRetry={() => void refetch()} />
      ) : data ? (
        <iframe
          className={isPlaceholderData ? 'report-frame view-dim' : 'report-frame'}
          title="Preview of the report"
          sandbox=""
          // oxlint-disable-next-line house/page-holds-no-html -- a document of its own, without origin and script
          srcDoc={data.html}
        />
      ) : (
        <Skeleton rows={12} />
      )}
    </Panel>
  )
}
