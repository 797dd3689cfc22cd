import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

export const NoConnection = () => (
  <EmptyState
    title="No connection to a ClickHouse server yet"
    action={
      <Action primary href={link.connections('new')}>
        Add a connection
      </Action>
    }
  >
    The SOC console shows what a JA4 pipeline in ClickHouse saw, scored and called anomalous: addresses, fingerprints,
    campaigns, models. It only reads, unless a connection allows more. In a terminal{' '}
    <span className="mono">huntbench demo</span> starts a local server full of generated data, with a connection to it.
  </EmptyState>
)
