import type { Cell } from '#contract/soc'
import type { CellKind } from '#contract/values'
import { link } from '../../state/places.ts'
import { formatNumber } from '../../ui/formatNumber.ts'
import { Time } from '../../ui/Time.tsx'
import { cellText, figureText, list, num, text } from './cellText.ts'
import { LevelMark } from './LevelMark.tsx'

/** Values of a list that are drawn; the rest is counted. */
const LISTED = 3

const Address = ({ value }: { value: string }) => (
  <a className="soc-entity soc-address" href={`#${link.socAddress(value)}`}>
    {value}
  </a>
)
const Ja4 = ({ value }: { value: string }) => (
  <a className="soc-entity soc-ja4" href={`#${link.socJa4(value)}`} title={value}>
    {value}
  </a>
)

/** `zoned`: no header says the zone of its times. */
type SocCellProps = { kind: CellKind; cell: Cell | undefined; zoned?: boolean }

/** A cell of a panel by its kind, with where it leads. Texts are data: never markup, never a link of their own. */
export function SocCell({ kind, cell, zoned = false }: SocCellProps) {
  const said = text(cell)
  if (said === '') return null
  if (kind === 'address') return <Address value={said} />
  if (kind === 'ja4') return <Ja4 value={said} />
  if (kind === 'level') return <LevelMark level={said} />
  if (kind === 'time') return <Time iso={said} bare={!zoned} second />
  if (kind === 'number') return <span className="figure">{figureText(cell)}</span>
  if (kind === 'percent') {
    const share = num(cell)
    return share === null ? null : <span className="figure">{formatNumber(share * 100, 1)} %</span>
  }
  if (kind === 'flag') return <>{cellText(kind, cell)}</>
  if (kind === 'campaign') {
    const campaign = num(cell)
    return campaign === null || campaign < 0 ? null : (
      <a href={`#${link.soc('campaigns', { campaign })}`}>#{campaign}</a>
    )
  }
  if (kind === 'asn')
    return (
      <a className="soc-quiet" href={`#${link.soc('detections', { asn_org: said })}`}>
        {said}
      </a>
    )
  if (kind === 'country')
    return (
      <a className="soc-quiet" href={`#${link.soc('detections', { country_code: said })}`}>
        {said}
      </a>
    )
  if (kind === 'addresses' || kind === 'ja4s' || kind === 'list') return <Listed kind={kind} values={list(cell)} />
  return <>{said}</>
}

function Listed({ kind, values }: { kind: 'addresses' | 'ja4s' | 'list'; values: readonly string[] }) {
  const rest = values.length - LISTED
  return (
    <span className="soc-list" title={values.join(', ')}>
      {values.slice(0, LISTED).map((value, n) => (
        <span key={n}>
          {kind === 'addresses' ? <Address value={value} /> : kind === 'ja4s' ? <Ja4 value={value} /> : value}
        </span>
      ))}
      {rest > 0 && <span className="t3">+{rest}</span>}
    </span>
  )
}
