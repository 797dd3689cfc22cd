import { useId, useState } from 'react'
import { CloudUpload, Trash } from '@blueprintjs/icons'
import type { Copy } from '#contract/copies'
import type { Dataset } from '#contract/datasets'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Time } from '../../ui/Time.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** Copies of a dataset on ClickHouse servers: send it, ask a copy, drop one. */
export function DatasetCopies({ hunt, dataset }: { hunt: string; dataset: Dataset }) {
  const { data, error, refetch } = useCall('copies.list', { datasetId: dataset.id })
  const [dropping, setDropping] = useState<Copy | null>(null)
  const drop = useCommand('copies.delete')
  if (error) return <FailureState failure={error} inline onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={4} height={24} />
  return (
    <div className="dataset-part">
      <SendForm dataset={dataset} />
      {data.copies.length === 0 ? (
        <p className="t2">
          Not sent anywhere. A copy on a ClickHouse server answers queries, facets and bars of datasets that are too
          large for this computer.
        </p>
      ) : (
        <ul className="dataset-copies" aria-label="Copies">
          {data.copies.map((copy) => (
            <li key={copy.id}>
              <div className="line">
                <b className="med clip">{copy.connectionName}</b>
                <span className="chip">{copy.state}</span>
                <span className="spring" />
                <span className="t3 sm nowrap">
                  <Time iso={copy.sentAt} />
                </span>
              </div>
              <p className="mono clip" title={`${copy.database}.${copy.table}`}>
                {copy.database}.{copy.table}
              </p>
              <p className="t2 sm">
                {formatNoun(copy.rows, 'row')}
                {copy.stale && ', as it was read before it was last changed'}
                {copy.failure && `. ${copy.failure.message}`}
              </p>
              <div className="line">
                {copy.state === 'complete' && (
                  <Action href={link.rows(hunt, { ds: dataset.id, copy: copy.id })}>Ask this copy</Action>
                )}
                {copy.state !== 'sending' && (
                  <Action quiet icon={<Trash size={12} />} onClick={() => (drop.reset(), setDropping(copy))}>
                    Drop the table
                  </Action>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        open={dropping !== null}
        title="Drop the copy"
        confirm="Drop the table"
        busy={drop.isPending}
        onClose={() => setDropping(null)}
        onConfirm={() => dropping && drop.mutate({ id: dropping.id }, { onSuccess: () => setDropping(null) })}
      >
        {dropping && (
          <>
            {dropping.database}.{dropping.table} with {formatNoun(dropping.rows, 'row')} goes from{' '}
            {dropping.connectionName}. The dataset stays here.
          </>
        )}
        <FailureLine failure={drop.error} />
      </ConfirmDialog>
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
