import { useEffect } from 'react'
import { useCall } from '../backend/query.ts'
import { FailureState } from '../backend/FailureState.tsx'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'
import { onceLoaded } from './onceLoaded.tsx'

const HuntsView = onceLoaded(async () => (await import('../views/hunts/HuntsView.tsx')).HuntsView)

/** `#/`: back to the hunt that was open last; without one the list of hunts, which without hunts is the first run. */
export function StartPlace() {
  const { data, error, refetch } = useCall('hunts.list', { limit: 500 })
  const { data: settings, error: noSettings } = useCall('settings.get', {})
  const known = data?.hunts.find(({ id }) => id === settings?.lastHunt)?.id ?? null
  useEffect(() => {
    if (known) navigate(link.overview(known), { replace: true })
  }, [known])
  if (error) return <FailureState failure={error} onRetry={() => void refetch()} />
  return data && (settings ?? noSettings) && !known ? <HuntsView /> : null
}
