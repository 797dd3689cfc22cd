import { useState } from 'react'
import { Dialog } from '@blueprintjs/core'
import { useCall } from '../backend/query.ts'
import type { PendingFile } from '../state/pendingFiles.ts'
import { usePending } from '../state/pendingFiles.ts'
import { usePendingFiles } from '../state/PendingFilesContext.ts'
import { formatNoun } from '../ui/formatNumber.ts'
import { NewHuntForm } from '../views/hunts/NewHuntForm.tsx'

/** The folder that was dropped, or the first file without its endings. */
export function nameFor(files: readonly PendingFile[]): string {
  const path = files[0]?.path ?? ''
  const [folder, ...rest] = path.split('/')
  return (rest.length > 0 ? (folder ?? '') : path.replace(/(\.(csv|tsv|txt|log|json|jsonl|gz|zip))+$/i, '')).slice(
    0,
    200,
  )
}

/** Asks which hunt new files belong to: a new one, named by the file or folder, or one of those that are there. */
export function IntoHunt({
  open,
  onInto,
  onClose,
}: {
  open: boolean
  onInto: (hunt: string) => void
  onClose: () => void
}) {
  const files = usePending(usePendingFiles())
  const { data } = useCall('hunts.list', { status: 'active', limit: 500 })
  const [existing, setExisting] = useState(false)
  const hunts = data?.hunts ?? []
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="dialog into-hunt"
      aria-labelledby="into-hunt-title"
      transitionDuration={80}
    >
      <div className="dialog-body">
        <h2 id="into-hunt-title">Import {formatNoun(files.length, 'file')}</h2>
        <p className="t2 state-text">
          A hunt holds the files of one investigation. You see a preview before anything is imported.
        </p>
        {existing ? (
          <ul className="hunt-list into-list">
            {hunts.map((hunt) => (
              <li key={hunt.id}>
                <button type="button" className="menu-line" onClick={() => onInto(hunt.id)}>
                  <span className={`square ${hunt.status}`} />
                  <span className="grow clip med">{hunt.name}</span>
                  <span className="t3 sm">{formatNoun(hunt.datasets, 'dataset')}</span>
                </button>
              </li>
            ))}
          </ul>
        ) : (
          <NewHuntForm key={nameFor(files)} name={nameFor(files)} onCreated={onInto} onCancel={onClose} />
        )}
        {hunts.length > 0 && (
          <button type="button" className="link-button sm" onClick={() => setExisting(!existing)}>
            {existing ? 'Into a new hunt' : 'Into a hunt that is there'}
          </button>
        )}
      </div>
    </Dialog>
  )
}
