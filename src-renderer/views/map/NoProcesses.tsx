import type { Output } from '#contract/contract'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

type Datasets = Output<'processes.hosts'>['datasets']
/** Datasets that are listed; of more the first say enough. */
const LISTED = 12

/** What a hunt needs to show processes, and why its datasets show none. */
export function NoProcesses({ hunt, datasets }: { hunt: string; datasets: Datasets }) {
  if (datasets.length === 0)
    return (
      <EmptyState
        title="No processes yet"
        action={
          <Action primary href={link.importing(hunt)}>
            Import files
          </Action>
        }
      >
        Trees are made from Sysmon, Security 4688, Defender and Velociraptor rows, and from any table with pid, ppid and
        process_name.
      </EmptyState>
    )
  return (
    <EmptyState
      title="No dataset of this hunt shows processes"
      action={<Action href={link.datasets(hunt)}>Show datasets</Action>}
    >
      <p>A tree needs columns that feed pid and process_name, and ppid or parent_process_name for its links.</p>
      <ul className="lacking">
        {datasets.slice(0, LISTED).map(({ datasetId, name, reason }) => (
          <li key={datasetId}>
            <a className="clip" href={`#${link.datasets(hunt, { ds: datasetId })}`}>
              {name}
            </a>
            <span className="t3">{reason}</span>
          </li>
        ))}
      </ul>
      {datasets.length > LISTED && (
        <p className="t3 sm">
          {LISTED} of {datasets.length} datasets listed
        </p>
      )}
    </EmptyState>
  )
}
