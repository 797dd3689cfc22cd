import { useEffect, useState } from 'react'
import type { Column } from '#contract/datasets'
import { useCall } from '../../backend/query.ts'
import type { TimeRange } from '../../state/timeRange.ts'
import { formatNoun } from '../../ui/formatNumber.ts'
import { rowsInput } from './evidenceRows.ts'
import { fieldCompletions, valueCompletions, type Completion, type CompletionPlace } from './queryCompletion.ts'

/** Values are counted when the typing rests. */
const SETTLE_MS = 150
/** Values asked for; what was typed narrows them. */
const VALUES = 50

/** What a query can be completed from: a dataset, or where there are several, the names of fields. */
export type CompletionSource = {
  datasetId: string | null
  columns: readonly Column[]
  fields: readonly string[]
  range: TimeRange
}

/** The column whose values a field means: the fullest one. */
function columnOf(field: string, columns: readonly Column[]): Column | undefined {
  const wanted = field.toLowerCase()
  const named = columns.filter(({ name, header }) => name.toLowerCase() === wanted || header.toLowerCase() === wanted)
  const feeding = columns.filter(({ fields }) => fields.some((one) => one === wanted))
  return (named.length > 0 ? named : feeding).toSorted((a, b) => b.filled - a.filled)[0]
}

const countedOf = (column: Column, source: CompletionSource | null): string =>
  JSON.stringify([source?.datasetId, column.name, source?.range])

const isPlain = (typed: string): boolean => /^[\w.@$][\w.@$-]*$/.test(typed) && !/^(AND|OR|NOT)$/.test(typed)

/** The completions of a place, the frequent values of a field with their counts among them. */
export function useQueryCompletions(
  place: CompletionPlace | null,
  source: CompletionSource | null,
): { items: Completion[]; counting: boolean } {
  const [settled, setSettled] = useState<CompletionPlace | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(place), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [place])

  const asked = settled?.kind === 'value' && source?.datasetId ? columnOf(settled.field, source.columns) : undefined
  const narrowed = settled?.kind === 'value' && isPlain(settled.typed) ? settled : null
  const name = narrowed?.field.replaceAll('"', '') ?? ''
  const { data, isPlaceholderData } = useCall(
    'rows.facets',
    asked && source?.datasetId
      ? {
          ...rowsInput({
            datasetId: source.datasetId,
            q: narrowed ? `"${name}":${narrowed.typed}` : '',
            range: source.range,
            sort: null,
          }),
          column: asked.name,
          limit: VALUES,
        }
      : null,
  )
  // Until narrower values are counted, those counted before that still fit stay: a line somebody has chosen must not go
  // from under the Enter that takes it. How often a value stands there does not depend on what else was typed.
  const [counted, setCounted] = useState<{ of: string; data: NonNullable<typeof data> } | null>(null)
  if (asked && data && !isPlaceholderData && counted?.data !== data) setCounted({ of: countedOf(asked, source), data })
  if (place === null || source === null) return { items: [], counting: false }
  if (place.kind === 'field')
    return { items: fieldCompletions(place.typed, source.columns, source.fields), counting: false }
  const column = columnOf(place.field, source.columns)
  const current = settled?.kind === 'value' && settled.field === place.field && !isPlaceholderData
  const before = column && counted?.of === countedOf(column, source) ? counted.data : null
  const values = current && data ? data : before
  return {
    items: valueCompletions(place, column, values?.values ?? [], (count) => formatNoun(count, 'row')),
    counting: column !== undefined && source.datasetId !== null && !(current && data),
  }
}
