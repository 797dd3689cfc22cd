import { link } from '../../state/places.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import type { TimelinePage } from './timelineRows.ts'

/** Datasets named in the line; the others are counted. */
const NAMED = 3

/** What the timeline leaves out: rows without a time, and datasets in which nothing can match. */
export function TimelineNotes({ page, hunt }: { page: TimelinePage; hunt: string }) {
  const out = page.datasets.filter(({ leftOut }) => leftOut !== null)
  const timeless = page.datasets.filter(({ rowsWithoutTime }) => rowsWithoutTime > 0)
  if (out.length === 0 && timeless.length === 0) return null
  return (
    <div className="timeline-notes sm t2" role="status">
      {page.rowsWithoutTime > 0 && (
        <span>
          {formatNoun(page.rowsWithoutTime, 'matching row')} without a time left out, of{' '}
          {timeless.slice(0, NAMED).map(({ id, name }, n) => (
            <span key={id}>
              {n > 0 && ', '}
              <a href={`#${link.rows(hunt, { ds: id })}`}>{name}</a>
            </span>
          ))}
          {timeless.length > NAMED && ` and ${formatCount(timeless.length - NAMED)} more`}
        </span>
      )}
      {out.length > 0 && (
        <span title={out.map(({ name, leftOut }) => `${name}: ${leftOut ?? ''}`).join('\n')}>
          No match in{' '}
          {out
            .slice(0, NAMED)
            .map(({ name, leftOut }) => `${name} (${(leftOut ?? '').replace(/\.$/, '').replace(/^It/, 'it')})`)
            .join(', ')}
          {out.length > NAMED && ` and ${formatNoun(out.length - NAMED, 'more dataset')}`}
        </span>
      )}
    </div>
  )
}
