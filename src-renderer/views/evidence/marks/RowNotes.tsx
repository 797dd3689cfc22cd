import { rowTags } from '#contract/values'
import { useCall } from '../../../backend/query.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import { formatCount } from '../../../ui/formatNumber.ts'
import { AnnotationCard } from './AnnotationCard.tsx'
import { tagWord } from './rowTagText.ts'
import { useTagRows } from './useTagRows.ts'

/** Notes shown of one row; more are counted. */
const NOTES_MAX = 50

/** What was said about a row: its tag, and every note about it. */
export function RowNotes({ datasetId, row, say }: { datasetId: string; row: number; say: (text: string) => void }) {
  const { data: marks } = useCall('rows.marks', { datasetId, rows: [row] })
  const { data: notes } = useCall('annotations.list', { datasetId, row, limit: NOTES_MAX })
  const { tag: tagRows } = useTagRows(say)
  const mark = marks?.marks.find((one) => one.row === row)
  const fromNote = mark?.tag !== undefined && mark.tag !== null && mark.ownTag === null
  return (
    <section className="row-notes" aria-label="Tag and notes">
      <div className="line">
        <span className="t3 sm">Tag</span>
        <Segmented
          label="Tag of the row"
          value={mark?.ownTag ?? ''}
          options={[{ value: '', label: 'none' }, ...rowTags.map((tag) => ({ value: tag, label: tagWord(tag) }))]}
          onChange={(value) => tagRows({ datasetId, rows: [row] }, rowTags.find((tag) => tag === value) ?? null)}
        />
      </div>
      {fromNote && mark.tag !== null && <p className="t3 sm">{tagWord(mark.tag)} by a note</p>}
      {notes?.annotations.map((annotation) => (
        <AnnotationCard key={annotation.id} annotation={annotation} />
      ))}
      {notes && notes.total > notes.annotations.length && (
        <p className="t3 sm">
          {formatCount(notes.annotations.length)} of {formatCount(notes.total)} notes shown
        </p>
      )}
    </section>
  )
}
