import type { TimeRange } from '../../state/timeRange.ts'
import { isRange, NO_RANGE, setRange } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

type NoRowsProps = { q: string; range: TimeRange; rows: number; quarantined: number; onClear: () => void }

/** Shown in place of rows when none matches. */
export function NoRows({ q, range, rows, quarantined, onClear }: NoRowsProps) {
  const ranged = isRange(range)
  if (q === '' && !ranged)
    return (
      <EmptyState title="This dataset has no rows">
        {formatNoun(quarantined, 'record')} went to quarantine. The Datasets tab lists them with their reasons.
      </EmptyState>
    )
  return (
    <EmptyState
      title="No row matches"
      action={
        <>
          {q !== '' && <Action onClick={onClear}>Clear the query</Action>}
          {ranged && <Action onClick={() => setRange(NO_RANGE)}>Show all times</Action>}
        </>
      }
    >
      {q !== '' && 'All terms of the query must hold in one row. '}
      {ranged && 'Only rows within the time range are looked at. '}
      {formatNoun(rows, 'row')} without {q !== '' && ranged ? 'both' : 'it'}.
    </EmptyState>
  )
}
