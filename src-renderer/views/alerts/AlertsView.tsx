import { EmptyState } from '../../ui/EmptyState.tsx'

export const AlertsView = ({ hunt }: { hunt: string }) => (
  <EmptyState title="Not built yet">This view of hunt {hunt} is being built.</EmptyState>
)
