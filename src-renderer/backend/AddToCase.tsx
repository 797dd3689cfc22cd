import { useState } from 'react'
import { Briefcase } from '@blueprintjs/icons'
import { useCommands, type Command } from '../state/commands.ts'
import { Action } from '../ui/Action.tsx'
import { Layer } from '../ui/Layer.tsx'
import { CaseChoice } from './CaseChoice.tsx'
import { useAddToCase, type AddedToCase } from './useAddToCase.ts'

type AddToCaseProps = {
  /** Of the command, with its title and key. */
  id: string
  title: string
  group: Command['group']
  keys: string
  /** Of the button. */
  label: string
  disabled?: boolean
  /** What is added, when a case was chosen; null: nothing any more. */
  added: () => AddedToCase | null
  /** How the toast calls it. */
  said: string
  onDone?: () => void
}

/** A button and a command that add something to a case, or to a new one. */
export function AddToCase({ id, title, group, keys, label, disabled = false, added, said, onDone }: AddToCaseProps) {
  const [open, setOpen] = useState(false)
  const add = useAddToCase()
  useCommands([{ id, title, group, keys, opensField: true, when: () => !disabled, run: () => setOpen(true) }])
  return (
    <Layer
      isOpen={open && !disabled}
      onInteraction={setOpen}
      {...(onDone ? { focusBack: onDone } : {})}
      disabled={disabled}
      content={
        <CaseChoice
          onChoose={(chosen) => {
            const what = added()
            setOpen(false)
            if (chosen && what) add(chosen, what, said)
          }}
          onClose={() => setOpen(false)}
        />
      }
    >
      <Action quiet icon={<Briefcase size={13} />} disabled={disabled} label={label} />
    </Layer>
  )
}
