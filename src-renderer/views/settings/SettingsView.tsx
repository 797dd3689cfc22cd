import { EmptyState } from '../../ui/EmptyState.tsx'

export const SettingsView = () => <EmptyState title="Not built yet" />
