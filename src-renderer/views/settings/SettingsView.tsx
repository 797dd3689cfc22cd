import { link, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { ViewBar } from '../../ui/ViewBar.tsx'
import { GeneralSettings } from './GeneralSettings.tsx'
import { StorageSettings } from './StorageSettings.tsx'
import './settings.css'

/** Settings of the workspace. */
export function SettingsView() {
  const tab = tabOf(useRoute()) === 'storage' ? 'storage' : 'general'
  return (
    <>
      <ViewBar
        label="Settings"
        current={tab}
        tabs={[
          { id: 'general', title: 'General', href: link.settings('general') },
          { id: 'storage', title: 'Storage', href: link.settings('storage') },
        ]}
      />
      <div className="view-body">{tab === 'storage' ? <StorageSettings /> : <GeneralSettings />}</div>
    </>
  )
}
