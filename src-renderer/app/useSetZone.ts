import { useCommand } from '../backend/query.ts'
import { parseRoute, setParams } from '../state/route.ts'
import type { Zone } from '../ui/formatTime.ts'

/** Sets the zone for good; a zone in the URL is changed with it, or it would win. */
export function useSetZone(): (zone: Zone) => void {
  const { mutate } = useCommand('settings.update')
  return (zone) => {
    if (parseRoute(location.hash).params.has('zone')) setParams({ zone })
    mutate({ zone })
  }
}
