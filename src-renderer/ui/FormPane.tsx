import type { ReactNode } from 'react'
import { FloppyDisk, Trash } from '@blueprintjs/icons'
import { Action } from './Action.tsx'

type FormPaneProps = {
  /** What is edited: "Rule". */
  label: string
  head: ReactNode
  /** Stands between the fields and the foot, always in view. */
  above?: ReactNode
  foot: ReactNode
  children: ReactNode
}

/** Something that is edited in a pane: its name on top, fields that scroll, and what can be done at the foot. */
export const FormPane = ({ label, head, above, foot, children }: FormPaneProps) => (
  <section
    className="form-pane"
    aria-label={label}
    data-region={label}
    tabIndex={-1}
    // Out of the field, so that single letters are keys again; what was typed stays.
    onKeyDown={(event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) event.currentTarget.focus({ preventScroll: true })
    }}
  >
    <div className="form-body">
      {head}
      {children}
    </div>
    {above}
    {foot}
  </section>
)

type FormHeadProps = {
  /** Accessible name of the field: "Name of the rule". */
  label: string
  placeholder?: string
  name: string
  isNew: boolean
  edited: boolean
  onName: (name: string) => void
  /** Whether it is switched on; without it there is no switch. */
  on?: boolean
  onToggle?: () => void
}

/** The name as a title, whether something is not saved yet, and the switch. */
export const FormHead = ({ label, placeholder = label, name, isNew, edited, onName, on, onToggle }: FormHeadProps) => (
  <div className="form-head">
    <input
      className="text-field form-title"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      autoFocus={isNew}
      value={name}
      onChange={({ target }) => onName(target.value)}
    />
    {edited && <span className="chip">{isNew ? 'not saved' : 'edited'}</span>}
    <span className="spring" />
    {on !== undefined && (
      <label className="line">
        <input type="checkbox" role="switch" checked={on} onChange={onToggle} />
        <span>{on ? 'On' : 'Off'}</span>
      </label>
    )}
  </div>
)

type FormFootProps = {
  /** "Save rule" */
  save: string
  /** "Delete the rule" */
  remove: string
  isNew: boolean
  edited: boolean
  /** What has to be said before it can be saved; null: nothing. */
  lacking: string | null
  busy: boolean
  onSave: () => void
  onDiscard: () => void
  onRemove: () => void
  /** What else can be done with it. */
  actions?: ReactNode
  /** At the right, where nothing is lacking. */
  note?: ReactNode
  /** Why the last step did not work. */
  failure: ReactNode
}

/** Save, discard, what else can be done, delete; at the right what is lacking or went wrong. */
export function FormFoot(props: FormFootProps) {
  const { save, remove, isNew, edited, lacking, busy, onSave, onDiscard, onRemove, actions, note, failure } = props
  return (
    <div className="form-foot">
      <Action
        primary={edited}
        icon={<FloppyDisk size={13} />}
        title={`${save} (Ctrl+S)`}
        disabled={!edited || lacking !== null}
        busy={busy}
        onClick={onSave}
      >
        {save}
      </Action>
      {edited && !isNew && <Action onClick={onDiscard}>Discard</Action>}
      {actions}
      {!isNew && <Action quiet icon={<Trash size={13} />} label={remove} onClick={onRemove} />}
      <span className="spring" />
      {edited && lacking !== null ? <span className="t2 sm">{lacking}</span> : note}
      {failure}
    </div>
  )
}
