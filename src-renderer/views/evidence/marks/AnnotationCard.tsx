import { useState } from 'react'
import { Edit, Trash } from '@blueprintjs/icons'
import type { Annotation } from '#contract/annotations'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { link } from '../../../state/places.ts'
import { SevMark } from '../../../ui/SevMark.tsx'
import { Time } from '../../../ui/Time.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { AnnotationDialog } from './AnnotationDialog.tsx'
import { colourOf } from './rowTagText.ts'
import { TagMark } from './TagMark.tsx'

/**
 * One annotation with what it says, by whom and when; changed and deleted in place, both with undo. With `hunt` it stands in a
 * list of its own and opens its rows.
 */
export function AnnotationCard({ annotation, hunt }: { annotation: Annotation; hunt?: string }) {
  const { id, text, severity, tag, colour, author, rows, createdAt, updatedAt } = annotation
  const [editing, setEditing] = useState(false)
  const { change, remove, busy, failure } = useAnnotationChanges()
  return (
    <article className={`annotation mark-${colourOf(annotation)}`}>
      <div className="line">
        <TagMark tag={tag} colour={colour} />
        {severity !== null && <SevMark severity={severity} />}
        {hunt !== undefined && <Rows annotation={annotation} hunt={hunt} />}
        <span className="spring" />
        <Action quiet icon={<Edit size={12} />} label="Edit the note" onClick={() => setEditing(true)} />
        <Action quiet icon={<Trash size={12} />} label="Delete the note" onClick={() => remove(annotation)} />
      </div>
      {text !== '' && <p className="annotation-text">{text}</p>}
      <p className="t3 sm">
        {author === '' ? '' : `${author}, `}
        <Time iso={createdAt} second />
        {updatedAt !== createdAt && ', changed'}
        {hunt === undefined && rows > 1 && `, with ${formatNoun(rows - 1, 'other row')}`}
      </p>
      {!editing && <FailureLine failure={failure} />}
      <AnnotationDialog
        open={editing}
        title="Edit the note"
        save="Save the note"
        initial={{ text, severity, tag, colour }}
        busy={busy}
        failure={failure}
        onSave={(draft) => change({ ...annotation, id }, draft, () => setEditing(false))}
        onClose={() => setEditing(false)}
      />
    </article>
  )
}

/** Leads to the very rows of an annotation: to the row, or to all of them and nothing else. */
function Rows({ annotation, hunt }: { annotation: Annotation; hunt: string }) {
  const { id, datasetId, dataset, rows, firstRow, filter } = annotation
  const href =
    rows === 1
      ? link.rows(hunt, { ds: datasetId, row: firstRow })
      : link.rows(hunt, { ds: datasetId, q: `note:${id}`, row: firstRow })
  return (
    <>
      <a href={`#${href}`}>{rows === 1 ? `Row ${formatCount(firstRow)}` : formatNoun(rows, 'row')}</a>
      <span className="t3 sm clip">{dataset}</span>
      {filter?.q && (
        <span className="t3 sm mono clip" title="What chose the rows at the time">
          {filter.q}
        </span>
      )}
    </>
  )
}

function useAnnotationChanges() {
  const update = useCommand('annotations.update')
  const drop = useCommand('annotations.delete')
  const restore = useCommand('annotations.restore')
  const undo = useUndo()
  return {
    busy: update.isPending,
    failure: update.error ?? drop.error ?? restore.error,
    change({ id, text, severity, tag, colour }: Annotation, to: object, done: () => void) {
      update.mutate(
        { id, ...to },
        {
          onSuccess: () => {
            done()
            undo.offer('Note changed', () => update.mutate({ id, text, severity, tag, colour }))
          },
        },
      )
    },
    remove({ id, rows }: Annotation) {
      drop.mutate(
        { id },
        { onSuccess: () => undo.offer(`Note on ${formatNoun(rows, 'row')} deleted`, () => restore.mutate({ id })) },
      )
    },
  }
}
