import { useState } from 'react'
import { Annotation, CaretDown, Export, Tag } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import type { RowTag } from '#contract/values'
import { useCommand } from '../../../backend/query.ts'
import { rowCount, type RowRanges } from '../../../grid/rowRanges.ts'
import { useCommands } from '../../../state/commands.ts'
import { Action } from '../../../ui/Action.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import type { RowsQuery } from '../evidenceRows.ts'
import { AddToCase } from '../../../backend/AddToCase.tsx'
import { AddToHypothesis } from './AddToHypothesis.tsx'
import { AnnotationDialog, NEW_ANNOTATION, type AnnotationDraft } from './AnnotationDialog.tsx'
import { ExportDialog, type ExportOf } from './ExportDialog.tsx'
import { choiceOf, type Choice } from './rowChoice.ts'
import { TagMenu } from './TagMenu.tsx'
import { useTagRows } from './useTagRows.ts'

type RowActionsProps = {
  hunt: string
  /** Why tags and notes say nothing about these rows, which can then only be exported; null: they do. */
  aside: string | null
  /** What is shown; null while nothing is. */
  query: RowsQuery | null
  total: number
  selected: RowRanges
  /** The columns on screen, in order. */
  shown: () => readonly Column[]
  /** Columns of the source. */
  columns: number
  say: (text: string) => void
  /** Back to the rows, where the next keys belong. */
  onDone: () => void
}

/** What can be done with the selected rows: tag, annotate, add to a case or a hypothesis, export. Each says to how many. */
export function RowActions({ hunt, aside, query, total, selected, shown, columns, say, onDone }: RowActionsProps) {
  const [tagging, setTagging] = useState(false)
  const [noting, setNoting] = useState<{ choice: Choice; count: number } | null>(null)
  const [exporting, setExporting] = useState<(ExportOf & { shown: readonly Column[] }) | null>(null)
  const [open, setOpen] = useState<'note' | 'export' | null>(null)
  const { tag: tagRows, busy } = useTagRows(say)
  const annotate = useCommand('annotations.create')
  const remove = useCommand('annotations.delete')
  const undo = useUndo()
  const count = rowCount(selected)
  const can = query !== null && count > 0 && aside === null
  const choice = (): Choice | null => (query && count > 0 ? choiceOf(query, selected, total) : null)

  const tag = (to: RowTag | null) => {
    const rows = choice()
    setTagging(false)
    if (rows) tagRows(rows, to)
  }
  const note = () => {
    const rows = choice()
    if (!rows) return
    annotate.reset()
    setNoting({ choice: rows, count })
    setOpen('note')
  }
  const save = (draft: AnnotationDraft) =>
    noting &&
    annotate.mutate(
      { ...noting.choice, ...draft },
      {
        onSuccess: ({ id, rows }) => {
          setOpen(null)
          undo.offer(`${formatNoun(rows, 'row')} annotated`, () => remove.mutate({ id }))
        },
      },
    )
  /** Without a selection everything that matches is exported. */
  const startExport = () => {
    if (!query || total === 0) return
    const some = count > 1 ? selected : [[0, total - 1] as const]
    const { sort, copy = null } = query
    const chosen = { choice: choiceOf(query, some, total), copy, sort, count: rowCount(some), marks: aside === null }
    setExporting({ ...chosen, shown: shown() })
    setOpen('export')
  }
  useCommands([
    {
      id: 'rows.tag',
      title: 'Tag the selected rows',
      group: 'Evidence',
      keys: 't',
      when: () => can,
      run: () => setTagging(true),
    },
    {
      id: 'rows.note',
      title: 'Annotate the selected rows',
      group: 'Evidence',
      keys: 'n',
      opensField: true,
      when: () => can,
      run: note,
    },
    { id: 'rows.export', title: 'Export rows', group: 'Evidence', when: () => total > 0, run: startExport },
    {
      id: 'rows.untag',
      title: 'Take the tag off the selected rows',
      group: 'Evidence',
      when: () => can,
      run: () => tag(null),
    },
    ...(['suspicious', 'needs-review', 'benign'] as const).map((word) => ({
      id: `rows.tag.${word}`,
      title: `Tag the selected rows ${word}`,
      group: 'Evidence' as const,
      when: () => can,
      run: () => tag(word),
    })),
  ])
  return (
    <>
      <Layer
        isOpen={tagging && can}
        onInteraction={setTagging}
        focusBack={onDone}
        disabled={!can}
        content={<TagMenu count={count} onTag={tag} />}
      >
        <Action
          quiet
          icon={<Tag size={13} />}
          endIcon={<CaretDown size={11} />}
          disabled={!can}
          busy={busy}
          title={aside ?? `Tag ${formatNoun(count, 'row')}`}
          className="row-action"
        >
          Tag
        </Action>
      </Layer>
      <Action
        quiet
        icon={<Annotation size={13} />}
        disabled={!can}
        title={aside ?? `Annotate ${formatNoun(count, 'row')}`}
        onClick={note}
        className="row-action"
      >
        Annotate
      </Action>
      <AddToCase
        id="rows.case"
        title="Add the selected rows to a case"
        group="Evidence"
        keys="c"
        label={`Add ${formatNoun(count, 'row')} to a case`}
        disabled={!can}
        added={() => {
          const rows = choice()
          return rows && { rows }
        }}
        said={formatNoun(count, 'row')}
        onDone={onDone}
      />
      <AddToHypothesis hunt={hunt} count={can ? count : 0} choice={choice} say={say} onDone={onDone} />
      <Action
        quiet
        icon={<Export size={13} />}
        disabled={total === 0}
        title="Export the selected rows, or all that match"
        onClick={startExport}
        className="row-action"
      >
        Export
      </Action>
      <AnnotationDialog
        open={open === 'note'}
        title={`Annotate ${formatNoun(noting?.count ?? 0, 'row')}`}
        save={`Annotate ${formatNoun(noting?.count ?? 0, 'row')}`}
        initial={NEW_ANNOTATION}
        busy={annotate.isPending}
        failure={annotate.error}
        onSave={save}
        onClose={() => setOpen(null)}
      />
      {exporting && (
        <ExportDialog
          open={open === 'export'}
          of={exporting}
          shown={exporting.shown}
          all={columns}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}
