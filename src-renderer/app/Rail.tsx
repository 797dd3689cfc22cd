import { Fragment } from 'react'
import { Cog } from '@blueprintjs/icons'
import { useCall } from '../backend/query.ts'
import { link, placeLink, placeOf, places } from '../state/places.ts'
import { useRoute } from '../state/route.ts'
import { rangeParams } from '../state/timeRange.ts'
import { formatNoun } from '../ui/formatNumber.ts'
import { placeIcon } from './places.tsx'

/** Three characters fit beside the icon: `22k` of 22,894. */
const short = (count: number) =>
  count < 1000 ? String(count) : count < 100_000 ? `${Math.floor(count / 1000)}k` : '99k+'

/** The places, by labelled icons. From a place of the workspace they lead back to the last hunt. */
export function Rail({ hunt }: { hunt: string | null }) {
  const current = placeOf(useRoute())
  const { data } = useCall('hunts.get', hunt ? { id: hunt } : null)
  const known = hunt && data?.id === hunt ? data : null
  return (
    <nav className="rail" aria-label="Places" data-region="Places">
      {places.map((place, n) => {
        const href = placeLink(place, known ? known.id : null, known ? rangeParams(known.id) : {})
        return (
          <Fragment key={place.id}>
            {place.scope === 'workspace' && places[n - 1]?.scope === 'hunt' && (
              <span className="rail-line" aria-hidden />
            )}
            {href === null ? (
              <span className="rail-off" title="Choose or create a hunt first" aria-disabled>
                {placeIcon(place.id)}
                <span className="rail-word">{place.title}</span>
              </span>
            ) : (
              <a href={`#${href}`} title={place.title} aria-current={current === place.id ? 'page' : undefined}>
                {placeIcon(place.id)}
                <span className="rail-word">{place.title}</span>
                {place.id === 'alerts' && known && known.alertsOpen > 0 && (
                  <span className="rail-count" title={formatNoun(known.alertsOpen, 'open alert')}>
                    {short(known.alertsOpen)}
                    <span className="visually-hidden"> open</span>
                  </span>
                )}
              </a>
            )}
          </Fragment>
        )
      })}
      <span className="spring" />
      <a href={`#${link.settings()}`} title="Settings" aria-current={current === 'settings' ? 'page' : undefined}>
        <Cog size={17} />
        <span className="rail-word">Settings</span>
      </a>
    </nav>
  )
}
