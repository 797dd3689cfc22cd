import { useState } from 'react'
import { CaretDown, Cross } from '@blueprintjs/icons'
import { useCall } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { ChoiceList } from '../../../ui/ChoiceList.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { capitalised } from '../../../ui/capitalised.ts'

/** Techniques listed at once; words find the others. */
const LISTED = 100

/** Chooses an ATT&CK technique by id, name or tactic. */
export function TechniquePicker({ id, onChange }: { id: string | null; onChange: (id: string | null) => void }) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const { data: known } = useCall('attack.techniques', id === null ? null : { text: id, limit: 1 })
  const { data } = useCall('attack.techniques', open ? { text, limit: LISTED } : null)
  const name = id !== null && known?.techniques[0]?.id === id ? known.techniques[0].name : ''
  return (
    <span className="line technique-picker">
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        placement="bottom-start"
        onClosed={() => setText('')}
        content={
          <div className="technique-list">
            <ChoiceList
              label="Technique"
              placeholder="Id, name or tactic"
              items={(data?.techniques ?? []).map((technique) => ({
                id: technique.id,
                label: `${technique.id} ${technique.parent ? `${technique.parent.name}: ` : ''}${technique.name}`,
                note: technique.tactics.map(capitalised).join(', '),
              }))}
              none="No technique has these words in its id, name or tactics."
              onSearch={setText}
              onChoose={(chosen) => {
                setOpen(false)
                onChange(chosen)
              }}
              onClose={() => setOpen(false)}
            />
          </div>
        }
      >
        <Action endIcon={<CaretDown size={11} />} title="Choose the ATT&CK technique">
          {id === null ? 'No technique' : `${id} ${name}`.trim()}
        </Action>
      </Layer>
      {id !== null && (
        <Action quiet icon={<Cross size={12} />} label="Take the technique off" onClick={() => onChange(null)} />
      )}
    </span>
  )
}
