import { useState } from 'react'
import { Trash } from '@blueprintjs/icons'
import type { Copy } from '#contract/copies'
import { FailureLine } from './FailureLine.tsx'
import { useCommand } from './query.ts'
import { link } from '../state/places.ts'
import { Action } from '../ui/Action.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Time } from '../ui/Time.tsx'
import { formatNoun } from '../ui/formatNumber.ts'

type CopyListProps = {
  copies: readonly Copy[]
  label: string
  titleOf: (copy: Copy) => string
  /** The rows of a copy are shown in its hunt, which may be gone. */
  canAsk?: boolean
}

/** Copies on servers: where each is and how large; ask it, drop its table or only forget it. */
export function CopyList({ copies, label, titleOf, canAsk = true }: CopyListProps) {
  const [dropping, setDropping] = useState<Copy | null>(null)
  const drop = useCommand('copies.delete')
  const remove = (copy: Copy, keepTable: boolean) =>
    drop.mutate({ id: copy.id, keepTable }, { onSuccess: () => setDropping(null) })
  return (
    <>
      <ul className="copy-list" aria-label={label}>
        {copies.map((copy) => (
          <li key={copy.id}>
            <div className="line">
              <b className="med clip">{titleOf(copy)}</b>
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
              {copy.gone
                ? ` on ${copy.connectionName}, of a dataset that was deleted here`
                : copy.stale && ', as it was read before it was last changed'}
              {copy.failure && `. ${copy.failure.message}`}
            </p>
            <div className="line">
              {canAsk && copy.state === 'complete' && (
                <Action href={link.rows(copy.huntId, { ds: copy.datasetId, copy: copy.id })}>Ask this copy</Action>
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
      <ConfirmDialog
        open={dropping !== null}
        title="Drop the copy"
        confirm="Drop the table"
        busy={drop.isPending}
        onClose={() => setDropping(null)}
        onConfirm={() => dropping && remove(dropping, false)}
      >
        {dropping && (
          <>
            {dropping.database}.{dropping.table} with {formatNoun(dropping.rows, 'row')} goes from{' '}
            {dropping.connectionName}.{' '}
            {dropping.gone ? 'Its dataset is not here any more: these rows are lost.' : 'The dataset stays here.'}
          </>
        )}
        <FailureLine failure={drop.error} />
        {drop.error && dropping && (
          <button type="button" className="link-button" onClick={() => remove(dropping, true)}>
            Forget the copy and leave its table
          </button>
        )}
      </ConfirmDialog>
    </>
  )
}
