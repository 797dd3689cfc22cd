import { useId } from 'react'
import type { ReactNode } from 'react'
import { Dialog } from '@blueprintjs/core'
import { Action } from './Action.tsx'

type ConfirmDialogProps = {
  open: boolean
  title: string
  /** What will be gone, with counts. */
  children: ReactNode
  /** Verb and object: "Delete hunt". */
  confirm: string
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something is destroyed. Escape and Cancel leave everything as it is. */
export function ConfirmDialog({
  open,
  title,
  children,
  confirm,
  busy = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const id = useId()
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="dialog"
      role="alertdialog"
      aria-labelledby={id}
      transitionDuration={80}
    >
      <div className="dialog-body">
        <h2 id={id}>{title}</h2>
        <div className="t2 state-text">{children}</div>
        <div className="dialog-actions">
          <Action onClick={onClose}>Cancel</Action>
          <Action danger busy={busy} onClick={onConfirm}>
            {confirm}
          </Action>
        </div>
      </div>
    </Dialog>
  )
}
