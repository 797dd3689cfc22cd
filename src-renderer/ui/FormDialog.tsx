import { useId } from 'react'
import type { ReactNode } from 'react'
import { Dialog } from '@blueprintjs/core'
import { Action } from './Action.tsx'
import { useFocusBack } from './useFocusBack.ts'

type FormDialogProps = {
  title: string
  /** Verb and object: "Save case". */
  submit: string
  /** Everything that is needed is there. */
  ready: boolean
  busy: boolean
  failure: ReactNode
  className?: string
  /** Beside the title. */
  right?: ReactNode
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog: Enter in a line and Ctrl+Enter in a text submit, Escape and Cancel leave everything as it is. */
export function FormDialog(props: FormDialogProps) {
  const { title, submit, ready, busy, failure, className = '', right, onSubmit, onClose, children } = props
  const id = useId()
  const back = useFocusBack(true)
  const go = () => ready && !busy && onSubmit()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className={`dialog ${className}`.trim()}
      aria-labelledby={id}
      transitionDuration={80}
      {...back}
    >
      <form
        className="dialog-body form-parts"
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) {
            event.preventDefault()
            go()
          }
        }}
      >
        <div className="line">
          <h2 id={id}>{title}</h2>
          <span className="spring" />
          {right}
        </div>
        {children}
        {failure}
        <div className="dialog-actions">
          <Action onClick={onClose}>Cancel</Action>
          <Action primary type="submit" disabled={!ready} busy={busy}>
            {submit}
          </Action>
        </div>
      </form>
    </Dialog>
  )
}
