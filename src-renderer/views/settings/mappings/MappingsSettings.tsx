import { useState } from 'react'
import { FailureState } from '../../../backend/FailureState.tsx'
import { useCall } from '../../../backend/query.ts'
import { CellText } from '../../../grid/CellText.tsx'
import { link } from '../../../state/places.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { MappingEditor } from './MappingEditor.tsx'

/** With more a field appears in which they are found. */
const FEW = 12
const LIST_MAX = 500

/** What was said of files and holds for files like them: mappings at the left, the opened one at the right. */
export function MappingsSettings({ opened }: { opened: string | null }) {
  const [text, setText] = useState('')
  const { data, error, refetch } = useCall('mappings.list', { text, limit: LIST_MAX })
  const { data: all } = useCall('mappings.list', { limit: 1 })
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data || !all) return <Skeleton rows={8} />
  const { mappings, total } = data
  const shown = mappings.find(({ id }) => id === opened) ?? mappings[0] ?? null
  if (all.total === 0)
    return (
      <EmptyState title="No mappings yet">
        What you set in the preview of an import, or later about a dataset (fields, time column, zone, packed columns,
        columns shown first), is kept here as a mapping. Files like it are then read the same way. A colleague’s
        mappings come from a JSON file.
      </EmptyState>
    )
  return (
    <div className="settings-parts">
      <nav className="settings-list mapping-list" aria-label="Mappings" data-region="Mappings">
        {all.total > FEW && (
          <input
            className="text-field"
            placeholder="Find a mapping"
            aria-label="Find a mapping"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <ul>
          {mappings.map(({ id, name, tool, uses }) => (
            <li key={id}>
              <a href={`#${link.mappings(id)}`} aria-current={id === shown?.id ? 'true' : undefined}>
                <span className="clip med">
                  <CellText text={name} />
                </span>
                <span className="clip t3 sm">
                  {[tool?.name ?? 'no known tool', uses.length > 0 ? `uses ${formatNoun(uses.length, 'column')}` : '']
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </a>
            </li>
          ))}
        </ul>
        {mappings.length < total && (
          <p className="t3 sm">
            {formatCount(mappings.length)} of {formatNoun(total, 'mapping')} shown
          </p>
        )}
        {total === 0 && <p className="t3 sm">No mapping has this in its name, tool or columns.</p>}
      </nav>
      {shown && <MappingEditor key={shown.id} mapping={shown} />}
    </div>
  )
}
