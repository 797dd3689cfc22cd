import { useState } from 'react'
import type { AppError } from '#contract/appError'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { link, openedOf, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { ConnectionsSettings } from './connections/ConnectionsSettings.tsx'
import { GeneralSettings } from './GeneralSettings.tsx'
import { HandOn } from './mappings/HandOn.tsx'
import { MappingsSettings } from './mappings/MappingsSettings.tsx'
import { StorageSettings } from './StorageSettings.tsx'
import './settings.css'

/** Settings of the workspace. */
export function SettingsView() {
  const route = useRoute()
  const [failure, setFailure] = useState<AppError | null>(null)
  const tab = (['connections', 'mappings', 'storage'] as const).find((id) => id === tabOf(route)) ?? 'general'
  return (
    <>
      <ViewBar
        label="Settings"
        current={tab}
        tabs={[
          { id: 'general', title: 'General', href: link.settings('general') },
          { id: 'connections', title: 'Connections', href: link.connections() },
          { id: 'mappings', title: 'Mappings', href: link.mappings() },
          { id: 'storage', title: 'Storage', href: link.settings('storage') },
        ]}
      >
        {tab === 'connections' && <Action href={link.connections('new')}>Add a connection</Action>}
        {tab === 'mappings' && <HandOn onFailure={setFailure} />}
      </ViewBar>
      {tab === 'mappings' && failure && (
        <div className="note bad">
          <FailureLine failure={failure} />
        </div>
      )}
      {tab === 'connections' ? (
        <ConnectionsSettings opened={openedOf(route)} />
      ) : tab === 'mappings' ? (
        <MappingsSettings opened={openedOf(route)} />
      ) : (
        <div className="view-body">{tab === 'storage' ? <StorageSettings /> : <GeneralSettings />}</div>
      )}
    </>
  )
}
