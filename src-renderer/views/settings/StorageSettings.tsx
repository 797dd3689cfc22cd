import type { ReactNode } from 'react'
import type { Output } from '#contract/contract'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { Bytes } from '../../ui/Num.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

const shells: Record<Output<'workspace.info'>['shell'], string> = {
  electron: 'Desktop window',
  headless: 'Served to the browser on this computer',
  cli: 'Terminal',
}

/** Where the workspace lies, how large it is, and which program has it open. */
export function StorageSettings() {
  const { data: workspace, error, refetch } = useCall('workspace.info', {})
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!workspace) return <Skeleton rows={8} height={34} />
  const lines: [string, ReactNode][] = [
    [
      'Folder',
      <span key="folder" className="line">
        <span className="mono clip" title={workspace.folder}>
          {workspace.folder}
        </span>
        <CopyButton text={workspace.folder} title="Copy path" iconOnly />
      </span>,
    ],
    ['Size', <Bytes key="size" value={workspace.diskBytes} />],
    [
      'Free on its disk',
      workspace.freeBytes === null ? (
        <span className="t3">not known</span>
      ) : (
        <Bytes key="free" value={workspace.freeBytes} />
      ),
    ],
    ['Hunts', formatCount(workspace.hunts)],
    ['Datasets', formatCount(workspace.datasets)],
    ['Huntbench', workspace.version],
    ['Shown in', shells[workspace.shell]],
    ['Platform', workspace.platform],
    ['Node', workspace.node],
    ['SQLite', workspace.sqlite],
  ]
  return (
    <div className="settings">
      <h2 className="page-title">Storage</h2>
      <p className="t2">
        One folder holds everything: workspace.db with what people made, and one file per dataset, which is written once
        and then only read.
      </p>
      <dl className="setting-list facts">
        {lines.map(([term, value]) => (
          <div key={term}>
            <dt className="t2">{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
