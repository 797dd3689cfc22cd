import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { AddChoice } from './AddChoice.tsx'

/** Chooses a drawn map of one of the hunts of the case. */
export function AddMap({ caseId, known }: { caseId: string; known: readonly string[] }) {
  return (
    <AddChoice label="Add a map to the case">
      {(onDone) => <Choice caseId={caseId} known={known} onDone={onDone} />}
    </AddChoice>
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
      {data?.links.length === 0 && <p className="t3 sm">Link a hunt to the case first.</p>}
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
  const others = data?.maps.filter(({ id }) => !known.includes(id))
  return (
    <>
      {others?.length === 0 && (
        <li role="none" className="t3 sm">
          No other map in {name}
        </li>
      )}
      {others?.map((map) => (
        <li key={map.id} role="none">
          <button type="button" role="menuitem" className="case-choice-line clip" onClick={() => onChoose(map.id)}>
            {map.name} <span className="t3">{name}</span>
          </button>
        </li>
      ))}
    </>
  )
}
