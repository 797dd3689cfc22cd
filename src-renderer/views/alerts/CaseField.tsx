import { useState } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import { CaseChoice } from '../../backend/CaseChoice.tsx'
import { useCall } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { isCaseId } from './useCaseName.ts'

/** The case an alert belongs to: the way there, and another one to choose. */
export function CaseField({ caseId, onChange }: { caseId: string | null; onChange: (caseId: string | null) => void }) {
  const [open, setOpen] = useState(false)
  const { data } = useCall('cases.get', caseId !== null && isCaseId(caseId) ? { id: caseId } : null)
  useCommands([
    {
      id: 'alert.case',
      title: 'Put the alert into a case',
      group: 'Alerts',
      keys: 'c',
      opensField: true,
      run: () => setOpen(true),
    },
  ])
  return (
    <span className="line">
      {data ? (
        <a className="clip" href={`#${link.case(data.id)}`}>
          {data.number} {data.title}
        </a>
      ) : caseId === null ? (
        <span className="t3">None</span>
      ) : (
        <span className="clip" title="A case of another system, or one that was deleted">
          {caseId}
        </span>
      )}
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        content={
          <CaseChoice
            current={caseId}
            onChoose={(chosen) => {
              setOpen(false)
              if ((chosen?.id ?? null) !== caseId) onChange(chosen?.id ?? null)
            }}
            onClose={() => setOpen(false)}
          />
        }
      >
        <Action quiet endIcon={<CaretDown size={11} />} title="Choose the case of this alert">
          Choose case
        </Action>
      </Layer>
    </span>
  )
}
