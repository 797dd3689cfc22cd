import { useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { Plus } from '@blueprintjs/icons'
import type { HuntCase } from '#contract/cases'
import { caseStatuses, type CaseStatus } from '#contract/values'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate, useParam } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { Time } from '../../ui/Time.tsx'
import { PapTag, TlpTag } from '../../ui/TlpTag.tsx'
import { useZone } from '../../ui/appearance.ts'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { zoneLabel } from '../../ui/formatTime.ts'
import { NewCase } from './NewCase.tsx'
import { caseNumber } from './caseWords.ts'

const isStatus = (value: string | null): value is CaseStatus => caseStatuses.some((status) => status === value)

/** The cases of the workspace, last changed first. */
export function CaseList() {
  const [asked, setStatus] = useParam('status')
  const [opening, setOpening] = useParam('new')
  const [text, setText] = useState('')
  const status = isStatus(asked) ? asked : null
  const { data, error, refetch } = useCall('cases.list', {
    limit: 500,
    ...(status === null ? {} : { status }),
    ...(text.trim() === '' ? {} : { text: text.trim() }),
  })
  const open = () => setOpening('1')
  useCommands([{ id: 'cases.new', title: 'New case', group: 'Cases', keys: 'n', opensField: true, run: open }])
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  const all = data ? Object.values(data.statusCounts).reduce((sum, n) => sum + n, 0) : 0
  const none = data !== undefined && all === 0 && text.trim() === ''
  return (
    <>
      <div className="viewbar" data-region="Cases">
        <h1 className="case-list-title">Cases</h1>
        <span className="t3 sm">{data && formatNoun(all, 'case')}</span>
        <span className="spring" />
        <input
          className="text-field"
          placeholder="Find a case"
          aria-label="Find a case"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          label="Status"
          value={status ?? 'all'}
          options={[
            { value: 'all' as const, label: 'All' },
            ...caseStatuses.map((value) => ({
              value,
              label: `${capitalised(value)} ${formatCount(data?.statusCounts[value] ?? 0)}`,
            })),
          ]}
          onChange={(value) => setStatus(value === 'all' ? null : value)}
        />
        <Action primary icon={<Plus size={13} />} onClick={open}>
          New case
        </Action>
      </div>
      <div className="view-body">
        {!data ? (
          <Skeleton rows={8} height={34} />
        ) : none ? (
          <EmptyState title="No case yet" action={<Action onClick={open}>New case</Action>}>
            A case holds what belongs together: hunts, alerts, indicators, techniques, notes and tasks. It is reported
            and handed on as a whole. An alert can also be put into a case from its own pane.
          </EmptyState>
        ) : data.cases.length === 0 ? (
          <p className="t2 case-none">No case matches.</p>
        ) : (
          <Table cases={data.cases} />
        )}
        {data && data.total > data.cases.length && (
          <p className="t2 case-none">
            {formatCount(data.cases.length)} of {formatNoun(data.total, 'case')} shown, last changed first.
          </p>
        )}
      </div>
      {opening !== null && <NewCase onClose={() => setOpening(null)} />}
    </>
  )
}

function Table({ cases }: { cases: readonly HuntCase[] }) {
  const zone = useZone()
  const body = useRef<HTMLTableSectionElement>(null)
  const step = (by: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a.cell-link') ?? [])]
    const at = links.findIndex((one) => one === document.activeElement)
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  }
  useCommands([
    { id: 'cases.next', title: 'Next case', group: 'Cases', keys: 'j', palette: false, run: () => step(1) },
    { id: 'cases.previous', title: 'Previous case', group: 'Cases', keys: 'k', palette: false, run: () => step(-1) },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    step(event.key === 'ArrowDown' ? 1 : -1)
  }
  return (
    <table className="table case-table">
      <colgroup>
        <col style={{ width: 60 }} />
        <col style={{ width: 100 }} />
        <col />
        <col style={{ width: 120 }} />
        <col className="mid-only" style={{ width: 210 }} />
        <col style={{ width: 76 }} />
        <col className="mid-only" style={{ width: 108 }} />
        <col className="mid-only" style={{ width: 130 }} />
        <col className="wide-only" style={{ width: 170 }} />
      </colgroup>
      <thead>
        <tr>
          <th className="num">No.</th>
          <th>Severity</th>
          <th>Case</th>
          <th>Status</th>
          <th className="mid-only">Markings</th>
          <th className="num">Alerts</th>
          <th className="num mid-only">Tasks done</th>
          <th className="mid-only">Owner</th>
          <th className="wide-only">Changed, {zoneLabel(zone)}</th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown}>
        {cases.map((item) => (
          <tr key={item.id} onClick={() => navigate(link.case(item.id))}>
            <td className="num mono">{caseNumber(item.number)}</td>
            <td>
              <SevMark severity={item.severity} />
            </td>
            <td className="clip">
              <a className="cell-link med" href={`#${link.case(item.id)}`}>
                {item.title}
              </a>
            </td>
            <td>
              <StatusMark status={item.status} />
            </td>
            <td className="mid-only">
              <span className="line">
                <TlpTag tlp={item.tlp} /> <PapTag pap={item.pap} />
              </span>
            </td>
            <td className="num">{formatCount(item.alerts)}</td>
            <td className="num mid-only">
              {formatCount(item.tasks.done)} of{' '}
              {formatCount(item.tasks.todo + item.tasks['in-progress'] + item.tasks.done)}
            </td>
            <td className="clip mid-only">{item.assignee ?? <span className="t3">Nobody yet</span>}</td>
            <td className="wide-only">
              <Time iso={item.updatedAt} bare second />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
