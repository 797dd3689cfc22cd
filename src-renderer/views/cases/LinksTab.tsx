import { Cross } from '@blueprintjs/icons'
import { HTMLSelect } from '@blueprintjs/core'
import type { CaseLink } from '#contract/cases'
import { verdicts } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { useDraft } from '../../ui/useDraft.ts'
import { AddLink } from './AddLink.tsx'
import { linkNouns } from './caseWords.ts'
import { linkOf } from './linkOf.ts'

/** Lists answer at most so many; more are said. */
const MOST = 500
const heads = { ioc: 'Indicator', technique: 'Technique', hypothesis: 'Hypothesis' }

/** What belongs to a case of one kind, each with its present state and why it is there. */
export function LinksTab({ id, kind }: { id: string; kind: 'ioc' | 'technique' | 'hypothesis' }) {
  const { data, error, refetch } = useCall('cases.links', { id, kind, limit: MOST })
  if (error && !data) return <FailureState failure={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton rows={12} />
  const [one, many] = linkNouns[kind]
  return (
    <div className="case-scroll">
      <AddLink id={id} kind={kind} />
      {data.total === 0 ? (
        <p className="t2 case-hint">No {many} in this case yet.</p>
      ) : (
        <table className="table case-links">
          <colgroup>
            <col />
            {kind === 'ioc' && <col style={{ width: 100 }} />}
            {kind === 'ioc' && <col style={{ width: 150 }} />}
            {kind === 'hypothesis' && <col style={{ width: 120 }} />}
            <col style={{ width: '38%' }} />
            <col className="mid-only" style={{ width: 130 }} />
            <col style={{ width: 56 }} />
          </colgroup>
          <thead>
            <tr>
              <th>{heads[kind]}</th>
              {kind === 'ioc' && <th>Type</th>}
              {kind === 'ioc' && <th>Verdict</th>}
              {kind === 'hypothesis' && <th>Status</th>}
              <th>Why it belongs here</th>
              <th className="mid-only">Added by</th>
              <th>
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.links.map((item) => (
              <Line key={item.target} caseId={id} item={item} />
            ))}
          </tbody>
        </table>
      )}
      <p className="t3 sm case-foot">
        {data.links.length === data.total
          ? formatNoun(data.total, one, many)
          : `${formatCount(data.links.length)} of ${formatNoun(data.total, one, many)} shown`}
      </p>
    </div>
  )
}

function Line({ caseId, item }: { caseId: string; item: CaseLink }) {
  const add = useCommand('cases.link')
  const remove = useCommand('cases.unlink')
  const undo = useUndo()
  const keep = linkOf(item)
  const draft = useDraft(item.note, (note) => keep && add.mutate({ id: caseId, links: [{ ...keep, note }] }))
  if (!keep) return null
  const drop = () =>
    remove.mutate(
      { id: caseId, links: [keep] },
      {
        onSuccess: () =>
          undo.offer(`${item.label} taken out of the case`, () => add.mutate({ id: caseId, links: [keep] })),
      },
    )
  return (
    <tr>
      <td className="clip">
        <Target item={item} />
      </td>
      {item.kind === 'ioc' && <td className="t2">{item.iocType}</td>}
      {item.kind === 'ioc' && (
        <td>
          <Verdict
            item={item}
            onChange={(verdict) => add.mutate({ id: caseId, links: [{ kind: 'ioc', target: item.target, verdict }] })}
          />
        </td>
      )}
      {item.kind === 'hypothesis' && <td>{item.state && capitalised(item.state)}</td>}
      <td>
        <input
          className="text-field case-why"
          aria-label={`Why ${item.label} belongs here`}
          placeholder="Why"
          maxLength={2_000}
          value={draft.text}
          onChange={({ target }) => draft.type(target.value)}
          onBlur={draft.keep}
          onKeyDown={(event) => event.key === 'Enter' && draft.keep()}
        />
        <FailureLine failure={add.error ?? remove.error} />
      </td>
      <td className="clip t2 mid-only">{item.addedBy}</td>
      <td>
        <Action quiet icon={<Cross size={12} />} label={`Take ${item.label} out of the case`} onClick={drop} />
      </td>
    </tr>
  )
}

function Target({ item }: { item: CaseLink }) {
  if (item.kind === 'ioc')
    return (
      <a className="cell-link line" href={`#${link.findIoc(item.target)}`} title="Find it in all evidence">
        {item.iocType && <EntityMark type={entityOf(item.iocType)} />}
        <span className="mono clip">{item.target}</span>
      </a>
    )
  if (item.kind === 'technique')
    return (
      <span className="line">
        <TechniqueChip id={item.target} /> {item.label !== item.target && item.label}
      </span>
    )
  if (!item.found) return <span className="t3">It was deleted, or is not in this workspace</span>
  return item.huntId === null ? (
    item.label
  ) : (
    <a className="cell-link" href={`#${link.hypotheses(item.huntId, item.target)}`}>
      {item.label}
    </a>
  )
}

/** What this case says; where it says nothing, what the lists say. */
function Verdict({
  item,
  onChange,
}: {
  item: CaseLink
  onChange: (verdict: (typeof verdicts)[number] | null) => void
}) {
  const own = item.verdictFrom === 'case' ? item.verdict : null
  const listed = item.verdictFrom === 'lists' ? `Lists: ${item.verdict}` : 'No verdict'
  return (
    <HTMLSelect
      aria-label={`Verdict on ${item.target}`}
      value={own ?? ''}
      options={[{ value: '', label: listed }, ...verdicts.map((value) => ({ value, label: capitalised(value) }))]}
      onChange={({ currentTarget }) => onChange(verdicts.find((one) => one === currentTarget.value) ?? null)}
    />
  )
}
