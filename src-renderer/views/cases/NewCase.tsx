import { useId, useState } from 'react'
import { Dialog, HTMLSelect } from '@blueprintjs/core'
import { severities, tlps, paps } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { capitalised } from '../../ui/capitalised.ts'
import { useFocusBack } from '../../ui/useFocusBack.ts'

/** Names and opens a case; the rest is written where it then stands. */
export function NewCase({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [severity, setSeverity] = useState<(typeof severities)[number]>('medium')
  const [tlp, setTlp] = useState<(typeof tlps)[number]>('AMBER')
  const [pap, setPap] = useState<(typeof paps)[number]>('AMBER')
  const create = useCommand('cases.create')
  const id = useId()
  const back = useFocusBack(true)
  return (
    <Dialog isOpen onClose={onClose} className="dialog" aria-labelledby={id} transitionDuration={80} {...back}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() === '') return
          create.mutate(
            { title: title.trim(), severity, tlp, pap },
            { onSuccess: (made) => navigate(link.case(made.id), { replace: true }) },
          )
        }}
      >
        <h2 id={id}>New case</h2>
        <label className="field">
          <span className="t2 sm">Title</span>
          <input
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <div className="case-form-line">
          <label>
            <span className="t2 sm">Severity</span>
            <HTMLSelect
              value={severity}
              options={severities.map((value) => ({ value, label: capitalised(value) }))}
              onChange={({ currentTarget }) =>
                setSeverity(severities.find((one) => one === currentTarget.value) ?? severity)
              }
            />
          </label>
          <label>
            <span className="t2 sm">Who may be told</span>
            <HTMLSelect
              value={tlp}
              options={tlps.map((value) => ({ value, label: `TLP:${value}` }))}
              onChange={({ currentTarget }) => setTlp(tlps.find((one) => one === currentTarget.value) ?? tlp)}
            />
          </label>
          <label>
            <span className="t2 sm">What may be done</span>
            <HTMLSelect
              value={pap}
              options={paps.map((value) => ({ value, label: `PAP:${value}` }))}
              onChange={({ currentTarget }) => setPap(paps.find((one) => one === currentTarget.value) ?? pap)}
            />
          </label>
        </div>
        <FailureLine failure={create.error} />
        <div className="dialog-actions">
          <Action onClick={onClose}>Cancel</Action>
          <Action primary type="submit" disabled={title.trim() === ''} busy={create.isPending}>
            Open case
          </Action>
        </div>
      </form>
    </Dialog>
  )
}
