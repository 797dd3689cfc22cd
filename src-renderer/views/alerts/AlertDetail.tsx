import type { ReactNode } from 'react'
import { ChevronDown, ChevronUp, Cross } from '@blueprintjs/icons'
import { HTMLSelect } from '@blueprintjs/core'
import type { Alert } from '#contract/alerts'
import { alertStatuses, severities } from '#contract/values'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { EntityMark } from '../../ui/EntityMark.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { useZone } from '../../ui/appearance.ts'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount } from '../../ui/formatNumber.ts'
import { formatSpan } from '../../ui/formatTime.ts'
import { AlertActions } from './AlertActions.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { CaseField } from './CaseField.tsx'
import { Provenance } from './Provenance.tsx'
import { RuleCounter } from './RuleCounter.tsx'
import { AlertEvidence } from './AlertEvidence.tsx'
import { AssigneeField } from './AssigneeField.tsx'
import { CopyAlert } from './CopyAlert.tsx'
import { TagsField } from './TagsField.tsx'

type AlertDetailProps = {
  hunt: string
  id: string
  onClose: () => void
  onStep: (by: 1 | -1) => void
  onGone: () => void
}

/** One alert with everything: what was found, on which rows, why it may be harmless, and what was made of it. */
export function AlertDetail({ hunt, id, onClose, onStep, onGone }: AlertDetailProps) {
  const { data: alert, error, refetch } = useCall('alerts.get', { id })
  return (
    <aside className="side-pane alert-detail" aria-label="Alert" data-region="Alert">
      <div className="alert-head">
        {alert && <SevMark severity={alert.severity} />}
        {alert && <span className="t2 sm">score {formatCount(alert.score)}</span>}
        {alert && <RuleCounter alert={alert} />}
        <span className="spring" />
        {alert && <AlertActions key={id} hunt={hunt} alert={alert} onGone={onGone} />}
        <Action quiet icon={<ChevronUp size={14} />} label="Previous alert" onClick={() => onStep(-1)} />
        <Action quiet icon={<ChevronDown size={14} />} label="Next alert" onClick={() => onStep(1)} />
        <Action quiet icon={<Cross size={14} />} label="Close the alert" onClick={onClose} />
      </div>
      {error ? (
        <FailureState failure={error} onRetry={() => void refetch()} inline />
      ) : !alert ? (
        <Skeleton rows={10} />
      ) : (
        <Body hunt={hunt} alert={alert} />
      )}
      <div className="panel-foot">
        <span className="clip">
          <Kbd>E</Kbd> in progress <Kbd>R</Kbd> resolve <Kbd>F</Kbd> false positive
        </span>
        <span className="spring" />
        {alert && <CopyAlert hunt={hunt} alert={alert} />}
      </div>
    </aside>
  )
}

function Body({ hunt, alert }: { hunt: string; alert: Alert }) {
  const update = useCommand('alerts.update')
  const zone = useZone()
  const { id } = alert
  return (
    <div className="alert-body">
      <h1 className="alert-title">{alert.title}</h1>
      <div className="alert-controls">
        <HTMLSelect
          aria-label="Status"
          value={alert.status}
          options={alertStatuses.map((status) => ({ value: status, label: capitalised(status) }))}
          onChange={(event) => {
            const status = alertStatuses.find((one) => one === event.currentTarget.value)
            if (status) update.mutate({ id, status })
          }}
        />
        <HTMLSelect
          aria-label="Severity"
          value={alert.severity}
          options={severities.map((severity) => ({ value: severity, label: capitalised(severity) }))}
          onChange={(event) => {
            const severity = severities.find((one) => one === event.currentTarget.value)
            if (severity) update.mutate({ id, severity })
          }}
        />
        <AssigneeField assignee={alert.assignee} onChange={(assignee) => update.mutate({ id, assignee })} />
      </div>
      <FailureLine failure={update.error} />
      <p className="alert-text">{alert.description}</p>
      <AlertEvidence hunt={hunt} alert={alert} />
      <dl className="alert-facts">
        <Fact name="Host">{alert.host !== null && <Marked type="host" text={alert.host} />}</Fact>
        <ShowProcess hunt={hunt} alert={alert} />
        <Fact name="User">{alert.user !== null && <Marked type="user" text={alert.user} />}</Fact>
        <Fact name="Technique">
          {alert.mitreTechnique !== null && <Technique id={alert.mitreTechnique} hunt={hunt} />}
        </Fact>
        <Fact name="Detected by">
          {alert.rule ? (
            <a href={`#${link.rules(hunt, alert.rule.id)}`}>{alert.rule.name}</a>
          ) : (
            <span className="mono">{alert.analyzer}</span>
          )}
        </Fact>
        <Fact name="First – last">
          {alert.firstTime === null ? (
            <span className="t3">no time</span>
          ) : (
            <span className="figure">{formatSpan(alert.firstTime, alert.lastTime ?? alert.firstTime, zone)}</span>
          )}
        </Fact>
        <Fact name="May be harmless if">{alert.falsePositives}</Fact>
        <Fact name="Case">
          <CaseField caseId={alert.caseId} onChange={(caseId) => update.mutate({ id, caseId })} />
        </Fact>
        <Fact name="Tags">
          <TagsField tags={alert.tags} onChange={(tags) => update.mutate({ id, tags })} />
        </Fact>
      </dl>
      <Provenance alert={alert} />
      <AlertHistory alert={alert} />
    </div>
  )
}

/** Leads to the process of the first evidence row, where its dataset knows processes. */
function ShowProcess({ hunt, alert }: { hunt: string; alert: Alert }) {
  const [first] = alert.evidence
  const { data } = useCall('datasets.get', first ? { id: first.datasetId } : null)
  const knows = data?.columnList.some(({ fields }) => fields.includes('pid')) ?? false
  return (
    <Fact name="Process">
      {first && knows && <a href={`#${link.processOf(hunt, first.datasetId, first.row)}`}>Show process</a>}
    </Fact>
  )
}

function Technique({ id, hunt }: { id: string; hunt: string }) {
  const { data } = useCall('hunts.overview', { id: hunt })
  const name = data?.techniques.find((technique) => technique.id === id)?.name
  return (
    <span className="line">
      <TechniqueChip id={id} />
      {name !== undefined && name !== id && name}
    </span>
  )
}

const Marked = ({ type, text }: { type: 'host' | 'user'; text: string }) => (
  <span className="line">
    <EntityMark type={type} />
    <span className="mono evidence-text">{text}</span>
  </span>
)

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
