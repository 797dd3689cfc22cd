import { Tick } from '@blueprintjs/icons'
import type { Preview } from '#contract/datasets'
import { CellText } from '../../grid/CellText.tsx'
import { link } from '../../state/places.ts'
import { readingSummary } from '../../ui/readingSummary.ts'

/** Which of the own mappings was taken over, why, and what it says. */
export function MappingNote({ preview: { mapping } }: { preview: Preview }) {
  if (!mapping) return null
  return (
    <div className="note ok import-profile" role="status">
      <Tick size={13} className="ok" />
      <span>
        Your mapping{' '}
        <a className="med" href={`#${link.mappings(mapping.id)}`}>
          <CellText text={mapping.name} />
        </a>{' '}
        holds: {readingSummary(mapping.reading)}
        <span className="t2 sm import-reason">{mapping.reason}</span>
      </span>
    </div>
  )
}
