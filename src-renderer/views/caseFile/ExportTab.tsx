import { useState } from 'react'
import type { Input } from '#contract/contract'
import { tlps, type RowShare, type Tlp as TlpValue } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { RowsProgress } from '../../backend/RowsProgress.tsx'
import { useCall } from '../../backend/query.ts'
import { useJob } from '../../backend/useJob.ts'
import { rememberExport } from '../../state/ownExports.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { TlpTag } from '../../ui/TlpTag.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { WrittenTo } from '../../ui/WrittenTo.tsx'
import { formatBytes, formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { isReport, recordsText } from './caseFileText.ts'
import { LockFields, lockOf, type LockDraft } from './LockFields.tsx'
import { tlpText } from './tlpText.ts'

type ExportProps = { hunts: readonly string[]; cases: readonly string[] }

/** Hunts, or a case with the hunts that belong to it, for a colleague. */
export function ExportTab({ hunts, cases }: ExportProps) {
  const first = hunts.length === 0 ? (cases[0] ?? null) : null
  const { data, error } = useCall('cases.links', first === null ? null : { id: first, kind: 'hunt', limit: 500 })
  const { data: marked } = useCall('cases.get', cases[0] === undefined ? null : { id: cases[0] })
  if (error) return <FailureState failure={error} />
  if ((first !== null && !data) || (cases.length > 0 && !marked)) return <Skeleton rows={8} />
  const known = first === null ? hunts : (data?.links ?? []).map(({ target }) => target)
  if (first !== null && known.length === 0)
    return (
      <EmptyState
        title="No hunt belongs to this case"
        action={<Action href={link.case(first)}>Back to the case</Action>}
      >
        A case file carries the hunts of a case with their rows. Add a hunt to the case first.
      </EmptyState>
    )
  return <ExportForm hunts={known} cases={cases} marking={marked?.tlp ?? 'AMBER'} />
}

/** What goes into a case file, with sizes; how it is marked and encrypted. */
function ExportForm({ hunts, cases, marking }: ExportProps & { marking: TlpValue }) {
  const input = hunts.length === 0 ? null : { huntIds: [...hunts], caseIds: [...cases] }
  const { data: plan, error } = useCall('caseFiles.plan', input)
  const { data: first } = useCall('hunts.get', hunts[0] === undefined ? null : { id: hunts[0] })
  const { data: workspace } = useCall('workspace.info', {})
  const [rows, setRows] = useState<RowShare>('cited')
  const [sources, setSources] = useState(false)
  const [withLists, setWithLists] = useState(false)
  const [tlp, setTlp] = useState<TlpValue>(marking)
  const [lock, setLock] = useState<LockDraft>({ by: 'passphrase', passphrase: '', recipients: '' })
  const { start, cancel, busy, job, result, failure } = useJob(
    (backend, asked: Input<'caseFiles.export'>) => backend.call('caseFiles.export', asked),
    rememberExport,
  )
  if (input === null)
    return (
      <EmptyState title="Choose what to export" action={<Action href={link.hunts()}>All hunts</Action>}>
        A case file carries hunts to a colleague. Open the menu of a hunt, or a case, and choose “Export case file”.
      </EmptyState>
    )
  if (error) return <FailureState failure={error} />
  if (!plan || !first) return <Skeleton rows={8} />
  const name = hunts.length === 1 ? first.name : `${first.name} and ${hunts.length - 1} more`
  const share = plan[rows]
  const missing = plan.sources.missing
  const lists = plan.lists.filter(({ fits }) => fits)
  const tooLarge = plan.lists.find(({ fits }) => !fits)
  const encryption = lockOf(lock)
  const done = isReport(result) ? result : null
  const submit = () => {
    if (encryption !== null)
      start({ ...input, rows, sources, listIds: withLists ? lists.map(({ id }) => id) : [], tlp, ...encryption })
  }
  return (
    <div className="view-body case-file">
      <Panel
        title="Export case file"
        sub={name}
        right={<TlpTag tlp={tlp} />}
        footer={
          <div className="case-file-foot">
            <span className="t2 sm clip">
              About {formatBytes(share.bytes + (sources ? plan.sources.bytes : 0))} of text, packed smaller · passwords,
              tokens and paths are not included
            </span>
            <span className="spring" />
            {busy && <Action onClick={cancel}>Stop</Action>}
            <Action primary busy={busy} disabled={encryption === null} onClick={submit}>
              Export {formatNoun(share.rows, 'row')}
            </Action>
          </div>
        }
      >
        <fieldset className="case-file-choices">
          <legend className="t2 sm">What goes in</legend>
          <Choice
            type="radio"
            checked={rows === 'cited'}
            onChange={() => setRows('cited')}
            label="Rows cited by alerts, annotations, hypotheses, cases and tags"
            count={formatNoun(plan.cited.rows, 'row')}
            size={formatBytes(plan.cited.bytes)}
          />
          <Choice
            type="radio"
            checked={rows === 'all'}
            onChange={() => setRows('all')}
            label={hunts.length === 1 ? 'All rows of the hunt' : `All rows of ${hunts.length} hunts`}
            count={formatNoun(plan.all.rows, 'row')}
            size={formatBytes(plan.all.bytes)}
          />
          <Choice
            type="checkbox"
            checked={sources}
            disabled={missing.length > 0}
            onChange={() => setSources(!sources)}
            label="Source files as evidence, with their SHA-256"
            count={formatNoun(plan.sources.files, 'file')}
            size={formatBytes(plan.sources.bytes)}
          />
          {missing.length > 0 && (
            <p className="t2 sm case-file-note">
              {missing[0]} {missing.length > 1 && `and ${formatCount(missing.length - 1)} more `}
              {missing.length > 1 ? 'are' : 'is'} no longer where it was imported from, so sources cannot go in.
            </p>
          )}
          {lists.length > 0 && (
            <Choice
              type="checkbox"
              checked={withLists}
              onChange={() => setWithLists(!withLists)}
              label="Indicator lists that are on"
              count={formatNoun(lists.length, 'list')}
              size={formatNoun(
                lists.reduce((sum, { indicators }) => sum + indicators, 0),
                'indicator',
              )}
            />
          )}
          {tooLarge && (
            <p className="t2 sm case-file-note">
              {tooLarge.name} has {formatNoun(tooLarge.indicators, 'indicator')}: too many for a case file.
            </p>
          )}
          <p className="case-file-note">
            <span className="t2 sm">With it: </span>
            {recordsText(plan.records) || 'nothing noted yet'}
          </p>
        </fieldset>
        <fieldset className="case-file-choices">
          <legend className="t2 sm">Marking</legend>
          <label className="line">
            <select
              className="text-field"
              aria-label="TLP"
              value={tlp}
              onChange={({ target }) => setTlp(tlps.find((one) => one === target.value) ?? 'AMBER')}
            >
              {tlps.map((one) => (
                <option key={one} value={one}>
                  TLP:{one}
                </option>
              ))}
            </select>
            <span className="t2 sm">{tlpText[tlp]} The recipient sees it before importing.</span>
          </label>
        </fieldset>
        <LockFields lock={lock} onChange={setLock} />
        {job && <RowsProgress job={job} of={share.rows} />}
        <FailureLine failure={failure} />
        {done && (
          <p role="status">
            {formatNoun(done.rows, 'row')} and {formatNoun(done.records, 'record')} exported
            {done.encrypted ? ', encrypted' : ''}, {formatBytes(done.bytes)}
            <WrittenTo file={done} />.
          </p>
        )}
        {!done && workspace?.shell === 'headless' && !busy && <p className="t3 sm">The browser saves the file.</p>}
      </Panel>
    </div>
  )
}

function Choice(props: {
  type: 'radio' | 'checkbox'
  checked: boolean
  disabled?: boolean
  onChange: () => void
  label: string
  count: string
  size: string
}) {
  const { type, checked, disabled = false, onChange, label, count, size } = props
  return (
    <label className={disabled ? 'case-file-choice t3' : 'case-file-choice'}>
      <input
        type={type}
        name={type === 'radio' ? 'case-file-rows' : label}
        checked={checked}
        disabled={disabled}
        onChange={onChange}
      />
      <span className="case-file-label">{label}</span>
      <span className="t2 num">{count}</span>
      <span className="num med">{size}</span>
    </label>
  )
}
