import { useState } from 'react'
import { HTMLSelect } from '@blueprintjs/core'
import { Document, Edit, Export, Trash } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import { caseStatuses, severities } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { Time } from '../../ui/Time.tsx'
import { PapTag, TlpTag } from '../../ui/TlpTag.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { capitalised } from '../../ui/capitalised.ts'
import { CaseForm } from './CaseForm.tsx'
import { caseNumber, statusWords } from './caseWords.ts'

/** What the case is: number, title, markings; and how it stands. */
export function CaseHead({ item }: { item: HuntCase }) {
  const { id } = item
  const [editing, setEditing] = useState(false)
  const update = useCommand('cases.update')
  const remove = useCommand('cases.delete')
  const restore = useCommand('cases.restore')
  const undo = useUndo()
  const set = (change: Partial<Pick<HuntCase, 'status' | 'severity'>>, said: string) => {
    const before = { status: item.status, severity: item.severity }
    update.mutate({ id, ...change }, { onSuccess: () => undo.offer(said, () => update.mutate({ id, ...before })) })
  }
  const drop = () =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          navigate(link.cases(), { replace: true })
          undo.offer(`Case “${item.title}” deleted`, () =>
            restore.mutate({ id }, { onSuccess: () => navigate(link.case(id)) }),
          )
        },
      },
    )
  useCommands([
    {
      id: 'case.edit',
      title: 'Edit the case',
      group: 'Cases',
      keys: 'e',
      opensField: true,
      run: () => setEditing(true),
    },
    {
      id: 'case.report',
      title: 'Report and export of the case',
      group: 'Cases',
      run: () => navigate(link.case(id, 'export')),
    },
    {
      id: 'case.file',
      title: 'Export the case as a case file',
      group: 'Cases',
      run: () => navigate(link.exportCaseFile({ hunts: [], cases: [id] })),
    },
    ...caseStatuses.map((status) => ({
      id: `case.${status}`,
      title: `Set the case to ${statusWords[status].toLowerCase()}`,
      group: 'Cases' as const,
      when: () => item.status !== status,
      run: () => set({ status }, `Case set to ${statusWords[status].toLowerCase()}`),
    })),
  ])
  return (
    <header className="case-head" data-region="Case">
      <div className="case-head-line">
        <span className="mono t3">{caseNumber(item.number)}</span>
        <h1 className="clip">{item.title}</h1>
        <TlpTag tlp={item.tlp} />
        <PapTag pap={item.pap} />
        <span className="spring" />
        <Action quiet icon={<Edit size={13} />} onClick={() => setEditing(true)}>
          Edit
        </Action>
        <Action quiet icon={<Trash size={13} />} label="Delete the case" onClick={drop} />
        <Action icon={<Export size={13} />} href={link.exportCaseFile({ hunts: [], cases: [id] })}>
          Export case file
        </Action>
        <Action primary icon={<Document size={13} />} href={link.case(id, 'export')}>
          Report and export
        </Action>
      </div>
      <div className="case-head-line case-facts">
        <span className="case-choice">
          <SevMark severity={item.severity} word={false} />
          <HTMLSelect
            aria-label="Severity"
            value={item.severity}
            options={severities.map((value) => ({ value, label: capitalised(value) }))}
            onChange={({ currentTarget }) => {
              const severity = severities.find((one) => one === currentTarget.value)
              if (severity) set({ severity }, `Severity set to ${severity}`)
            }}
          />
        </span>
        <span className="case-choice">
          <StatusMark status={item.status} word={false} />
          <HTMLSelect
            aria-label="Status"
            value={item.status}
            options={caseStatuses.map((value) => ({ value, label: statusWords[value] }))}
            onChange={({ currentTarget }) => {
              const status = caseStatuses.find((one) => one === currentTarget.value)
              if (status) set({ status }, `Case set to ${statusWords[status].toLowerCase()}`)
            }}
          />
        </span>
        <span>
          <span className="t3">Priority</span> {item.priority}
        </span>
        <span className="clip">
          <span className="t3">Owner</span> {item.assignee ?? <span className="t3">nobody yet</span>}
        </span>
        <span className="mid-only nowrap">
          <span className="t3">Opened</span> <Time iso={item.createdAt} second />
        </span>
        {item.closedAt !== null && (
          <span className="mid-only nowrap">
            <span className="t3">Closed</span> <Time iso={item.closedAt} second />
          </span>
        )}
        {item.tags.map((tag) => (
          <span key={tag} className="chip">
            {tag}
          </span>
        ))}
      </div>
      <FailureLine failure={update.error ?? remove.error} />
      {editing && <CaseForm item={item} onClose={() => setEditing(false)} />}
    </header>
  )
}
