import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'

/** Chooses a drawn map of one of the hunts of the case. */
export function AddMap({ caseId, known }: { caseId: string; known: readonly string[] }) {
  const [open, setOpen] = useState(false)
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={<Choice caseId={caseId} known={known} onDone={() => setOpen(false)} />}
    >
      <Action quiet icon={<Plus size={13} />} label="Add a map to the case" />
    </Layer>
  )
}

function Choice({ caseId, known, onDone }: { caseId: string; known: readonly string[]; onDone: () => void }) {
  const { data } = useCall('cases.links', { id: caseId, kind: 'hunt', limit: 100 })
  const add = useCommand('cases.link')
  const put = (target: string) => add.mutate({ id: caseId, links: [{ kind: 'map', target }] }, { onSuccess: onDone })
  return (
    <div className="case-choose">
      <p className="t3 sm">Drawn maps of the hunts of this case</p>
      <ul role="menu" aria-label="Maps">
        {data?.links.map(({ target, label }) => (
          <MapsOf key={target} hunt={target} name={label} known={known} onChoose={put} />
        ))}
      </ul>
      <FailureLine failure={add.error} />
    </div>
  )
}

function MapsOf({
  hunt,
  name,
  known,
  onChoose,
}: {
  hunt: string
  name: string
  known: readonly string[]
  onChoose: (id: string) => void
}) {
  const { data } = useCall('maps.list', { huntId: hunt, limit: 100 })
  return (
    <>
      {data?.maps
        .filter(({ id }) => !known.includes(id))
        .map((map) => (
          <li key={map.id} role="none">
            <button type="button" role="menuitem" className="case-choice-line clip" onClick={() => onChoose(map.id)}>
              {map.name} <span className="t3">{name}</span>
            </button>
          </li>
        ))}
    </>
  )
}
