import { EmptyState } from '../../ui/EmptyState.tsx'

export const HuntsView = () => <EmptyState title="Not built yet" />
