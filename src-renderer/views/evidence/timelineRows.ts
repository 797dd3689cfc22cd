import type { TimelineDataset, TimelineEvent } from '#contract/rows'
import type { Backend } from '../../backend/backend.ts'
import { pagedRows, type PagedRows } from '../../grid/pagedRows.ts'
import type { TimeRange } from '../../state/timeRange.ts'

export type TimelineQuery = {
  huntId: string
  q: string
  range: TimeRange
  /** The connection whose copies answer; null: this computer. */
  connection: string | null
}

/** The query as the timeline calls take it. */
export const timelineInput = ({ huntId, q, range, connection }: TimelineQuery) => ({
  huntId,
  ...(connection === null ? {} : { connection }),
  ...(q === '' ? {} : { q }),
  ...(range.from === null ? {} : { from: range.from }),
  ...(range.to === null ? {} : { to: range.to }),
})

export type TimelinePage = {
  events: readonly TimelineEvent[]
  total: number
  rowsWithoutTime: number
  datasets: readonly TimelineDataset[]
}

/** The rows of a hunt by time, page by page; the first page is here already. */
export const timelineRows = (backend: Backend, query: TimelineQuery, first: TimelinePage): PagedRows<TimelineEvent> =>
  pagedRows<readonly TimelineEvent[], TimelineEvent>({
    total: first.total,
    fetch: async ({ offset, limit }, signal) =>
      offset === 0
        ? first.events
        : (await backend.call('rows.timeline', { ...timelineInput(query), offset, limit }, { signal })).events,
    rows: (blocks) => blocks.get('') ?? [],
  })
