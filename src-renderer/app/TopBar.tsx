import { Help, Search } from '@blueprintjs/icons'
import { Action } from '../ui/Action.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { useZone } from '../ui/appearance.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { HuntSwitcher } from './HuntSwitcher.tsx'
import { TimeRangePicker } from './TimeRangePicker.tsx'
import { useSetZone } from './useSetZone.ts'

const zones = [
  { value: 'utc' as const, label: 'UTC', title: 'Show times in UTC' },
  { value: 'local' as const, label: 'Local', title: 'Show times in the zone of this computer' },
]

type TopBarProps = {
  hunt: string | null
  huntsLayer: 'hunts' | 'new-hunt' | null
  onHunts: (open: boolean) => void
  onPalette: () => void
  onKeys: () => void
  onSkip: () => void
}

/** What I look at: hunt, time range, search, zone. */
export function TopBar({ hunt, huntsLayer, onHunts, onPalette, onKeys, onSkip }: TopBarProps) {
  const zone = useZone()
  const setZone = useSetZone()
  return (
    <header className="topbar" data-region="Top bar">
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          // The hash is the address of the view.
          event.preventDefault()
          onSkip()
        }}
      >
        Skip to the view
      </a>
      <div className="brand" aria-hidden>
        <svg width="22" height="22" viewBox="0 0 22 22">
          <path d="M3 4v14M19 4v14M3 11h16" stroke="var(--text)" strokeWidth="2.2" fill="none" />
          <circle cx="11" cy="11" r="3.4" fill="var(--app)" stroke="var(--accent)" strokeWidth="2.2" />
        </svg>
      </div>
      <HuntSwitcher hunt={hunt} layer={huntsLayer} onOpen={onHunts} />
      <TimeRangePicker />
      <span className="spring" />
      <button type="button" className="search-box" onClick={onPalette} aria-keyshortcuts="Control+K">
        <Search size={13} />
        <span className="grow clip">Search or run a command</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <Segmented label="Zone of times" options={zones} value={zone} onChange={setZone} />
      <Action quiet icon={<Help size={14} />} label="Keyboard keys" onClick={onKeys} />
    </header>
  )
}
