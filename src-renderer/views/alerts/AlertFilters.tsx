import { useRef, useState } from 'react'
import { Cross, Filter } from '@blueprintjs/icons'
import type { AlertFilter } from '#contract/alerts'
import { alertStatuses, severities, type AlertGrouping } from '#contract/values'
import { useCall } from '../../backend/query.ts'
import { useDatasets } from '../../backend/useDatasets.ts'
import { useCommands } from '../../state/commands.ts'
import { setParams } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { useZone } from '../../ui/appearance.ts'
import { nameInFolder } from '../../ui/folderOf.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { formatSecond, formatSpan, type Zone } from '../../ui/formatTime.ts'
import { FilterChips } from './FilterChips.tsx'
import { isFiltered, noFilters, NONE, toggleListed, type AlertParams } from './alertParams.ts'

type AlertFiltersProps = { hunt: string; params: AlertParams; shown: number; total: number | null }

const asList = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** "2020-10-18 00:00:00 – 2020-11-01 00:00:00 UTC"; an open end is said. */
const stretchText = ({ from, to }: AlertFilter, zone: Zone): string =>
  from === undefined
    ? `before ${formatSecond(to ?? '', zone)}`
    : to === undefined
      ? `from ${formatSecond(from, zone)}`
      : formatSpan(from, to, zone)

/** Text, severity, status, analyzer, technique and dataset; each with the number of alerts of the hunt it names. */
export function AlertFilters({ hunt, params, shown, total }: AlertFiltersProps) {
  const { filter } = params
  const zone = useZone()
  const { data: stats } = useCall('alerts.stats', { huntId: hunt })
  const { data: datasets } = useDatasets(hunt)
  const [text, setText] = useState(filter.text ?? '')
  const [before, setBefore] = useState(filter.text)
  const input = useRef<HTMLInputElement>(null)
  if (before !== filter.text) {
    setBefore(filter.text)
    setText(filter.text ?? '')
  }
  const chosenSeverities = asList(filter.severity)
  const chosenStatuses = asList(filter.status)
  useCommands([
    {
      id: 'alerts.find',
      title: 'Search the alerts',
      group: 'Alerts',
      keys: '/',
      run: () => input.current?.select(),
    },
  ])

  return (
    <div className="alert-filters" data-region="Filters" role="search">
      <form
        className="alert-find"
        onSubmit={(event) => {
          event.preventDefault()
          setParams({ q: text.trim(), id: null })
        }}
      >
        <Filter size={13} />
        <input
          ref={input}
          value={text}
          maxLength={500}
          aria-label="Search the alerts"
          placeholder="Title, host, user, tag or evidence"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') {
              event.preventDefault()
              setText('')
              setParams({ q: null })
            }
          }}
        />
        <span className="t2 sm nowrap">
          {total !== null && shown !== total ? (
            <>
              <b className="med">{formatCount(shown)}</b> of {formatNoun(total, 'alert')}
            </>
          ) : (
            formatNoun(shown, 'alert')
          )}
        </span>
      </form>
      <div className="alert-chips">
        <div className="chip-group" role="group" aria-label="Severity">
          {severities.map((severity) => (
            <button
              key={severity}
              type="button"
              className="filter-chip"
              aria-pressed={chosenSeverities.includes(severity)}
              onClick={() => toggleListed('severity', chosenSeverities, severity)}
            >
              <SevMark severity={severity} />
              <span className="t3">{formatCount(stats?.severityCounts[severity] ?? 0)}</span>
            </button>
          ))}
        </div>
        <select
          className="text-field"
          aria-label="Analyzer"
          value={asList(filter.analyzer)[0] ?? ''}
          onChange={(event) => setParams({ analyzer: event.target.value, id: null })}
        >
          <option value="">All analyzers</option>
          {Object.entries(stats?.analyzerCounts ?? {}).map(([name, count]) => (
            <option key={name} value={name}>
              {name} ({formatCount(count)})
            </option>
          ))}
        </select>
        <select
          className="text-field"
          aria-label="Technique"
          value={filter.mitreTechnique === null ? NONE : (filter.mitreTechnique ?? '')}
          onChange={(event) => setParams({ technique: event.target.value, id: null })}
        >
          <option value="">All techniques</option>
          {filter.mitreTechnique === null && <option value={NONE}>Without technique</option>}
          {filter.mitreTechnique && !stats?.topMitre.some(({ technique }) => technique === filter.mitreTechnique) && (
            <option value={filter.mitreTechnique}>{filter.mitreTechnique}</option>
          )}
          {stats?.topMitre.map(({ technique, count }) => (
            <option key={technique} value={technique}>
              {technique} ({formatCount(count)})
            </option>
          ))}
        </select>
        {(datasets?.total ?? 0) > 1 && (
          <select
            className="text-field"
            aria-label="Dataset"
            value={filter.datasetId ?? ''}
            onChange={(event) => setParams({ ds: event.target.value, id: null })}
          >
            <option value="">All datasets</option>
            {datasets?.datasets.map(({ id, name, file }) => (
              <option key={id} value={id}>
                {nameInFolder({ name, file })}
              </option>
            ))}
          </select>
        )}
      </div>
      <div className="alert-chips">
        <div className="chip-group" role="group" aria-label="Status">
          {alertStatuses.map((status) => (
            <button
              key={status}
              type="button"
              className="filter-chip"
              aria-pressed={chosenStatuses.includes(status)}
              onClick={() => toggleListed('status', chosenStatuses, status)}
            >
              <StatusMark status={status} />
              <span className="t3">{formatCount(stats?.statusCounts[status] ?? 0)}</span>
            </button>
          ))}
        </div>
        {(filter.from ?? filter.to) !== undefined && (
          <span className="chip">
            First seen {stretchText(filter, zone)}
            <button
              type="button"
              className="chip-off"
              aria-label="Remove the stretch of time"
              onClick={() => setParams({ from: null, to: null, id: null })}
            >
              <Cross size={11} />
            </button>
          </span>
        )}
        <FilterChips filter={filter} />
        <span className="spring" />
        <GroupBy group={params.group} />
        {isFiltered(filter) && (
          <Action quiet onClick={() => setParams(noFilters)}>
            Clear filters
          </Action>
        )}
      </div>
    </div>
  )
}

const groupings: readonly { value: AlertGrouping | 'none'; label: string }[] = [
  { value: 'none', label: 'List' },
  { value: 'rule', label: 'Rule' },
  { value: 'host', label: 'Host' },
  { value: 'user', label: 'User' },
  { value: 'technique', label: 'Technique' },
]

function GroupBy({ group }: { group: AlertGrouping | null }) {
  const go = (value: AlertGrouping | 'none') =>
    setParams({ group: value === 'none' ? null : value, id: null }, { replace: false })
  useCommands(
    groupings.map(({ value, label }) => ({
      id: `alerts.group.${value}`,
      title: value === 'none' ? 'Show alerts as a list' : `Group alerts by ${label.toLowerCase()}`,
      group: 'Alerts',
      run: () => go(value),
    })),
  )
  return <Segmented label="Group by" options={groupings} value={group ?? 'none'} onChange={go} />
}
