import { useState } from 'react'
import { Lightbulb } from '@blueprintjs/icons'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { Action } from '../../../ui/Action.tsx'
import { HypothesisChoice } from '../../../ui/HypothesisChoice.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import type { Choice } from './rowChoice.ts'

type AddToHypothesisProps = {
  hunt: string
  count: number
  choice: () => Choice | null
  say: (text: string) => void
  onDone: () => void
}

/** Adds the selected rows to a hypothesis of the hunt, or to a new one. */
export function AddToHypothesis({ hunt, count, choice, say, onDone }: AddToHypothesisProps) {
  const [open, setOpen] = useState(false)
  const { data } = useCall('hypotheses.list', open ? { huntId: hunt, limit: 500 } : null)
  const create = useCommand('hypotheses.create')
  const addEvidence = useCommand('hypotheses.addEvidence')
  const removeEvidence = useCommand('hypotheses.removeEvidence')
  const undo = useUndo()
  const can = count > 0

  const add = (id: string, title: string) => {
    const rows = choice()
    setOpen(false)
    if (!rows) return
    addEvidence.mutate(
      { id, rows },
      {
        onSuccess: ({ added, known }) => {
          const before = known > 0 ? `, ${formatCount(known)} were there` : ''
          if (added.length === 0) return say(`All ${formatNoun(known, 'row')} were there already`)
          undo.offer(`${formatNoun(added.length, 'row')} added to “${title}”${before}`, () =>
            removeEvidence.mutate({ id, rows: added }),
          )
        },
        onError: (error) => say(error.message),
      },
    )
  }
  useCommands([
    {
      id: 'rows.hypothesis',
      title: 'Add the selected rows to a hypothesis',
      group: 'Evidence',
      keys: 'y',
      when: () => can,
      run: () => setOpen(true),
    },
  ])
  return (
    <Layer
      isOpen={open && can}
      onInteraction={setOpen}
      focusBack={onDone}
      disabled={!can}
      content={
        <HypothesisChoice
          hypotheses={data?.hypotheses ?? []}
          onChoose={(id) => add(id, data?.hypotheses.find((one) => one.id === id)?.title ?? '')}
          onNew={(title) =>
            create.mutate(
              { huntId: hunt, title },
              { onSuccess: (made) => add(made.id, made.title), onError: (error) => say(error.message) },
            )
          }
          onClose={() => setOpen(false)}
        />
      }
    >
      <Action
        quiet
        icon={<Lightbulb size={13} />}
        disabled={!can}
        label={`Add ${formatNoun(count, 'row')} to a hypothesis`}
      />
    </Layer>
  )
}
