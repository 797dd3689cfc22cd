import { useState } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { CaseNote } from './CaseNote.tsx'

/** Lists answer at most so many; more are said. */
const MOST = 500

/** What is written down about a case, oldest first. */
export function NotesTab({ item }: { item: HuntCase }) {
  const { id } = item
  const { data, error, refetch } = useCall('cases.notes', { id, limit: MOST })
  const create = useCommand('cases.createNote')
  const [editing, setEditing] = useState<string | null>(null)
  const add = () => create.mutate({ caseId: id }, { onSuccess: (note) => setEditing(note.id) })
  useCommands([
    { id: 'notes.new', title: 'New note in the case', group: 'Cases', keys: 'n', opensField: true, run: add },
  ])
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={10} />
  const button = (
    <Action icon={<Plus size={13} />} busy={create.isPending} onClick={add}>
      New note
    </Action>
  )
  if (data.total === 0)
    return (
      <EmptyState title="No notes yet" action={button}>
        Notes are Markdown. Write [[alert:ID]], [[row:DATASET/7]], [[ioc:VALUE]] or [[technique:T1059]] and the note
        shows what it refers to as it is now. “Insert reference” under the text lists what belongs to the case; alerts
        and records have theirs to copy.
      </EmptyState>
    )
  return (
    <div className="case-scroll case-notes">
      <div className="line">
        <span className="t3 sm">
          {data.notes.length === data.total
            ? formatNoun(data.total, 'note')
            : `${formatCount(data.notes.length)} of ${formatNoun(data.total, 'note')} shown`}
        </span>
        <span className="spring" />
        {button}
      </div>
      <FailureLine failure={create.error} />
      {data.notes.map((note) => (
        <CaseNote
          key={note.id}
          note={note}
          editing={editing === note.id}
          onEdit={(on) => setEditing(on ? note.id : null)}
        />
      ))}
    </div>
  )
}
