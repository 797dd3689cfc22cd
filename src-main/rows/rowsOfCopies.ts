import type { CallName, Output, Parsed } from '#contract/contract'
import type { RowRecord } from '#contract/rows'

/** A question that a copy of a dataset on a server answers. */
type OfCopy<K extends CallName, A = Output<K>> = (
  copy: string,
  datasetId: string,
  question: Omit<Parsed<K>, 'datasetId' | 'copy'>,
  signal: AbortSignal,
) => Promise<A>

/** A question about a hunt that its copies on a server answer; `here`: its datasets on this computer. */
type OfCopies<K extends 'rows.timeline' | 'rows.timelinePosition' | 'rows.timelineHistogram'> = (
  which: { huntId: string; connection: string; datasetIds?: string[] | undefined },
  here: readonly { id: string; name: string }[],
  question: Omit<Parsed<K>, 'huntId' | 'connection' | 'datasetIds'>,
  signal: AbortSignal,
) => Promise<Output<K>>

export type TimelineOfCopies = {
  page: OfCopies<'rows.timeline'>
  position: OfCopies<'rows.timelinePosition'>
  histogram: OfCopies<'rows.timelineHistogram'>
}

/** What is exported: a dataset, or a copy by what its dataset was. */
export type Exported = { id: string; name: string; huntId: string; rows: number }

export type ExportOfCopy = {
  named(copy: string, datasetId: string): Promise<Exported>
  write(
    copy: string,
    input: Omit<Parsed<'rows.export'>, 'copy'>,
    target: { path: string; replace: boolean },
    signal: AbortSignal,
    progress: { total(rows: number): void; done(rows: number): void },
  ): Promise<{ rows: number; leftOut: number; bytes: number }>
}

/** Questions about rows that copies on servers answer instead of datasets. */
export type RowsOfCopies = {
  page: OfCopy<'rows.page'>
  record: OfCopy<'rows.get', Omit<RowRecord, 'sourceRow'>>
  count: OfCopy<'rows.count', number>
  position: OfCopy<'rows.position', number | null>
  facets: OfCopy<'rows.facets'>
  tagFacets: OfCopy<'rows.facets'>
  histogram: OfCopy<'rows.histogram'>
  fieldStats: OfCopy<'rows.fieldStats'>
  timeline: TimelineOfCopies
  export: ExportOfCopy
}
