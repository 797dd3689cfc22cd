import { useState } from 'react'
import { Lightbulb } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { HypothesisChoice } from '../../ui/HypothesisChoice.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'

/** Adds the rows of an alert to a hypothesis of its hunt, or to a new one with its technique. */
export function AddToHypothesis({
  hunt,
  alertId,
  technique,
}: {
  hunt: string
  alertId: string
  technique: string | null
}) {
  const [open, setOpen] = useState(false)
  const { data } = useCall('hypotheses.list', open ? { huntId: hunt, limit: 500 } : null)
  const create = useCommand('hypotheses.create')
  const addEvidence = useCommand('hypotheses.addEvidence')
  const removeEvidence = useCommand('hypotheses.removeEvidence')
  const undo = useUndo()
  const add = (id: string, title: string) => {
    setOpen(false)
    addEvidence.mutate(
      { id, alertId },
      {
        onSuccess: ({ added, known }) =>
          undo.offer(
            `${formatNoun(added.length, 'row')} added to “${title}”${known > 0 ? `, ${formatCount(known)} were there` : ''}`,
            () => added.length > 0 && removeEvidence.mutate({ id, rows: added }),
          ),
      },
    )
  }
  useCommands([
    {
      id: 'alert.hypothesis',
      title: 'Add the alert to a hypothesis',
      group: 'Alerts',
      keys: 'y',
      run: () => setOpen(true),
    },
  ])
  return (
    <>
      <Layer
        isOpen={open}
        onInteraction={setOpen}
        content={
          <HypothesisChoice
            hypotheses={data?.hypotheses ?? []}
            onChoose={(id) => add(id, data?.hypotheses.find((one) => one.id === id)?.title ?? '')}
            onNew={(title) =>
              create.mutate(
                { huntId: hunt, title, mitreTechnique: technique },
                { onSuccess: (made) => add(made.id, made.title) },
              )
            }
            onClose={() => setOpen(false)}
          />
        }
      >
        <Action quiet icon={<Lightbulb size={13} />} label="Add to a hypothesis" />
      </Layer>
      <FailureLine failure={create.error ?? addEvidence.error} />
    </>
  )
}
