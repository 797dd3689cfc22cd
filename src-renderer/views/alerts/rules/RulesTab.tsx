import { useState } from 'react'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { useExpectCommands } from '../../../state/commands.ts'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { RuleList } from './RuleList.tsx'
import { draftOf, newAnalyzerRule, newConditionRule } from './ruleDrafts.ts'
import './rules.css'

/** All rules at the left, the opened one in the middle, and what it would change at the right. */
export function RulesTab({ hunt, opened, rows }: { hunt: string; opened: string | null; rows: number }) {
  const { data, error, refetch } = useCall('rules.list', { huntId: hunt, limit: 500 })
  useExpectCommands(!data && !error)
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={14} />
  const isNew = opened === 'new' || opened === 'new-analyzer'
  const shown = isNew ? null : (opened ?? data.rules[0]?.id ?? null)
  return (
    <div className="rules">
      <RuleList hunt={hunt} rules={data.rules} enabled={data.enabled} shown={shown} />
      {isNew ? (
        <NewRule key={opened} hunt={hunt} rows={rows} analyzer={opened === 'new-analyzer'} />
      ) : shown === null ? (
        <EmptyState title="No rules" action={<Action href={link.rules(hunt, 'new')}>New rule</Action>}>
          A rule keeps rows that match its conditions as alerts, on every import or when it is run.
        </EmptyState>
      ) : (
        <SavedRule
          key={shown}
          hunt={hunt}
          rows={rows}
          id={shown}
          alerts={data.rules.find(({ id }) => id === shown)?.alerts ?? 0}
        />
      )}
    </div>
  )
}

function SavedRule({ hunt, rows, id, alerts }: { hunt: string; rows: number; id: string; alerts: number }) {
  const { data, error } = useCall('rules.get', { id })
  if (error) return <FailureState failure={error} action={<Action href={link.rules(hunt)}>All rules</Action>} />
  return data && data.id === id ? (
    <RuleEditor hunt={hunt} rows={rows} saved={data} initial={draftOf(data)} alerts={alerts} />
  ) : (
    <Skeleton rows={10} />
  )
}

function NewRule({ hunt, rows, analyzer }: { hunt: string; rows: number; analyzer: boolean }) {
  const { data, error } = useCall('analyzers.list', analyzer ? {} : null)
  const [draft] = useState(newConditionRule)
  const first = data?.analyzers[0]?.name
  useExpectCommands(analyzer && !data && !error)
  if (!analyzer) return <RuleEditor hunt={hunt} rows={rows} saved={null} initial={draft} alerts={0} />
  if (first === undefined) return <Skeleton rows={10} />
  return <RuleEditor hunt={hunt} rows={rows} saved={null} initial={newAnalyzerRule(first)} alerts={0} />
}
