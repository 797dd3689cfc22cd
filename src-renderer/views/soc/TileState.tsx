import type { PartAnswer } from '#contract/soc'
import type { ReactNode } from 'react'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { PanelState } from './usePanel.ts'

/** What stands in a tile: its answer, or why there is none. */
export function TileState({
  state,
  answer,
  empty,
  children,
}: {
  state: PanelState
  answer: PartAnswer | undefined
  empty: ReactNode
  children: ReactNode
}) {
  if (answer === undefined && state.failure)
    return (
      <Said bad>
        <p>{state.failure.message}</p>
        {state.failure.code === 'unauthorised' ? (
          <Action href={link.connections()}>Connection settings</Action>
        ) : (
          <Action onClick={state.refresh}>Try again</Action>
        )}
      </Said>
    )
  if (state.asks)
    return (
      <Said>
        <p>
          Waits for your consent: this would read {formatNoun(state.asks.rows, 'row')}; the connection asks above{' '}
          {formatCount(state.asks.askAboveRows)}.
        </p>
        <Action onClick={state.agree}>Read {formatNoun(state.asks.rows, 'row')}</Action>
      </Said>
    )
  if (answer === undefined) return <Skeleton rows={4} />
  if (answer.failure)
    return (
      <Said bad>
        <p>{answer.failure.message}</p>
        {answer.failure.code !== 'not-found' && <Action onClick={state.refresh}>Try again</Action>}
      </Said>
    )
  if (answer.rows.length === 0) return <Said>{empty}</Said>
  return children
}

const Said = ({ children, bad = false }: { children: ReactNode; bad?: boolean }) => (
  <div className={bad ? 'soc-said soc-off' : 'soc-said'} role={bad ? 'alert' : undefined}>
    {children}
  </div>
)
