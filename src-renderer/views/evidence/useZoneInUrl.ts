import { useEffect } from 'react'
import { setParams, useParam } from '../../state/route.ts'
import { useZone } from '../../ui/appearance.ts'

/** Writes the zone of times into the URL, so that back, forward and a shared link show the view as it was. */
export function useZoneInUrl(): void {
  const zone = useZone()
  const [inUrl] = useParam('zone')
  useEffect(() => {
    if (inUrl === null) setParams({ zone })
  }, [inUrl, zone])
}
