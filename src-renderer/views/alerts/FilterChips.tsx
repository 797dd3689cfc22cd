import { Cross } from '@blueprintjs/icons'
import type { AlertFilter } from '#contract/alerts'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import { useCaseName } from './useCaseName.ts'
import { setParams } from '../../state/route.ts'

/** What the list is narrowed to beside the filters that always stand there; each can be taken off. */
export function FilterChips({ filter }: { filter: AlertFilter }) {
  const { rule, host, user, caseId, assignee, tag } = filter
  return (
    <>
      {rule !== undefined && (rule === null ? <Chip param="rule" text="Without rule" /> : <RuleChip id={rule} />)}
      {host !== undefined && <Chip param="host" text={host === null ? 'Without host' : `Host ${host}`} />}
      {user !== undefined && <Chip param="user" text={user === null ? 'Without user' : `User ${user}`} />}
      {caseId !== undefined && (caseId === null ? <Chip param="case" text="In no case" /> : <CaseChip id={caseId} />)}
      {assignee !== undefined && (
        <Chip param="assignee" text={assignee === null ? 'Assigned to nobody' : `Assigned to ${assignee}`} />
      )}
      {tag !== undefined && <Chip param="tag" text={`Tag ${tag}`} />}
    </>
  )
}

function RuleChip({ id }: { id: string }) {
  const { data } = useCall('rules.get', { id })
  return <Chip param="rule" text={`Rule ${data?.name ?? 'that was deleted'}`} />
}

function CaseChip({ id }: { id: string }) {
  return <Chip param="case" text={`Case ${useCaseName(id)}`} />
}

const Chip = ({ param, text }: { param: string; text: string }) => (
  <span className="chip">
    <CellText text={text} />
    <button
      type="button"
      className="chip-off"
      aria-label={`Remove the filter ${text}`}
      onClick={() => setParams({ [param]: null, id: null })}
    >
      <Cross size={11} />
    </button>
  </span>
)
