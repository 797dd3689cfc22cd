import { useId, useState } from 'react'
import { Dialog } from '@blueprintjs/core'
import type { AppError } from '#contract/appError'
import { annotationColours, rowTags, severities } from '#contract/values'
import type { AnnotationColour, RowTag, Severity } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { Action } from '../../../ui/Action.tsx'
import { Kbd } from '../../../ui/Kbd.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { useFocusBack } from '../../../ui/useFocusBack.ts'
import { tagWord } from './rowTagText.ts'

export type AnnotationDraft = {
  text: string
  severity: Severity | null
  tag: RowTag | null
  colour: AnnotationColour | null
}
export const NEW_ANNOTATION: AnnotationDraft = { text: '', severity: null, tag: null, colour: null }

type AnnotationDialogProps = {
  open: boolean
  /** "Annotate 48,213 rows": title and button. */
  title: string
  save: string
  initial: AnnotationDraft
  busy: boolean
  failure: AppError | null
  onSave: (draft: AnnotationDraft) => void
  onClose: () => void
}

/** What is said about rows: a text, a tag, a severity, a colour. Ctrl+Enter keeps it. */
export function AnnotationDialog({
  open,
  title,
  save,
  initial,
  busy,
  failure,
  onSave,
  onClose,
}: AnnotationDialogProps) {
  const id = useId()
  const back = useFocusBack(open)
  return (
    <Dialog
      isOpen={open}
      onClose={onClose}
      className="dialog annotation-dialog"
      aria-labelledby={id}
      transitionDuration={80}
      {...back}
    >
      <div className="dialog-body">
        <h2 id={id}>{title}</h2>
        <Fields save={save} initial={initial} busy={busy} failure={failure} onSave={onSave} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function Fields({ save, initial, busy, failure, onSave, onClose }: Omit<AnnotationDialogProps, 'open' | 'title'>) {
  const [draft, setDraft] = useState(initial)
  const set = (change: Partial<AnnotationDraft>) => setDraft({ ...draft, ...change })
  const empty = draft.text.trim() === '' && draft.tag === null && draft.severity === null && draft.colour === null
  const submit = () => {
    if (!empty && !busy) onSave({ ...draft, text: draft.text.trim() })
  }
  return (
    <form
      className="annotation-form"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <label>
        <span className="t2 sm">Note</span>
        <textarea
          className="text-field"
          autoFocus
          rows={4}
          maxLength={10_000}
          value={draft.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </label>
      <div>
        <span className="t2 sm">Tag</span>
        <Segmented
          label="Tag"
          value={draft.tag ?? ''}
          options={[{ value: '', label: 'none' }, ...rowTags.map((tag) => ({ value: tag, label: tagWord(tag) }))]}
          onChange={(value) => set({ tag: rowTags.find((tag) => tag === value) ?? null })}
        />
      </div>
      <div className="annotation-choices">
        <label>
          <span className="t2 sm">Severity</span>
          <select
            className="text-field"
            value={draft.severity ?? ''}
            onChange={({ target }) => set({ severity: severities.find((one) => one === target.value) ?? null })}
          >
            <option value="">none</option>
            {severities.map((severity) => (
              <option key={severity} value={severity}>
                {capitalised(severity)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="t2 sm">Colour</span>
          <select
            className="text-field"
            value={draft.colour ?? ''}
            onChange={({ target }) => set({ colour: annotationColours.find((one) => one === target.value) ?? null })}
          >
            <option value="">of the tag</option>
            {annotationColours.map((colour) => (
              <option key={colour} value={colour}>
                {capitalised(colour)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <FailureLine failure={failure} />
      <div className="dialog-actions">
        <span className="t3 sm">
          <Kbd>Ctrl Enter</Kbd> keeps it
        </span>
        <span className="spring" />
        <Action onClick={onClose}>Cancel</Action>
        <Action primary type="submit" disabled={empty} busy={busy}>
          {save}
        </Action>
      </div>
    </form>
  )
}
