import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { NewHuntForm } from './NewHuntForm.tsx'

/** Creates a hunt where the button is, and opens it. */
export function NewHuntButton() {
  const [open, setOpen] = useState(false)
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="bottom-end"
      content={
        <div className="new-hunt-layer">
          <NewHuntForm onCreated={(id) => navigate(link.overview(id))} onCancel={() => setOpen(false)} />
        </div>
      }
    >
      <Action primary icon={<Plus size={13} />}>
        New hunt
      </Action>
    </Layer>
  )
}
