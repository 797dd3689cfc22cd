import { useState } from 'react'
import type { ReactNode } from 'react'
import { Plus } from '@blueprintjs/icons'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'

/** A button of a case that opens a choice; who has chosen calls `onDone`. */
export function AddChoice({ label, children }: { label: string; children: (onDone: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Layer isOpen={open} onInteraction={setOpen} content={<>{children(() => setOpen(false))}</>}>
      <Action quiet icon={<Plus size={13} />} label={label} />
    </Layer>
  )
}
