import type { ReactNode } from 'react'
import { useCall } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { rangeParams } from '../../state/timeRange.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { ViewBar } from '../../ui/ViewBar.tsx'

export type MapTab = 'network' | 'hosts' | 'processes' | 'maps'

/** The tabs of the place. `count`: what the present tab holds, where it knows. */
export function MapBar({
  hunt,
  current,
  count,
  children,
}: {
  hunt: string
  current: MapTab
  count?: string | undefined
  children?: ReactNode
}) {
  const { data: maps } = useCall('maps.list', { huntId: hunt, limit: 1 })
  const range = rangeParams(hunt)
  const tabs = [
    { id: 'network', title: 'Network', href: link.network(hunt, range) },
    { id: 'hosts', title: 'Hosts', href: link.hosts(hunt) },
    { id: 'processes', title: 'Processes', href: link.processes(hunt, range) },
    {
      id: 'maps',
      title: 'Saved maps',
      href: link.maps(hunt),
      count: maps && maps.total > 0 ? formatCount(maps.total) : undefined,
    },
  ]
  return (
    <ViewBar
      label="Map"
      tabs={tabs.map((tab) => (tab.id === current && count !== undefined ? { ...tab, count } : tab))}
      current={current}
    >
      {children}
    </ViewBar>
  )
}
