import { useRef, useState } from 'react'
import { Filter } from '@blueprintjs/icons'
import type { Output } from '#contract/contract'
import { useCommands } from '../../../state/commands.ts'
import { setParams } from '../../../state/route.ts'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { isNarrowed, noHitFilters, type HitParams } from './hitParams.ts'

type HitFiltersProps = { params: HitParams; total: number; counts: Output<'keywords.counts'>; said: string | null }

/** Text, dataset, host and user; how many hits there are of how many, and which of them can be opened. */
export function HitFilters({ params, total, counts, said }: HitFiltersProps) {
  const { input } = params
  const [text, setText] = useState(input.text ?? '')
  const [before, setBefore] = useState(input.text)
  const find = useRef<HTMLInputElement>(null)
  if (before !== input.text) {
    setBefore(input.text)
    setText(input.text ?? '')
  }
  useCommands([
    {
      id: 'keywords.find',
      title: 'Search the hits',
      group: 'Evidence',
      keys: '/',
      run: () => find.current?.select(),
    },
  ])
  const left = counts.hits - counts.kept
  return (
    <div className="hit-filters" data-region="Filters" role="search">
      <form
        className="hit-find"
        onSubmit={(event) => {
          event.preventDefault()
          setParams({ q: text.trim() })
        }}
      >
        <Filter size={13} />
        <input
          ref={find}
          value={text}
          maxLength={500}
          aria-label="Search the hits"
          placeholder="Value, field or keyword"
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return
            event.preventDefault()
            setText('')
            setParams({ q: null })
          }}
        />
      </form>
      {counts.scans.length > 1 && (
        <select
          className="text-field"
          aria-label="Dataset"
          value={input.datasetId ?? ''}
          onChange={({ target }) => setParams({ ds: target.value })}
        >
          <option value="">All datasets</option>
          {counts.scans.map(({ datasetId, dataset, hits }) => (
            <option key={datasetId} value={datasetId}>
              {dataset} ({formatCount(hits)})
            </option>
          ))}
        </select>
      )}
      <Names label="Host" param="host" names={counts.hosts} value={input.host} />
      <Names label="User" param="user" names={counts.users} value={input.user} />
      {isNarrowed(params) && (
        <Action quiet onClick={() => setParams(noHitFilters)}>
          Clear filters
        </Action>
      )}
      <span className="spring" />
      <span className="t2 sm nowrap" aria-live="polite">
        {said ?? (
          <>
            <b className="med">{formatCount(total)}</b> of {formatNoun(counts.hits, 'hit')}
            {left > 0 && `, ${formatCount(left)} only counted`}
          </>
        )}
      </span>
    </div>
  )
}

type NamesProps = {
  label: string
  param: 'host' | 'user'
  names: readonly { value: string; hits: number }[]
  value: string | undefined
}

function Names({ label, param, names, value }: NamesProps) {
  if (names.length === 0 && value === undefined) return null
  return (
    <select
      className="text-field"
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => setParams({ [param]: target.value })}
    >
      <option value="">{`All ${label.toLowerCase()}s`}</option>
      {value !== undefined && !names.some((name) => name.value === value) && <option value={value}>{value}</option>}
      {names.map((name) => (
        <option key={name.value} value={name.value}>
          {name.value} ({formatCount(name.hits)})
        </option>
      ))}
    </select>
  )
}
