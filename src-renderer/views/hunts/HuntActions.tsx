import { useRef } from 'react'
import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import { Archive, Edit, Export, LabTest, More, Redo, Tick, Trash } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import type { HuntStatus } from '#contract/values'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'

type HuntActionsProps = {
  hunt: Output<'hunts.get'>
  onRename: () => void
  onDelete: () => void
  onStatus: (status: HuntStatus) => void
  onAnalyze: (analyzeOnImport: boolean) => void
}

/** What can be done to a hunt. Closing and archiving keep everything and can be taken back. */
export function HuntActions({ hunt, onRename, onDelete, onStatus, onAnalyze }: HuntActionsProps) {
  // Done once the menu is gone and the focus is back at its button, or it would take the focus from what opens.
  // A ref, because a closing layer calls the onClosed of its last drawing.
  const chosen = useRef<'rename' | 'delete' | HuntStatus>(null)
  const act = () => {
    const what = chosen.current
    chosen.current = null
    if (what === 'rename') onRename()
    else if (what === 'delete') onDelete()
    else if (what !== null) onStatus(what)
  }
  return (
    <Layer
      onClosed={act}
      content={
        <Menu>
          <MenuItem icon={<Edit size={13} />} text="Rename" onClick={() => (chosen.current = 'rename')} />
          {hunt.status === 'active' ? (
            <MenuItem icon={<Tick size={13} />} text="Close" onClick={() => (chosen.current = 'closed')} />
          ) : (
            <MenuItem icon={<Redo size={13} />} text="Reopen" onClick={() => (chosen.current = 'active')} />
          )}
          {hunt.status !== 'archived' && (
            <MenuItem icon={<Archive size={13} />} text="Archive" onClick={() => (chosen.current = 'archived')} />
          )}
          <MenuItem
            icon={<LabTest size={13} />}
            text={hunt.analyzeOnImport ? 'Do not run analyzers on import' : 'Run analyzers on import'}
            onClick={() => onAnalyze(!hunt.analyzeOnImport)}
          />
          <MenuItem
            icon={<Export size={13} />}
            text="Export case file"
            href={`#${link.exportCaseFile({ hunts: [hunt.id] })}`}
          />
          <MenuDivider />
          <MenuItem
            icon={<Trash size={13} />}
            text="Delete"
            intent="danger"
            onClick={() => (chosen.current = 'delete')}
          />
        </Menu>
      }
    >
      <Action quiet icon={<More size={14} />} label={`Actions for ${hunt.name}`} />
    </Layer>
  )
}
