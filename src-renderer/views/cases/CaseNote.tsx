import { useRef, useState } from 'react'
import { Edit, Trash } from '@blueprintjs/icons'
import type { CaseNote as Note } from '#contract/cases'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { Time } from '../../ui/Time.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { InsertReference } from './InsertReference.tsx'
import { Markdown } from './Markdown.tsx'

type CaseNoteProps = { note: Note; editing: boolean; onEdit: (on: boolean) => void }

/** One note, as it reads; or its fields with what it will read like beside them. */
export function CaseNote({ note, editing, onEdit }: CaseNoteProps) {
  const remove = useCommand('cases.deleteNote')
  const restore = useCommand('cases.restoreNote')
  const undo = useUndo()
  const { id } = note
  const name = note.title === '' ? 'Note' : note.title
  const drop = () =>
    remove.mutate({ id }, { onSuccess: () => undo.offer(`${name} deleted`, () => restore.mutate({ id })) })
  return (
    <article className="case-note panel" aria-label={name}>
      <div className="panel-head">
        <h3 className="clip">{name}</h3>
        <span className="t3 sm nowrap">
          {note.author === '' ? '' : `${note.author}, `}
          <Time iso={note.updatedAt} second />
        </span>
        <span className="spring" />
        {!editing && (
          <>
            <Action quiet icon={<Edit size={13} />} label={`Edit ${name}`} onClick={() => onEdit(true)} />
            <Action quiet icon={<Trash size={13} />} label={`Delete ${name}`} onClick={drop} />
          </>
        )}
      </div>
      <FailureLine failure={remove.error} />
      <div className="panel-body padded">
        {editing ? (
          <Editor note={note} onDone={() => onEdit(false)} />
        ) : note.text === '' ? (
          <p className="t3">Empty</p>
        ) : (
          <Markdown text={note.text} />
        )}
      </div>
    </article>
  )
}

function Editor({ note, onDone }: { note: Note; onDone: () => void }) {
  const [title, setTitle] = useState(note.title)
  const [text, setText] = useState(note.text)
  const update = useCommand('cases.updateNote')
  const undo = useUndo()
  const { id } = note
  const field = useRef<HTMLTextAreaElement>(null)
  /** Where the cursor stands; a space goes before it, unless there is one. */
  const insert = (reference: string) => {
    const area = field.current
    if (!area) return
    const at = area.selectionStart
    const put = `${/(^|\s)$/.test(text.slice(0, at)) ? '' : ' '}${reference}`
    setText(text.slice(0, at) + put + text.slice(area.selectionEnd))
    requestAnimationFrame(() => {
      area.focus()
      area.setSelectionRange(at + put.length, at + put.length)
    })
  }
  const keep = () =>
    update.mutate(
      { id, title: title.trim(), text },
      {
        onSuccess: () => {
          onDone()
          if (title.trim() !== note.title || text !== note.text)
            undo.offer('Note changed', () => update.mutate({ id, title: note.title, text: note.text }))
        },
      },
    )
  return (
    <form
      className="case-note-form"
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep()
      }}
    >
      <input
        className="text-field"
        aria-label="Title of the note"
        placeholder="Title"
        autoFocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="case-note-both">
        <textarea
          ref={field}
          className="text-field case-text"
          aria-label="Text of the note, Markdown"
          rows={12}
          maxLength={200_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="case-note-preview" aria-label="How it reads">
          <Markdown text={text} />
        </div>
      </div>
      <FailureLine failure={update.error} />
      <div className="dialog-actions">
        <InsertReference caseId={note.caseId} onInsert={insert} />
        <span className="spring" />
        <Action onClick={onDone}>Cancel</Action>
        <Action primary type="submit" busy={update.isPending}>
          Save note
        </Action>
      </div>
    </form>
  )
}
