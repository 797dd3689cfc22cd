import { useId, useState } from 'react'
import { Dialog, HTMLSelect } from '@blueprintjs/core'
import type { HuntCase } from '#contract/cases'
import { paps, tlps } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { useFocusBack } from '../../ui/useFocusBack.ts'

const PRIORITIES = [1, 2, 3, 4, 5]
/** As many as a case may have. */
const TAGS_MAX = 50

/** Title, description, markings, owner and tags of a case. */
export function CaseForm({ item, onClose }: { item: HuntCase; onClose: () => void }) {
  const [title, setTitle] = useState(item.title)
  const [description, setDescription] = useState(item.description)
  const [tlp, setTlp] = useState(item.tlp)
  const [pap, setPap] = useState(item.pap)
  const [priority, setPriority] = useState(item.priority)
  const [assignee, setAssignee] = useState(item.assignee ?? '')
  const [tags, setTags] = useState(item.tags.join(', '))
  const update = useCommand('cases.update')
  const undo = useUndo()
  const id = useId()
  const back = useFocusBack(true)
  const words = [...new Set(tags.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '').slice(0, TAGS_MAX)
  const before = {
    ...{ title: item.title, description: item.description, tlp: item.tlp, pap: item.pap },
    ...{ priority: item.priority, assignee: item.assignee, tags: item.tags },
  }
  const keep = () => {
    if (title.trim() === '') return
    const owner = assignee.trim() === '' ? null : assignee.trim()
    const change = { title: title.trim(), description, tlp, pap, priority, assignee: owner, tags: words }
    update.mutate(
      { id: item.id, ...change },
      {
        onSuccess: () => {
          onClose()
          undo.offer('Case changed', () => update.mutate({ id: item.id, ...before }))
        },
      },
    )
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      className="dialog case-dialog"
      aria-labelledby={id}
      transitionDuration={80}
      {...back}
    >
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <h2 id={id}>Edit the case</h2>
        <label className="field">
          <span className="t2 sm">Title</span>
          <input
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label className="field">
          <span className="t2 sm">Summary, Markdown</span>
          <textarea
            className="text-field case-text"
            rows={6}
            maxLength={50_000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep()
            }}
          />
        </label>
        <div className="case-form-line">
          <label>
            <span className="t2 sm">Who may be told</span>
            <HTMLSelect
              value={tlp}
              options={tlps.map((value) => ({ value, label: `TLP:${value}` }))}
              onChange={({ currentTarget }) => setTlp(tlps.find((one) => one === currentTarget.value) ?? tlp)}
            />
          </label>
          <label>
            <span className="t2 sm">What may be done</span>
            <HTMLSelect
              value={pap}
              options={paps.map((value) => ({ value, label: `PAP:${value}` }))}
              onChange={({ currentTarget }) => setPap(paps.find((one) => one === currentTarget.value) ?? pap)}
            />
          </label>
          <label>
            <span className="t2 sm">Priority</span>
            <HTMLSelect
              value={priority}
              options={PRIORITIES}
              onChange={({ currentTarget }) => setPriority(Number(currentTarget.value))}
            />
          </label>
          <label>
            <span className="t2 sm">Owner</span>
            <input
              className="text-field"
              maxLength={100}
              placeholder="Nobody yet"
              value={assignee}
              onChange={(event) => setAssignee(event.target.value)}
            />
          </label>
        </div>
        <label className="field">
          <span className="t2 sm">Tags, with commas between</span>
          <input className="text-field" value={tags} onChange={(event) => setTags(event.target.value)} />
        </label>
        <FailureLine failure={update.error} />
        <div className="dialog-actions">
          <Action onClick={onClose}>Cancel</Action>
          <Action primary type="submit" disabled={title.trim() === ''} busy={update.isPending}>
            Save case
          </Action>
        </div>
      </form>
    </Dialog>
  )
}
