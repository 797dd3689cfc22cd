import { useRef } from 'react'
import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import { Archive, Edit, More, Redo, Tick, Trash } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import type { HuntStatus } from '#contract/values'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'

type HuntActionsProps = {
  hunt: Output<'hunts.get'>
  onRename: () => void
  onDelete: () => void
  onStatus: (status: HuntStatus) => void
}

/** What can be done to a hunt. Closing and archiving keep everything and can be taken back. */
export function HuntActions({ hunt, onRename, onDelete, onStatus }: HuntActionsProps) {
  // Done once the menu is gone and the focus is back at its button, or it would take the focus from what opens.
  const chosen = useRef<() => void>(null)
  const choose = (action: () => void) => () => {
    chosen.current = action
  }
  return (
    <Layer
      onClosed={() => {
        chosen.current?.()
        chosen.current = null
      }}
      content={
        <Menu>
          <MenuItem icon={<Edit size={13} />} text="Rename" onClick={choose(onRename)} />
          {hunt.status === 'active' ? (
            <MenuItem icon={<Tick size={13} />} text="Close" onClick={choose(() => onStatus('closed'))} />
          ) : (
            <MenuItem icon={<Redo size={13} />} text="Reopen" onClick={choose(() => onStatus('active'))} />
          )}
          {hunt.status !== 'archived' && (
            <MenuItem icon={<Archive size={13} />} text="Archive" onClick={choose(() => onStatus('archived'))} />
          )}
          <MenuDivider />
          <MenuItem icon={<Trash size={13} />} text="Delete" intent="danger" onClick={choose(onDelete)} />
        </Menu>
      }
    >
      <Action quiet icon={<More size={14} />} label={`Actions for ${hunt.name}`} />
    </Layer>
  )
}
