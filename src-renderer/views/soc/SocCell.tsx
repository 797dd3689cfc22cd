import { useState } from 'react'
import { ContextMenuPopover } from '@blueprintjs/core'
import type { MouseEvent } from 'react'
import type { Cell } from '#contract/soc'
import type { CellKind } from '#contract/values'
import { link } from '../../state/places.ts'
import { formatNumber } from '../../ui/formatNumber.ts'
import { Time } from '../../ui/Time.tsx'
import { cellText, figureText, list, num, text } from './cellText.ts'
import { entityLink, EntityMenu, type Entity as Meant } from './EntityMenu.tsx'
import { LevelMark } from './LevelMark.tsx'

/** Values of a list that are drawn; the rest is counted. */
const LISTED = 3

const Address = ({ value }: { value: string }) => <Entity kind="address" value={value} />
const Ja4 = ({ value }: { value: string }) => <Entity kind="ja4" value={value} />

/** Leads to its page; its menu leads to the evidence of hunts. In a grid the menu is that of the grid. */
function Entity({ kind, value }: { kind: Exclude<Meant['kind'], 'text'>; value: string }) {
  const [at, setAt] = useState<{ left: number; top: number } | null>(null)
  const open = (event: MouseEvent<HTMLElement>): void => {
    if (event.currentTarget.closest('[role="grid"]')) return
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    setAt(event.clientX === 0 ? { left: box.left, top: box.bottom } : { left: event.clientX, top: event.clientY })
  }
  return (
    <>
      <a
        className={kind === 'host' ? 'soc-quiet' : `soc-entity soc-${kind}`}
        href={`#${entityLink({ kind, value })}`}
        title={value}
        onContextMenu={open}
      >
        {value}
      </a>
      {at && (
        <ContextMenuPopover
          isOpen
          content={<EntityMenu entity={{ kind, value }} />}
          targetOffset={at}
          onClose={() => setAt(null)}
        />
      )}
    </>
  )
}

/** `zoned`: no header says the zone of its times. */
type SocCellProps = { kind: CellKind; cell: Cell | undefined; zoned?: boolean }

/** A cell of a panel by its kind, with where it leads. Texts are data: never markup, never a link of their own. */
export function SocCell({ kind, cell, zoned = false }: SocCellProps) {
  const said = text(cell)
  if (said === '') return null
  if (kind === 'address') return <Address value={said} />
  if (kind === 'ja4') return <Ja4 value={said} />
  if (kind === 'host') return <Entity kind="host" value={said} />
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
