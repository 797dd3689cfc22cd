import { useEffect } from 'react'
import { useCall } from '../backend/query.ts'
import { huntOf, placeOf } from '../state/places.ts'
import { useRoute } from '../state/route.ts'
import { capitalised } from '../ui/capitalised.ts'

/** Names the window by place and hunt, so that history, tabs and task bar tell them apart. */
export function useWindowTitle(): void {
  const route = useRoute()
  const hunt = huntOf(route)
  const { data } = useCall('hunts.get', hunt ? { id: hunt } : null)
  const name = hunt !== null && data?.id === hunt ? data.name : null
  const place = capitalised(placeOf(route))
  useEffect(() => {
    document.title = [place === 'Start' ? null : place, name, 'Huntbench'].filter(Boolean).join(' · ')
  }, [place, name])
}
