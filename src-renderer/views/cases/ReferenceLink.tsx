import type { Reference, Resolved } from '#contract/cases'
import { link } from '../../state/places.ts'
import { capitalised } from '../../ui/capitalised.ts'

/** Where a reference leads. */
function hrefOf({ kind, target, huntId, found, row }: Resolved): string | null {
  if (kind === 'ioc') return link.findIoc(target)
  if (kind === 'case') return found ? link.case(target) : null
  if (!found || huntId === null) return null
  if (kind === 'hunt') return link.overview(huntId)
  if (kind === 'alert') return link.alert(huntId, target)
  if (kind === 'hypothesis') return link.hypotheses(huntId, target)
  if (kind === 'map') return link.maps(huntId, target)
  const [ds = ''] = target.split('/')
  return kind === 'row' && row !== null ? link.rows(huntId, { ds, row }) : null
}

/** What a note refers to, as it is now: name, status, and the way there. */
export function ReferenceLink({ kind, target, place }: Reference & { place: Resolved | undefined }) {
  if (!place) return <span className="reference t3">{target}</span>
  const word = kind === 'ioc' ? 'IOC' : kind
  if (!place.found)
    return (
      <span className="reference reference-gone" title={target}>
        {word} is not in this workspace
      </span>
    )
  const href = hrefOf(place)
  const name = kind === 'technique' && place.label !== target ? `${target} ${place.label}` : place.label
  const inner = (
    <>
      {kind !== 'row' && <span className="t3">{word}</span>}{' '}
      <span className={kind === 'ioc' ? 'mono' : undefined}>{name}</span>
      {place.state !== null && <span className="t2"> · {capitalised(place.state)}</span>}
    </>
  )
  return href === null ? (
    <span className="reference">{inner}</span>
  ) : (
    <a className="reference" href={`#${href}`}>
      {inner}
    </a>
  )
}
