import { useState } from 'react'
import { CaretDown, CaretRight, Cross } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import { CellText } from '../../grid/CellText.tsx'
import type { TimeRange } from '../../state/timeRange.ts'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { columnEntity, columnTitle } from './datasetColumns.ts'
import { rowsInput } from './evidenceRows.ts'
import { hasTerm, termText, withoutField } from './queryText.ts'

const FEW = 8
const MANY = 100

/** The end of a path tells more than its beginning, and so do the ends of long values that begin alike. */
const FacetText = ({ value }: { value: string }) => (
  <span className="cut-start mono">
    <bdi dir="ltr">
      <CellText text={value} width={200} cut="start" />
    </bdi>
  </span>
)

type FacetProps = {
  datasetId: string
  copy: string | null
  column: Column
  name: string
  query: string
  counted: string
  range: TimeRange
  onToggle: (value: string) => void
  onRemove: () => void
  onStatistics: () => void
}

/** The most (or least) frequent values of a column among the rows that match the rest of the query. A click sets the value, another takes it away. */
export function Facet({
  datasetId,
  copy,
  column,
  name,
  query,
  counted,
  range,
  onToggle,
  onRemove,
  onStatistics,
}: FacetProps) {
  const [open, setOpen] = useState(true)
  const [limit, setLimit] = useState(FEW)
  const [rare, setRare] = useState(false)
  const q = withoutField(counted, name)
  const { data, isPlaceholderData, error } = useCall(
    'rows.facets',
    open
      ? {
          ...rowsInput({ datasetId, q, range, sort: null, copy }),
          column: column.name,
          limit,
          ...(rare ? { order: 'least' as const } : {}),
        }
      : null,
  )
  const entity = columnEntity(column)
  const values = data?.values.filter(({ value }) => value !== null) ?? []
  const most = Math.max(1, ...values.map(({ count }) => count))
  const line = (value: string, count: number) => {
    const term = termText(name, value)
    const on = term !== null && hasTerm(query, term)
    return (
      <li key={value}>
        <button
          type="button"
          className="facet-value"
          role="checkbox"
          aria-checked={on}
          disabled={term === null || value.length > 1000}
          title={value || 'Rows without a value'}
          onClick={() => onToggle(value)}
        >
          <span className="facet-box" aria-hidden />
          {value === '' ? <span className="clip t3">empty</span> : <FacetText value={value} />}
          <span className="num t2">{formatCount(count)}</span>
          <span
            className="facet-bar"
            aria-hidden
            style={{ width: `${Math.max(1, Math.min(100, (count / most) * 100))}%` }}
          />
        </button>
      </li>
    )
  }
  return (
    <section className="facet" aria-label={`Values of ${columnTitle(column)}`}>
      <div className="facet-head">
        <button
          type="button"
          className="facet-title"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          title={`Column ${column.header || column.name}`}
        >
          {open ? <CaretDown size={12} /> : <CaretRight size={12} />}
          <span className="clip">{columnTitle(column)}</span>
          {entity && <EntityMark type={entity} size={12} />}
        </button>
        <span className="spring" />
        {data && (
          <button
            type="button"
            className="facet-count t3 sm"
            title={`${formatNoun(data.distinct, 'distinct value')}. Open the statistics of ${columnTitle(column)}`}
            aria-label={`Statistics of ${columnTitle(column)}, ${formatNoun(data.distinct, 'distinct value')}`}
            onClick={onStatistics}
          >
            {formatCount(data.distinct)}
          </button>
        )}
        <button
          type="button"
          className="facet-remove"
          aria-label={`Remove ${columnTitle(column)} from the list`}
          title="Remove from the list"
          onClick={onRemove}
        >
          <Cross size={11} />
        </button>
      </div>
      {open && error && <p className="facet-note t2">{error.message}</p>}
      {open && !data && !error && <div className="facet-wait" aria-label="Counting" />}
      {open && data && (
        <ul className={isPlaceholderData ? 'view-dim' : undefined}>
          {values.map(({ value, count }) => line(String(value), count))}
          {data.empty > 0 && line('', data.empty)}
        </ul>
      )}
      {open && data && (data.distinct > FEW || rare) && (
        <div className="facet-foot sm">
          {data.distinct > FEW && (
            <button type="button" className="link-button" onClick={() => setLimit(limit === FEW ? MANY : FEW)}>
              {data.distinct > values.length
                ? `${formatCount(values.length)} of ${formatCount(data.distinct)} shown`
                : `All ${formatCount(data.distinct)} shown`}
              {limit === FEW ? '' : ', show fewer'}
            </button>
          )}
          <span className="spring" />
          <button
            type="button"
            className="link-button"
            aria-pressed={rare}
            title={rare ? 'Show the most frequent values' : 'Show the least frequent values'}
            onClick={() => setRare(!rare)}
          >
            {rare ? 'Least' : 'Most'}
          </button>
        </div>
      )}
    </section>
  )
}
