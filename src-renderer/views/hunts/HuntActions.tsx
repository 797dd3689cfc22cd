import { Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core'
import { Archive, Edit, More, Redo, Tick, Trash } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import type { HuntStatus } from '#contract/values'
import { Action } from '../../ui/Action.tsx'

type HuntActionsProps = {
  hunt: Output<'hunts.get'>
  onRename: () => void
  onDelete: () => void
  onStatus: (status: HuntStatus) => void
}

/** What can be done to a hunt. Closing and archiving keep everything and can be taken back. */
export const HuntActions = ({ hunt, onRename, onDelete, onStatus }: HuntActionsProps) => (
  <PopoverNext
    placement="bottom-end"
    arrow={false}
    animation="minimal"
    transitionDuration={80}
    content={
      <Menu>
        <MenuItem icon={<Edit size={13} />} text="Rename" onClick={onRename} />
        {hunt.status === 'active' ? (
          <MenuItem icon={<Tick size={13} />} text="Close" onClick={() => onStatus('closed')} />
        ) : (
          <MenuItem icon={<Redo size={13} />} text="Reopen" onClick={() => onStatus('active')} />
        )}
        {hunt.status !== 'archived' && (
          <MenuItem icon={<Archive size={13} />} text="Archive" onClick={() => onStatus('archived')} />
        )}
        <MenuDivider />
        <MenuItem icon={<Trash size={13} />} text="Delete" intent="danger" onClick={onDelete} />
      </Menu>
    }
  >
    <Action quiet icon={<More size={14} />} label={`Actions for ${hunt.name}`} />
  </PopoverNext>
)
