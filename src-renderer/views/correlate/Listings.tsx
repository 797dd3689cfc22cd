import type { Output } from '#contract/contract'
import { link } from '../../state/places.ts'
import { VerdictMark } from '../../ui/VerdictMark.tsx'

type Lookup = Output<'intel.lookup'>['lookups'][number]

/** All that lists say of one value, the worst first; expired lines are marked. */
export function Listings({ lookup }: { lookup: Pick<Lookup, 'listings'> }) {
  if (lookup.listings.length === 0) return <span className="t3">not listed</span>
  return (
    <ul className="listings">
      {lookup.listings.map((one) => (
        <li key={`${one.listId} ${one.type} ${one.value}`} className={one.expired ? 'listing-expired' : undefined}>
          <VerdictMark verdict={one.verdict} />{' '}
          <a href={`#${link.lists(one.listId)}`} className="sm">
            {one.list}
          </a>
          <span className="t3 sm">
            {[
              one.expired ? 'expired' : null,
              one.by === 'network' ? `network ${one.value}` : one.by === 'exact' ? null : `through ${one.value}`,
              one.note,
              one.source,
              one.confidence === null ? null : `confidence ${one.confidence} %`,
            ]
              .filter(Boolean)
              .map((part) => ` · ${part}`)
              .join('')}
          </span>
        </li>
      ))}
    </ul>
  )
}
