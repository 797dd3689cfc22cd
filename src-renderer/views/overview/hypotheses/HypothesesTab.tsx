import { useState } from 'react'
import type { HypothesisStatus } from '#contract/values'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { useCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { navigate } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { HypothesisEditor } from './HypothesisEditor.tsx'
import { HypothesisList } from './HypothesisList.tsx'
import { NewHypothesis } from './NewHypothesis.tsx'
import './hypotheses.css'

/** What is supposed to have happened in a hunt: the list at the left, the opened one beside it. */
export function HypothesesTab({ hunt, opened }: { hunt: string; opened: string | null }) {
  const [status, setStatus] = useState<HypothesisStatus | null>(null)
  const { data, error, refetch } = useCall('hypotheses.list', {
    huntId: hunt,
    limit: 500,
    ...(status === null ? {} : { status }),
  })
  useCommands([
    {
      id: 'hypotheses.new',
      title: 'New hypothesis',
      group: 'Hunt',
      keys: 'n',
      opensField: true,
      run: () => navigate(link.hypotheses(hunt, 'new')),
    },
  ])
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={14} />
  const none = Object.values(data.statusCounts).every((n) => n === 0)
  const shown = opened === 'new' ? null : (opened ?? data.hypotheses[0]?.id ?? null)
  if (none && opened !== 'new')
    return (
      <EmptyState
        title="No hypothesis yet"
        action={
          <Action primary href={link.hypotheses(hunt, 'new')}>
            New hypothesis
          </Action>
        }
      >
        Write down what may have happened, add the rows that speak for it, and confirm or reject it.
      </EmptyState>
    )
  return (
    <div className="hypotheses">
      <HypothesisList hunt={hunt} list={data} status={status} shown={shown} onStatus={setStatus} />
      {opened === 'new' ? (
        <NewHypothesis hunt={hunt} />
      ) : shown === null ? (
        <EmptyState title="Nothing here">No hypothesis has this status.</EmptyState>
      ) : (
        <Opened key={shown} hunt={hunt} id={shown} />
      )}
    </div>
  )
}

function Opened({ hunt, id }: { hunt: string; id: string }) {
  const { data, error } = useCall('hypotheses.get', { id })
  if (error)
    return <FailureState failure={error} action={<Action href={link.hypotheses(hunt)}>All hypotheses</Action>} />
  return data && data.id === id ? <HypothesisEditor hunt={hunt} hypothesis={data} /> : <Skeleton rows={10} />
}
