import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import { alertStatuses, severities } from '#contract/values'
import type { AlertStatus } from '#contract/values'
import { CaseChoice } from '../../backend/CaseChoice.tsx'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import type { AlertChange } from './useAlertChanges.ts'

type BulkBarProps = {
  selected: number
  total: number
  busy: boolean
  /** An alert is under the cursor or some are marked. */
  can: boolean
  /** Said while nothing is marked. */
  hint?: string
  onAll: () => void
  onNone: () => void
  onStatus: (status: AlertStatus) => void
  onChange: (change: AlertChange, said: string) => void
}

/** What can be done with the marked alerts, or with the one under the cursor; says how many. */
export function BulkBar({ selected, total, busy, can, hint, onAll, onNone, onStatus, onChange }: BulkBarProps) {
  const many = selected > 0 ? ` ${formatCount(selected)}` : ''
  return (
    <div className={selected > 0 ? 'bulk-bar bulk-on' : 'bulk-bar'} role="toolbar" aria-label="Selected alerts">
      {selected > 0 ? (
        <>
          <span className="med nowrap">{formatCount(selected)} selected</span>
          {selected < total && (
            <button type="button" className="link-button" onClick={onAll}>
              Select all {formatCount(total)} matching
            </button>
          )}
          <button type="button" className="link-button" onClick={onNone}>
            Select none
          </button>
        </>
      ) : (
        <span className="t3 sm clip">{hint ?? 'Space selects, Shift extends, Enter opens'}</span>
      )}
      <span className="spring" />
      <Menu label={`Status${many}`} disabled={!can || busy}>
        {(close) =>
          alertStatuses.map((status) => (
            <li key={status}>
              <button type="button" className="menu-line" onClick={() => (close(), onStatus(status))}>
                <StatusMark status={status} />
              </button>
            </li>
          ))
        }
      </Menu>
      <Menu label={`Severity${many}`} disabled={!can || busy}>
        {(close) =>
          severities.map((severity) => (
            <li key={severity}>
              <button type="button" className="menu-line" onClick={() => (close(), onChange({ severity }, severity))}>
                <SevMark severity={severity} />
              </button>
            </li>
          ))
        }
      </Menu>
      <Menu label={`Tags${many}`} disabled={!can || busy}>
        {(close) => (
          <Words
            onAdd={(tag) => (close(), onChange({ addTags: [tag] }, `tag ${tag} added`))}
            onRemove={(tag) => (close(), onChange({ removeTags: [tag] }, `tag ${tag} removed`))}
          />
        )}
      </Menu>
      <Menu label={`Case${many}`} disabled={!can || busy}>
        {(close) => (
          <li>
            <CaseChoice
              current={undefined}
              onChoose={(chosen) => (
                close(),
                onChange(
                  { caseId: chosen?.id ?? null },
                  chosen ? `put into case ${chosen.name}` : 'taken out of the case',
                )
              )}
              onClose={close}
            />
          </li>
        )}
      </Menu>
      <Menu label={`Assign${many}`} disabled={!can || busy}>
        {(close) => (
          <Assign
            onAssign={(assignee) => (
              close(),
              onChange({ assignee }, assignee ? `assigned to ${assignee}` : 'assigned to nobody')
            )}
          />
        )}
      </Menu>
    </div>
  )
}

function Menu({
  label,
  disabled,
  children,
}: {
  label: string
  disabled: boolean
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  return (
    <Layer
      isOpen={open && !disabled}
      onInteraction={setOpen}
      content={<ul className="alert-menu">{children(() => setOpen(false))}</ul>}
    >
      <Action quiet endIcon={<CaretDown size={11} />} disabled={disabled}>
        {label}
      </Action>
    </Layer>
  )
}

function Assign({ onAssign }: { onAssign: (assignee: string | null) => void }) {
  const { data: settings } = useCall('settings.get', {})
  const [name, setName] = useState<string | null>(null)
  const value = name ?? settings?.analystName ?? ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim() !== '') onAssign(value.trim())
  }
  return (
    <li>
      <form className="assign-form" onSubmit={submit}>
        <input
          className="text-field"
          autoFocus
          maxLength={100}
          aria-label="Assign to"
          placeholder="Name"
          value={value}
          onChange={(event) => setName(event.target.value)}
        />
        <Action type="submit" disabled={value.trim() === ''}>
          Assign
        </Action>
        <Action quiet onClick={() => onAssign(null)}>
          Nobody
        </Action>
      </form>
    </li>
  )
}

function Words({ onAdd, onRemove }: { onAdd: (tag: string) => void; onRemove: (tag: string) => void }) {
  const [text, setText] = useState('')
  const tag = text.trim()
  return (
    <li>
      <form
        className="assign-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (tag !== '') onAdd(tag)
        }}
      >
        <input
          className="text-field"
          autoFocus
          maxLength={64}
          aria-label="Tag"
          placeholder="Tag"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Action type="submit" disabled={tag === ''}>
          Add tag
        </Action>
        <Action quiet disabled={tag === ''} onClick={() => onRemove(tag)}>
          Remove tag
        </Action>
      </form>
    </li>
  )
}
