import { useCall, useCommand } from '../backend/query.ts'
import { useConnection } from '../backend/BackendContext.ts'
import { chooseFiles } from '../state/chooseFiles.ts'
import { useCommands } from '../state/commands.ts'
import type { Command } from '../state/commands.ts'
import { usePendingFiles } from '../state/PendingFilesContext.ts'
import { link, placeLink, places } from '../state/places.ts'
import { navigate } from '../state/route.ts'
import { rangeParams } from '../state/timeRange.ts'
import { useUndo } from '../ui/Undo.tsx'
import { useZone } from '../ui/appearance.ts'
import { focusRegion } from './regions.ts'
import { useSetZone } from './useSetZone.ts'

type Frame = {
  hunt: string | null
  openPalette: () => void
  openKeys: () => void
  openHunts: () => void
  newHunt: () => void
  /** The focus goes to the view, so that its keys come next and no ring stays where the focus was. */
  toView: () => void
}

/** The commands of the whole window. A view adds its own with useCommands. */
export function useGlobalCommands({ hunt, openPalette, openKeys, openHunts, newHunt, toView }: Frame): void {
  const zone = useZone()
  const setZone = useSetZone()
  const undo = useUndo()
  const connection = useConnection()
  const pending = usePendingFiles()
  const { data: workspace } = useCall('workspace.info', {})
  const { data: known } = useCall('hunts.get', hunt ? { id: hunt } : null)
  const { mutate: openSample } = useCommand('hunts.openSample')
  const { mutate: setSettings } = useCommand('settings.update')
  const { mutate: analyze } = useCommand('analyzers.run')

  const go = (href: string) => {
    navigate(href)
    toView()
  }
  const inHunt = () => hunt !== null && known !== undefined
  const choose = (folder: boolean) => void chooseFiles({ folder }).then(pending.add)
  const themed = (theme: 'system' | 'dark' | 'light', title: string): Command => ({
    id: `theme.${theme}`,
    title,
    group: 'Window',
    run: () => setSettings({ theme }),
  })

  const commands: Command[] = [
    ...places.map((place): Command => ({
      id: `go.${place.id}`,
      title: place.title,
      group: 'Go to',
      ...(place.key ? { keys: `g ${place.key}` } : {}),
      when: () => place.scope === 'workspace' || inHunt(),
      run: () => {
        const href = placeLink(place, hunt, hunt ? rangeParams(hunt) : {})
        if (href !== null) go(href)
      },
    })),
    {
      id: 'go.rules',
      title: 'Rules',
      group: 'Go to',
      keys: 'g u',
      when: inHunt,
      run: () => hunt && go(link.rules(hunt)),
    },
    {
      id: 'go.timeline',
      title: 'Timeline of the hunt',
      group: 'Go to',
      keys: 'g t',
      when: inHunt,
      run: () => hunt && go(link.timeline(hunt, rangeParams(hunt))),
    },
    {
      id: 'go.searches',
      title: 'Saved searches',
      group: 'Go to',
      when: inHunt,
      run: () => hunt && go(link.searches(hunt)),
    },
    {
      id: 'go.processes',
      title: 'Processes',
      group: 'Go to',
      keys: 'g p',
      when: inHunt,
      run: () => hunt && go(link.processes(hunt, rangeParams(hunt))),
    },
    {
      id: 'go.machines',
      title: 'Hosts of the hunt',
      group: 'Go to',
      when: inHunt,
      run: () => hunt && go(link.hosts(hunt)),
    },
    { id: 'go.maps', title: 'Saved maps', group: 'Go to', when: inHunt, run: () => hunt && go(link.maps(hunt)) },
    {
      id: 'go.keywords',
      title: 'Keywords',
      group: 'Go to',
      when: inHunt,
      run: () => hunt && go(link.keywords(hunt)),
    },
    {
      id: 'go.notifications',
      title: 'Notifications',
      group: 'Go to',
      when: inHunt,
      run: () => hunt && go(link.notifications(hunt)),
    },
    { id: 'go.find', title: 'Find an IOC', group: 'Go to', keys: 'g f', run: () => go(link.findIoc()) },
    { id: 'go.lists', title: 'Indicator lists', group: 'Go to', keys: 'g i', run: () => go(link.lists()) },
    { id: 'go.hunts', title: 'All hunts', group: 'Go to', keys: 'g h', run: () => go(link.hunts()) },
    { id: 'go.settings', title: 'Settings', group: 'Go to', keys: 'g ,', run: () => go(link.settings()) },
    { id: 'go.connections', title: 'Connections', group: 'Go to', run: () => go(link.connections()) },
    { id: 'go.mappings', title: 'Mappings', group: 'Go to', run: () => go(link.mappings()) },
    { id: 'go.storage', title: 'Settings, storage', group: 'Go to', run: () => go(link.settings('storage')) },
    { id: 'hunt.new', title: 'New hunt', group: 'Hunt', run: newHunt },
    { id: 'hunt.switch', title: 'Switch hunt', group: 'Hunt', keys: 'g g', opensField: true, run: openHunts },
    {
      id: 'hunt.sample',
      title: 'Open the sample hunt',
      group: 'Hunt',
      when: () => workspace?.sample === true && connection === 'open',
      run: () => openSample({}, { onSuccess: ({ huntId }) => navigate(link.overview(huntId)) }),
    },
    {
      id: 'hunt.sampleMap',
      title: 'Open the sample of a drawn intrusion',
      group: 'Hunt',
      when: () => workspace?.sample === true && connection === 'open',
      run: () => openSample({ sample: 'apt29' }, { onSuccess: ({ huntId }) => navigate(link.maps(huntId)) }),
    },
    { id: 'files.choose', title: 'Import files', group: 'Evidence', keys: 'ctrl+o', run: () => choose(false) },
    { id: 'files.folder', title: 'Import a folder', group: 'Evidence', keys: 'ctrl+shift+o', run: () => choose(true) },
    {
      id: 'caseFile.export',
      title: 'Export case file',
      group: 'Hunt',
      ...(known ? { detail: known.name } : {}),
      when: inHunt,
      run: () => hunt && go(link.exportCaseFile({ hunts: [hunt] })),
    },
    { id: 'caseFile.open', title: 'Open a case file', group: 'Hunt', run: () => go(link.openCaseFile()) },
    {
      id: 'analyze.hunt',
      title: 'Run all analyzers over the hunt',
      group: 'Alerts',
      ...(known ? { detail: known.name } : {}),
      when: () => inHunt() && (known?.datasets ?? 0) > 0,
      run: () => hunt && analyze({ huntId: hunt }),
    },
    {
      id: 'zone.toggle',
      title: zone === 'utc' ? 'Show times in the local zone' : 'Show times in UTC',
      group: 'Window',
      keys: 'z',
      run: () => setZone(zone === 'utc' ? 'local' : 'utc'),
    },
    themed('dark', 'Dark colours'),
    themed('light', 'Light colours'),
    themed('system', 'Colours of the system'),
    { id: 'go.back', title: 'Back', group: 'Go to', keys: 'alt+arrowleft', palette: false, run: () => history.back() },
    {
      id: 'go.forward',
      title: 'Forward',
      group: 'Go to',
      keys: 'alt+arrowright',
      palette: false,
      run: () => history.forward(),
    },
    {
      id: 'palette',
      title: 'Search or run a command',
      group: 'Window',
      keys: 'ctrl+k',
      opensField: true,
      palette: false,
      run: openPalette,
    },
    { id: 'keys', title: 'Keyboard keys', group: 'Window', keys: '?', run: openKeys },
    {
      id: 'region.next',
      title: 'Next part of the window',
      group: 'Window',
      keys: 'f6',
      palette: false,
      run: () => focusRegion(1),
    },
    {
      id: 'region.previous',
      title: 'Previous part of the window',
      group: 'Window',
      keys: 'shift+f6',
      palette: false,
      run: () => focusRegion(-1),
    },
    {
      id: 'undo',
      title: 'Undo',
      group: 'Window',
      keys: 'ctrl+z',
      palette: false,
      when: undo.available,
      run: undo.last,
    },
  ]
  useCommands(commands)
}
