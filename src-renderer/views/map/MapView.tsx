import { openedOf, tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { DrawnPlace } from './drawn/DrawnPlace.tsx'
import { SavedMaps } from './drawn/SavedMaps.tsx'
import { HostsPlace } from './hosts/HostsPlace.tsx'
import { NetworkPlace } from './network/NetworkPlace.tsx'
import { ProcessesPlace } from './ProcessesPlace.tsx'
import './map.css'

/** How things hang together: the network of the hunt, its machines, their processes, and what was drawn. */
export function MapView({ hunt }: { hunt: string }) {
  const route = useRoute()
  const tab = tabOf(route)
  const opened = openedOf(route)
  if (tab === 'processes') return <ProcessesPlace hunt={hunt} />
  if (tab === 'hosts') return <HostsPlace hunt={hunt} />
  if (tab === 'maps')
    return opened === null ? <SavedMaps hunt={hunt} /> : <DrawnPlace key={opened} hunt={hunt} id={opened} />
  return <NetworkPlace hunt={hunt} />
}
