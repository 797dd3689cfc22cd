import { useId, useState } from 'react'
import { CloudUpload } from '@blueprintjs/icons'
import type { Dataset } from '#contract/datasets'
import { CopyList } from '../../backend/CopyList.tsx'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** Copies of a dataset on ClickHouse servers: send it, ask a copy, drop one. */
export function DatasetCopies({ dataset }: { dataset: Dataset }) {
  const { data, error, refetch } = useCall('copies.list', { datasetId: dataset.id })
  if (error) return <FailureState failure={error} inline onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} height={24} />
  return (
    <div className="dataset-part">
      <SendForm dataset={dataset} />
      {data.copies.length === 0 ? (
        <p className="t2">
          Not sent anywhere. A copy on a ClickHouse server answers in place of a dataset that is too large for this
          computer: rows, facets, bars, statistics, timeline and export. It stays there when the dataset is deleted
          here.
        </p>
      ) : (
        <CopyList copies={data.copies} label="Copies" titleOf={(copy) => copy.connectionName} />
      )}
    </div>
  )
}

function SendForm({ dataset }: { dataset: Dataset }) {
  const id = useId()
  const { data } = useCall('connections.list', {})
  const [chosen, setChosen] = useState<string | null>(null)
  const [whole, setWhole] = useState(false)
  const [started, setStarted] = useState<string | null>(null)
  const send = useCommand('copies.send')
  const cancel = useCommand('jobs.cancel')
  const { data: job } = useCall('jobs.get', started === null ? null : { id: started })
  const may = (data?.connections ?? []).filter(({ allowWrite }) => allowWrite)
  const connection = may.find((one) => one.id === chosen) ?? may[0]
  const running = job !== undefined && job.id === started && job.finishedAt === null
  const failed = job !== undefined && job.id === started ? job.failure : null
  if (!data) return null
  if (!connection)
    return (
      <p className="t2">
        No connection may write. <a href={`#${link.connections()}`}>Allow it in the settings</a> of one.
      </p>
    )
  return (
    <form
      className="dataset-send"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate(
          { connection: connection.id, ...(whole ? { huntId: dataset.huntId } : { datasetId: dataset.id }) },
          { onSuccess: ({ jobId }) => setStarted(jobId) },
        )
      }}
    >
      <label htmlFor={`${id}c`} className="t2">
        To
      </label>
      <select
        id={`${id}c`}
        className="text-field"
        value={connection.id}
        onChange={(event) => setChosen(event.target.value)}
      >
        {may.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <label className="line">
        <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.target.checked)} />
        all datasets of the hunt
      </label>
      <span className="spring" />
      {running && (
        <Action quiet onClick={() => cancel.mutate({ id: job.id })}>
          Cancel
        </Action>
      )}
      <Action type="submit" icon={<CloudUpload size={13} />} busy={running || send.isPending}>
        {whole ? 'Send the hunt' : `Send ${formatNoun(dataset.rows, 'row')}`}
      </Action>
      <FailureLine failure={send.error} />
      {failed && (
        <p className="bad sm" role="alert">
          {failed.message}
        </p>
      )}
    </form>
  )
}
