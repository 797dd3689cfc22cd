import { EmptyState } from '../../ui/EmptyState.tsx'

export const OverviewView = ({ hunt }: { hunt: string }) => <EmptyState title="Not built yet" />
