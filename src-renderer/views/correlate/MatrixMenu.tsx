import { Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import { Duplicate, ListDetailView, Search, ThList } from '@blueprintjs/icons'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { placeLinkOf, soughtAs } from './thingLinks.ts'
import type { Thing } from './things.ts'
import type { Answer } from './useCorrelation.ts'

/** Places listed in a menu; the pane has all. */
const PLACES_MAX = 12

/** The menu of a cell: its rows in each dataset of that hunt, or of all where the cell is of none. */
export function MatrixMenu({
  thing,
  answer,
  column,
  onOpen,
}: {
  thing: Thing
  answer: Answer
  column: string
  onOpen: () => void
}) {
  const here = thing.places.filter(({ huntId, datasetId }) => column === huntId || column === datasetId)
  const places = here.length > 0 ? here : thing.places
  const name = new Map(answer.datasets.map((dataset) => [dataset.id, dataset.name]))
  return (
    <Menu aria-label={`Shared ${thing.label}`}>
      {places.slice(0, PLACES_MAX).map((place, n) => (
        <MenuItem
          key={n}
          icon={<ThList size={14} />}
          text={
            thing.kind === 'technique' ? 'Open the alerts' : `Open the rows in ${name.get(place.datasetId ?? '') ?? ''}`
          }
          label={formatCount(place.count)}
          onClick={() => navigate(placeLinkOf(thing, place))}
        />
      ))}
      <MenuDivider />
      {thing.kind !== 'technique' && (
        <MenuItem
          icon={<Search size={14} />}
          text="Find every row"
          onClick={() => navigate(link.findIoc(soughtAs(thing)))}
        />
      )}
      <MenuItem
        icon={<Duplicate size={14} />}
        text="Copy"
        onClick={() => void navigator.clipboard.writeText(thing.label)}
      />
      <MenuItem icon={<ListDetailView size={14} />} text="Show where it stands" label="Enter" onClick={onOpen} />
    </Menu>
  )
}
