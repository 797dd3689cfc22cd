import { tabOf } from '../../state/places.ts'
import { useRoute } from '../../state/route.ts'
import { HostsPlace } from './hosts/HostsPlace.tsx'
import { NetworkPlace } from './network/NetworkPlace.tsx'
import { ProcessesPlace } from './ProcessesPlace.tsx'
import './map.css'

/** How things hang together: the network of the hunt, its machines, and their processes. */
export function MapView({ hunt }: { hunt: string }) {
  const tab = tabOf(useRoute())
  if (tab === 'processes') return <ProcessesPlace hunt={hunt} />
  if (tab === 'hosts') return <HostsPlace hunt={hunt} />
  return <NetworkPlace hunt={hunt} />
}
