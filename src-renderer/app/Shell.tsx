import { useEffect, useRef, useState } from 'react'
import { useCall, useCommand } from '../backend/query.ts'
import { huntOf } from '../state/places.ts'
import { useRoute } from '../state/route.ts'
import { CommandPalette } from './CommandPalette.tsx'
import { DesktopMessages } from './DesktopMessages.tsx'
import { DropTarget } from './DropTarget.tsx'
import { KeySheet } from './KeySheet.tsx'
import { Rail } from './Rail.tsx'
import { Routes } from './Routes.tsx'
import { StatusBar } from './StatusBar.tsx'
import { TopBar } from './TopBar.tsx'
import { useGlobalCommands } from './commands.ts'
import { useOfferedCaseFiles } from './useOfferedCaseFiles.ts'
import { useDownloads } from './useDownloads.ts'
import { useHotkeys } from './useHotkeys.ts'
import { useWindowTitle } from './useWindowTitle.ts'

/** The frame: top bar (what I look at), rail (places), view, status bar (what the machine does), and the layers above. */
export function Shell() {
  const route = useRoute()
  const inHunt = huntOf(route)
  const { data: settings } = useCall('settings.get', {})
  const { mutate: setSettings } = useCommand('settings.update')
  const [lastHunt, setLastHunt] = useState<string | null>(null)
  const hunt = inHunt ?? lastHunt ?? settings?.lastHunt ?? null
  const [layer, setLayer] = useState<'palette' | 'keys' | 'hunts' | 'new-hunt' | null>(null)
  const main = useRef<HTMLElement>(null)

  if (inHunt && inHunt !== lastHunt) setLastHunt(inHunt)
  // In the settings, not in the storage of the browser: served pages have another port, and so another storage, every time.
  useEffect(() => {
    if (inHunt) setSettings({ lastHunt: inHunt })
  }, [inHunt, setSettings])

  useGlobalCommands({
    hunt,
    openPalette: () => setLayer('palette'),
    openKeys: () => setLayer('keys'),
    openHunts: () => setLayer('hunts'),
    newHunt: () => setLayer('new-hunt'),
    toView: () => main.current?.focus(),
  })
  useHotkeys()
  useDownloads()
  useOfferedCaseFiles()
  useWindowTitle()

  const close = () => setLayer(null)
  const huntsLayer = layer === 'hunts' || layer === 'new-hunt' ? layer : null
  return (
    <div className="shell">
      <TopBar
        hunt={hunt}
        huntsLayer={huntsLayer}
        onHunts={(open) => setLayer((now) => (open ? (now === 'new-hunt' ? now : 'hunts') : null))}
        onPalette={() => setLayer('palette')}
        onKeys={() => setLayer('keys')}
        onSkip={() => main.current?.focus()}
      />
      <Rail hunt={hunt} />
      <main id="main" className="main" ref={main} tabIndex={-1} data-region="View">
        <Routes />
      </main>
      <StatusBar onKeys={() => setLayer('keys')} />
      <CommandPalette open={layer === 'palette'} onClose={close} hunt={hunt} />
      <KeySheet open={layer === 'keys'} onClose={close} />
      <DropTarget />
      <DesktopMessages />
    </div>
  )
}
