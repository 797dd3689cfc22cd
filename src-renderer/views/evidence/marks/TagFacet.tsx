import type { Column } from '#contract/datasets'
import { rowTags } from '#contract/values'
import { useCall } from '../../../backend/query.ts'
import type { TimeRange } from '../../../state/timeRange.ts'
import { formatCount } from '../../../ui/formatNumber.ts'
import { rowsInput } from '../evidenceRows.ts'
import { hasTerm, termText, toggleTerm, withoutField } from '../queryText.ts'
import { TagMark } from './TagMark.tsx'

type TagFacetProps = {
  datasetId: string
  copy: string | null
  columns: readonly Column[]
  query: string
  counted: string
  range: TimeRange
  onQuery: (query: string) => void
}

/** How many rows have which tag, among those that match the rest of the query; a click narrows to a tag. */
export function TagFacet({ datasetId, copy, columns, query, counted, range, onQuery }: TagFacetProps) {
  // A column of the file with this name goes before.
  const name = columns.some((column) => [column.name, column.header].some((one) => one.toLowerCase() === 'tag'))
    ? '_tag'
    : 'tag'
  const q = withoutField(counted, name)
  const { data, isPlaceholderData } = useCall('rows.facets', {
    ...rowsInput({ datasetId, q, range, sort: null, copy }),
    column: '_tag',
    limit: rowTags.length,
  })
  const shown = rowTags.flatMap((tag) => {
    const count = data?.values.find(({ value }) => value === tag)?.count ?? 0
    const on = hasTerm(query, termText(name, tag) ?? '')
    return count > 0 || on ? [{ tag, count, on }] : []
  })
  if (!data || shown.length === 0) return null
  return (
    <section className="facet" aria-label="Tags">
      <div className="facet-head tag-facet-head">
        <h3>tag</h3>
        <span className="spring" />
        <span className="t3 sm num">{formatCount(shown.length)}</span>
      </div>
      <ul className={isPlaceholderData ? 'view-dim' : undefined}>
        {shown.map(({ tag, count, on }) => (
          <li key={tag}>
            <button
              type="button"
              className="facet-value"
              role="checkbox"
              aria-checked={on}
              onClick={() => onQuery(toggleTerm(query, name, tag))}
            >
              <span className="facet-box" aria-hidden />
              <TagMark tag={tag} />
              <span className="num t2">{formatCount(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
