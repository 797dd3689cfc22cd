import { useState } from 'react'
import { Search } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { useCall } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

type SubjectProps = { type: 'address' | 'ja4'; value: string; children?: ReactNode }

/** What a page is about, where it stands in the evidence at hand, and the way to another one. */
export function Subject({ type, value, children }: SubjectProps) {
  return (
    <header className="soc-subject">
      <EntityMark type={type} size={15} />
      <h1>{value}</h1>
      {children}
      <span className="spring" />
      <LocalEvidence value={value} />
      <CopyButton text={value} title={type === 'address' ? 'Copy the address' : 'Copy the JA4'} iconOnly />
      <Investigate />
    </header>
  )
}

/** Rows of all hunts that hold it. */
function LocalEvidence({ value }: { value: string }) {
  const { data } = useCall('correlation.findIoc', { value, limit: 1 })
  if (!data) return null
  const rows = data.datasets.reduce((sum, dataset) => sum + dataset.rows, 0)
  const hunts = new Set(data.datasets.map(({ huntId }) => huntId)).size
  if (rows === 0) return <span className="t3 sm nowrap">In no hunt</span>
  return (
    <a className="sm nowrap" href={`#${link.findIoc(value)}`} title="Every row of the hunts that holds it">
      {formatNoun(rows, 'row')} in {formatNoun(hunts, 'hunt')}
    </a>
  )
}

/** An address, or else a JA4, to look at next. */
const placeOf = (text: string): string =>
  /^[0-9a-f:.]+$/i.test(text) && /[.:]/.test(text) ? link.socAddress(text) : link.socJa4(text)

export function Investigate() {
  const [text, setText] = useState('')
  return (
    <form
      className="soc-search soc-investigate"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') navigate(placeOf(text.trim()))
      }}
    >
      <Search size={13} />
      <input
        value={text}
        maxLength={500}
        aria-label="Address or JA4 to look at"
        placeholder="Address or JA4"
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}
