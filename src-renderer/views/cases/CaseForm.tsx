import { useState } from 'react'
import { HTMLSelect } from '@blueprintjs/core'
import type { HuntCase } from '#contract/cases'
import { paps, tlps } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FormField } from '../../ui/FormField.tsx'
import { useUndo } from '../../ui/Undo.tsx'

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
    <FormDialog
      title="Edit the case"
      submit="Save case"
      ready={title.trim() !== ''}
      busy={update.isPending}
      failure={<FailureLine failure={update.error} />}
      className="case-dialog"
      onSubmit={keep}
      onClose={onClose}
    >
      <FormField label="Title">
        {(named) => (
          <input
            {...named}
            className="text-field"
            autoFocus
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </FormField>
      <FormField label="Summary, Markdown">
        {(named) => (
          <textarea
            {...named}
            className="text-field case-text"
            rows={6}
            maxLength={50_000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </FormField>
      <div className="case-form-line">
        <FormField label="Who may be told">
          {(named) => (
            <HTMLSelect
              {...named}
              value={tlp}
              options={tlps.map((value) => ({ value, label: `TLP:${value}` }))}
              onChange={({ currentTarget }) => setTlp(tlps.find((one) => one === currentTarget.value) ?? tlp)}
            />
          )}
        </FormField>
        <FormField label="What may be done">
          {(named) => (
            <HTMLSelect
              {...named}
              value={pap}
              options={paps.map((value) => ({ value, label: `PAP:${value}` }))}
              onChange={({ currentTarget }) => setPap(paps.find((one) => one === currentTarget.value) ?? pap)}
            />
          )}
        </FormField>
        <FormField label="Priority">
          {(named) => (
            <HTMLSelect
              {...named}
              value={priority}
              options={PRIORITIES}
              onChange={({ currentTarget }) => setPriority(Number(currentTarget.value))}
            />
          )}
        </FormField>
        <FormField label="Owner">
          {(named) => (
            <input
              {...named}
              className="text-field"
              maxLength={100}
              placeholder="Nobody yet"
              value={assignee}
              onChange={(event) => setAssignee(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <FormField label="Tags, with commas between">
        {(named) => (
          <input {...named} className="text-field" value={tags} onChange={(event) => setTags(event.target.value)} />
        )}
      </FormField>
    </FormDialog>
  )
}
