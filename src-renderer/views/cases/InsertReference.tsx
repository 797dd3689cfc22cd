import { useState } from 'react'
import { Link } from '@blueprintjs/icons'
import { useCall } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { ChoiceList, type ChoiceItem } from '../../ui/ChoiceList.tsx'
import { Layer } from '../../ui/Layer.tsx'

/** Things of a kind that are offered; others can be written by hand. */
const OFFERED = 500

type InsertReferenceProps = { caseId: string; onInsert: (reference: string) => void }

/** Puts a reference to something that belongs to the case into a note. */
export function InsertReference({ caseId, onInsert }: InsertReferenceProps) {
  const [open, setOpen] = useState(false)
  const { data: linked } = useCall('cases.links', open ? { id: caseId, limit: OFFERED } : null)
  const { data: found } = useCall('alerts.list', open ? { caseId, limit: OFFERED } : null)
  const { data: board } = useCall('cases.tasks', open ? { id: caseId, limit: OFFERED } : null)
  const items: ChoiceItem[] = [
    ...(found?.alerts ?? []).map(({ id, title }) => ({ id: `[[alert:${id}]]`, label: title, note: 'alert' })),
    ...(linked?.links ?? []).map(({ reference, label, kind, target }) => ({
      id: reference,
      label: kind === 'technique' ? `${target} ${label}` : label,
      note: kind === 'ioc' ? 'IOC' : kind,
    })),
    ...(board?.tasks ?? []).map(({ id, title }) => ({ id: `[[task:${id}]]`, label: title, note: 'task' })),
  ]
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="bottom-start"
      content={
        <ChoiceList
          label="Reference"
          placeholder="Find what belongs to the case"
          items={items}
          none={linked && found && board ? 'Nothing in this case is called so.' : 'Looking what belongs to the case'}
          onChoose={(reference) => {
            setOpen(false)
            onInsert(reference)
          }}
          onClose={() => setOpen(false)}
        />
      }
    >
      <Action quiet icon={<Link size={13} />} title="Insert a reference that shows what it refers to as it is now">
        Insert reference
      </Action>
    </Layer>
  )
}
