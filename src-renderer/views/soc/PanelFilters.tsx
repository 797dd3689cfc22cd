import { useRef, useState } from 'react'
import { Cross, Filter } from '@blueprintjs/icons'
import type { PanelShape } from '#contract/soc'
import { useCommands } from '../../state/commands.ts'
import { setParams, useRoute } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { formatCount } from '../../ui/formatNumber.ts'
import { num, text } from './cellText.ts'
import { byLevel, LevelMark } from './LevelMark.tsx'
import { clearFilters } from './panelParams.ts'
import type { Row } from './usePanel.ts'

type PanelFiltersProps = {
  shape: PanelShape
  /** Rows of field, value and cnt. */
  facets: readonly Row[]
  /** What the search looks through. */
  searches?: string
  /** "1,204 detections" */
  counted: string
}

/** `asn_org` as an analyst says it. */
const names: Readonly<Record<string, string>> = {
  ...{ threat_level: 'Level', country_code: 'Country', asn_org: 'Network', browser_family: 'Browser', bot_name: 'Bot' },
  ...{ ja4: 'JA4', campaign_id: 'Campaign', http_version: 'HTTP version', src_ip: 'Address' },
  ...{ model_name: 'Model', feature: 'Feature', asn_label: 'Kind of network', h2_family: 'Browser by HTTP/2' },
  ...{ h2_window: 'Window update', contradicts: 'TLS and HTTP/2 disagree', priorities: 'Sends priorities' },
  ...{ at_least: 'At least', at_most: 'At most' },
  ...{ method: 'Method', host: 'Host', src_country_code: 'Country', dow: 'Day (Monday 0)', hour: 'Hour (UTC)' },
}
const nameOf = (filter: string): string => names[filter] ?? filter.replaceAll('_', ' ')

/** Search, chips of threat levels and a list of values for each facet; what else the URL filters by can be taken off. */
export function PanelFilters({ shape, facets, searches = 'Address, host', counted }: PanelFiltersProps) {
  const { params } = useRoute()
  const fields = Map.groupBy(facets, (row) => text(row['field']))
  const levels = (fields.get('threat_level') ?? []).toSorted((a, b) => byLevel(text(a['value']), text(b['value'])))
  const level = params.get('threat_level')
  const lists = shape.filters.filter((name) => name !== 'threat_level' && fields.has(name))
  const others = shape.filters.filter(
    (name) => name !== 'search' && !fields.has(name) && (params.get(name) ?? '') !== '',
  )
  const active = shape.filters.some((name) => (params.get(name) ?? '') !== '')
  return (
    <div className="soc-filters" role="search" data-region="Filters">
      {shape.filters.includes('search') && <Search looksThrough={searches} />}
      {levels.length > 0 && (
        <div className="soc-chips" role="group" aria-label="Level">
          {levels.map((row) => {
            const value = text(row['value'])
            return (
              <button
                key={value}
                type="button"
                className="soc-chip"
                aria-pressed={level === value}
                onClick={() => setParams({ threat_level: level === value ? null : value })}
              >
                <LevelMark level={value} />
                <span className="t3">{formatCount(num(row['cnt']) ?? 0)}</span>
              </button>
            )
          })}
        </div>
      )}
      {lists.map((name) => {
        const chosen = params.get(name) ?? ''
        const values = fields.get(name) ?? []
        return (
          <select
            key={name}
            className="text-field"
            aria-label={nameOf(name)}
            value={chosen}
            onChange={(event) => setParams({ [name]: event.target.value })}
          >
            <option value="">{nameOf(name)}: all</option>
            {chosen !== '' && !values.some((row) => text(row['value']) === chosen) && (
              <option value={chosen}>{chosen}</option>
            )}
            {values.map((row) => (
              <option key={text(row['value'])} value={text(row['value'])}>
                {text(row['value'])} ({formatCount(num(row['cnt']) ?? 0)})
              </option>
            ))}
          </select>
        )
      })}
      {others.map((name) => (
        <span key={name} className="chip">
          {nameOf(name)} <span className="mono">{params.get(name)}</span>
          <button
            type="button"
            className="chip-off"
            aria-label={`Remove the filter ${nameOf(name)}`}
            onClick={() => setParams({ [name]: null })}
          >
            <Cross size={11} />
          </button>
        </span>
      ))}
      <span className="spring" />
      <span className="t2 sm nowrap">{counted}</span>
      {active && (
        <Action quiet onClick={() => clearFilters(shape)}>
          Clear filters
        </Action>
      )}
    </div>
  )
}

function Search({ looksThrough }: { looksThrough: string }) {
  const { params } = useRoute()
  const asked = params.get('search') ?? ''
  const [typed, setTyped] = useState(asked)
  const [before, setBefore] = useState(asked)
  const input = useRef<HTMLInputElement>(null)
  if (before !== asked) {
    setBefore(asked)
    setTyped(asked)
  }
  useCommands([
    {
      id: 'soc.find',
      title: 'Search this table',
      group: 'SOC',
      keys: '/',
      opensField: true,
      run: () => input.current?.select(),
    },
  ])
  return (
    <form
      className="soc-search"
      onSubmit={(event) => {
        event.preventDefault()
        setParams({ search: typed.trim() })
      }}
    >
      <Filter size={13} />
      <input
        ref={input}
        value={typed}
        maxLength={500}
        aria-label="Search this table"
        placeholder={looksThrough}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return
          event.preventDefault()
          setTyped('')
          setParams({ search: null })
        }}
      />
    </form>
  )
}
