import { MenuItem } from '@blueprintjs/core'
import { useCall } from './query.ts'
import { useAddToMap, type Added } from './useAddToMap.ts'

/** Maps that are listed in a menu; the last changed ones. */
const LISTED = 12

/** Items of a menu: the drawn maps of a hunt to which something is added, and a new one. */
export function MapItems({ hunt, added, name }: { hunt: string; added: Added; name: string }) {
  const { data } = useCall('maps.list', { huntId: hunt, limit: LISTED })
  const add = useAddToMap(hunt)
  return (
    <>
      {data?.maps.map((map) => (
        <MenuItem key={map.id} text={map.name} onClick={() => add(map.id, added, name)} />
      ))}
      <MenuItem text="A new map" onClick={() => add(null, added, name)} />
    </>
  )
}
