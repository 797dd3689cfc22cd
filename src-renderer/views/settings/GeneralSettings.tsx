import { Switch } from '@blueprintjs/core'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { useDraft } from '../../ui/useDraft.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { SettingLine } from './SettingLine.tsx'

/** How the window looks and what an import does. Each change holds at once. */
export function GeneralSettings() {
  const { data: settings, error, refetch } = useCall('settings.get', {})
  const update = useCommand('settings.update')
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!settings) return <Skeleton rows={6} height={56} />
  return (
    <div className="settings">
      <h2 className="page-title">General</h2>
      <p className="t2">Kept in this workspace. Each change holds at once.</p>
      <div className="setting-list">
        <SettingLine title="Colours" note="System follows the setting of this computer">
          <Segmented
            label="Colours"
            value={settings.theme}
            options={[
              { value: 'system', label: 'System' },
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
            ]}
            onChange={(theme) => update.mutate({ theme })}
          />
        </SettingLine>
        <SettingLine title="Zone of times" note={`Stored times stay in UTC; local is now ${zoneLabel('local')}`}>
          <Segmented
            label="Zone of times"
            value={settings.zone}
            options={[
              { value: 'utc', label: 'UTC' },
              { value: 'local', label: 'Local' },
            ]}
            onChange={(zone) => update.mutate({ zone })}
          />
        </SettingLine>
        <SettingLine title="Height of grid rows" note="Compact shows most evidence">
          <Segmented
            label="Height of grid rows"
            value={settings.density}
            options={[
              { value: 'compact', label: 'Compact' },
              { value: 'normal', label: 'Normal' },
              { value: 'relaxed', label: 'Relaxed' },
            ]}
            onChange={(density) => update.mutate({ density })}
          />
        </SettingLine>
        <SettingLine title="Record of the selected row" note="Where it opens beside the grid">
          <Segmented
            label="Record of the selected row"
            value={settings.recordPane}
            options={[
              { value: 'right', label: 'Right' },
              { value: 'bottom', label: 'Bottom' },
            ]}
            onChange={(recordPane) => update.mutate({ recordPane })}
          />
        </SettingLine>
        <SettingLine title="Run analyzers on import" note="New hunts start with this; each hunt can differ">
          <Switch
            aria-label="Run analyzers on import"
            checked={settings.analyzeOnImport}
            onChange={(event) => update.mutate({ analyzeOnImport: event.currentTarget.checked })}
          />
        </SettingLine>
        <SettingLine
          title="Look for listed indicators on import"
          note="What indicator lists call malicious or suspicious becomes an alert"
        >
          <Switch
            aria-label="Look for listed indicators on import"
            checked={settings.matchListsOnImport}
            onChange={(event) => update.mutate({ matchListsOnImport: event.currentTarget.checked })}
          />
        </SettingLine>
        <SettingLine title="Name of the analyst" note="Written into what you assign and note">
          <AnalystName name={settings.analystName} onChange={(analystName) => update.mutate({ analystName })} />
        </SettingLine>
      </div>
      <FailureLine failure={update.error} />
    </div>
  )
}

function AnalystName({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const draft = useDraft(name, onChange)
  return (
    <input
      className="text-field"
      aria-label="Name of the analyst"
      value={draft.text}
      maxLength={100}
      placeholder="Not set"
      onChange={(event) => draft.type(event.target.value)}
      onBlur={draft.keep}
      onKeyDown={(event) => event.key === 'Enter' && draft.keep()}
    />
  )
}
