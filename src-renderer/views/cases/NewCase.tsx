import { useState } from 'react'
import { HTMLSelect } from '@blueprintjs/core'
import { severities, tlps, paps } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { capitalised } from '../../ui/capitalised.ts'

/** Names and opens a case; the rest is written where it then stands. */
export function NewCase({ onClose }: { onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [severity, setSeverity] = useState<(typeof severities)[number]>('medium')
  const [tlp, setTlp] = useState<(typeof tlps)[number]>('AMBER')
  const [pap, setPap] = useState<(typeof paps)[number]>('AMBER')
  const create = useCommand('cases.create')
  const open = () =>
    create.mutate(
      { title: title.trim(), severity, tlp, pap },
      { onSuccess: (made) => navigate(link.case(made.id), { replace: true }) },
    )
  return (
    <FormDialog
      title="New case"
      submit="Open case"
      ready={title.trim() !== ''}
      busy={create.isPending}
      failure={<FailureLine failure={create.error} />}
      onSubmit={open}
      onClose={onClose}
    >
      <FormField label="Title">
        {(named) => (
          <input
            {...named}
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </FormField>
      <div className="case-form-line">
        <FormField label="Severity">
          {(named) => (
            <HTMLSelect
              {...named}
              value={severity}
              options={severities.map((value) => ({ value, label: capitalised(value) }))}
              onChange={({ currentTarget }) =>
                setSeverity(severities.find((one) => one === currentTarget.value) ?? severity)
              }
            />
          )}
        </FormField>
        <FormField label="Who may be told">
          {(named) => (
            <HTMLSelect
              {...named}
              value={tlp}
              options={tlps.map((value) => ({ value, label: `TLP:${value}` }))}
              onChange={({ currentTarget }) => setTlp(tlps.find((one) => one === currentTarget.value) ?? tlp)}
            />
          )}
        </FormField>
        <FormField label="What may be done">
          {(named) => (
            <HTMLSelect
              {...named}
              value={pap}
              options={paps.map((value) => ({ value, label: `PAP:${value}` }))}
              onChange={({ currentTarget }) => setPap(paps.find((one) => one === currentTarget.value) ?? pap)}
            />
          )}
        </FormField>
      </div>
    </FormDialog>
  )
}
