import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { link } from '../state/places.ts'
import { navigate } from '../state/route.ts'
import { formatNoun } from '../ui/formatNumber.ts'
import { NewHuntForm } from '../views/hunts/NewHuntForm.tsx'

type Hunt = Output<'hunts.list'>['hunts'][number]
/** Above this number of hunts a filter is worth its place. */
const FILTER_FROM = 8

const note = (hunt: Hunt) =>
  [
    hunt.status === 'active' ? null : hunt.status,
    formatNoun(hunt.datasets, 'dataset'),
    hunt.alertsOpen > 0 ? formatNoun(hunt.alertsOpen, 'open alert') : null,
  ]
    .filter(Boolean)
    .join(' · ')

/** The list under the hunt switcher: choose, create, or see all with what can be done to them. */
export function HuntMenu({
  hunts,
  current,
  creating,
  onClose,
}: {
  hunts: readonly Hunt[]
  current: string | null
  creating: boolean
  onClose: () => void
}) {
  const [filter, setFilter] = useState('')
  const [naming, setNaming] = useState(creating)
  const shown = hunts.filter(({ name, status }) =>
    filter ? name.toLowerCase().includes(filter.toLowerCase()) : status !== 'archived',
  )
  const go = (href: string) => {
    onClose()
    navigate(href)
  }
  if (naming) {
    return (
      <div className="hunt-menu">
        <NewHuntForm onCreated={(id) => go(link.overview(id))} onCancel={onClose} />
      </div>
    )
  }
  return (
    <div className="hunt-menu">
      {hunts.length >= FILTER_FROM && (
        <input
          className="text-field hunt-filter"
          placeholder="Find a hunt"
          aria-label="Find a hunt"
          value={filter}
          autoFocus
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      {shown.length > 0 && (
        <ul className="hunt-list">
          {shown.map((hunt) => (
            <li key={hunt.id}>
              <button
                type="button"
                className="menu-line"
                aria-current={hunt.id === current}
                onClick={() => go(link.overview(hunt.id))}
              >
                <span className={`square ${hunt.status}`} />
                <span className="grow clip med">{hunt.name}</span>
                <span className="t3 sm nowrap">{note(hunt)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {filter && shown.length === 0 && <p className="t2 menu-note">No hunt is named like this.</p>}
      <div className="menu-end">
        <button type="button" className="menu-line" onClick={() => setNaming(true)}>
          <Plus size={13} />
          New hunt
        </button>
        <button type="button" className="menu-line" onClick={() => go(link.hunts())}>
          <span className="square-space" />
          All hunts
          <span className="spring" />
          <span className="t3 sm">rename, close, delete</span>
        </button>
      </div>
    </div>
  )
}
