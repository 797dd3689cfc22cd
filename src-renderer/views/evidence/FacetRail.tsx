import { memo, useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import type { CanonicalField } from '#contract/values'
import type { TimeRange } from '../../state/timeRange.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { queryName } from './datasetColumns.ts'
import { Facet } from './Facet.tsx'
import { TagFacet } from './marks/TagFacet.tsx'
import { FieldChooser } from './FieldChooser.tsx'
import { toggleTerm } from './queryText.ts'

/** Fields whose values tell rows apart at a glance, most telling first. */
const TELLING: readonly CanonicalField[] = [
  'username',
  'hostname',
  'process_name',
  'parent_process_name',
  'event_id',
  'src_ip',
  'dst_ip',
  'dst_port',
  'protocol',
  'domain',
  'event_type',
  'logon_type',
  'severity',
  'status',
  'service_name',
  'file_extension',
  'connection_state',
]
const AT_FIRST = 4
/** Columns filled in fewer rows than this share of the fullest one come last. */
const OFTEN = 0.2

/** The columns a dataset opens with: those that feed telling fields, else the first text columns. */
export function facetColumns(columns: readonly Column[]): Column[] {
  const fullest = Math.max(0, ...columns.map((column) => column.filled))
  const often = columns.filter((column) => column.filled > 0 && column.filled >= fullest * OFTEN)
  const filled = [...often, ...columns.filter((column) => column.filled > 0 && !often.includes(column))]
  const tellingOf = (list: readonly Column[]) =>
    TELLING.flatMap((field) => list.find((column) => column.fields.includes(field)) ?? [])
  const telling = [...tellingOf(often), ...tellingOf(filled)]
  const some = telling.length > 0 ? telling : filled.filter((column) => column.type === 'text')
  return [...new Set(some)].slice(0, AT_FIRST)
}

type FacetRailProps = {
  datasetId: string
  /** The copy on a server that counts; null: this computer. */
  copy: string | null
  columns: readonly Column[]
  query: string
  /** The query whose rows are counted: another one only when the first rows of `query` are there, which come before. */
  counted: string
  range: TimeRange
  onQuery: (query: string) => void
  /** Opens the statistics of a column, by its position. */
  onStatistics: (position: number) => void
}

export const FacetRail = memo(function FacetRail(props: FacetRailProps) {
  const { datasetId, copy, columns, query, counted, range, onQuery, onStatistics } = props
  const [positions, setPositions] = useState(() => facetColumns(columns).map((column) => column.position))
  const shown = positions.flatMap((position) => columns.find((column) => column.position === position) ?? [])
  return (
    <aside className="facets" aria-label="Values" data-region="Values">
      <TagFacet
        datasetId={datasetId}
        copy={copy}
        columns={columns}
        query={query}
        counted={counted}
        range={range}
        onQuery={onQuery}
      />
      {shown.map((column) => {
        const name = queryName(column, columns)
        return (
          <Facet
            key={column.position}
            datasetId={datasetId}
            copy={copy}
            column={column}
            name={name}
            query={query}
            counted={counted}
            range={range}
            onToggle={(value) => onQuery(toggleTerm(query, name, value))}
            onRemove={() => setPositions(positions.filter((position) => position !== column.position))}
            onStatistics={() => onStatistics(column.position)}
          />
        )
      })}
      <div className="facet-add">
        <Layer
          placement="bottom-start"
          content={
            <FieldChooser
              label="Field to add"
              columns={columns.filter((column) => !positions.includes(column.position))}
              onChoose={(column) => setPositions([...positions, column.position])}
            />
          }
        >
          <Action quiet icon={<Plus size={13} />}>
            Add field
          </Action>
        </Layer>
      </div>
    </aside>
  )
})
