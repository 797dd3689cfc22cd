import type { HuntCase } from '#contract/cases'
import { FailureState } from '../../backend/FailureState.tsx'
import { useCall } from '../../backend/query.ts'
import { link } from '../../state/places.ts'
import { EntityMark, entityOf } from '../../ui/EntityMark.tsx'
import { SevMark } from '../../ui/SevMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { Time } from '../../ui/Time.tsx'
import { VerdictMark } from '../../ui/VerdictMark.tsx'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { ActivityState } from './ActivityTab.tsx'
import { AddMap } from './AddMap.tsx'
import { AddHunt } from './AddHunt.tsx'
import { Board } from './Board.tsx'
import { Markdown } from './Markdown.tsx'
import { actText } from './caseWords.ts'
import { defanged } from '../../../src-shared/defanged.ts'

const FINDINGS = 10
const SHOWN = 8

/** The case at a glance: what is to be done, the worst that was found, and beside it what it is about. */
export function SummaryTab({ item }: { item: HuntCase }) {
  return (
    <div className="case-summary">
      <div className="case-main" data-region="Tasks and findings">
        <Board caseId={item.id} counts={item.tasks} />
        <Findings item={item} />
      </div>
      <aside className="case-side" aria-label="About the case" data-region="About the case">
        <section>
          <h3>Summary</h3>
          {item.description === '' ? (
            <p className="t3">Nothing written yet. Press E to edit the case.</p>
          ) : (
            <Markdown text={item.description} />
          )}
        </section>
        <Hunts item={item} />
        <Iocs item={item} />
        <Maps item={item} />
        <Recent item={item} />
      </aside>
    </div>
  )
}

function Findings({ item }: { item: HuntCase }) {
  const { data, error } = useCall('alerts.list', { caseId: item.id, limit: FINDINGS })
  const hunts = item.links.hunt
  return (
    <section aria-label="Findings" className="case-findings">
      <div className="line">
        <h3>Findings</h3>
        <span className="t3 sm">
          {formatNoun(item.alerts, 'alert')} from {formatNoun(hunts, 'hunt')}
        </span>
        <span className="spring" />
        {item.alerts > FINDINGS && <a href={`#${link.case(item.id, 'alerts')}`}>All {formatCount(item.alerts)}</a>}
      </div>
      {error ? (
        <FailureState failure={error} inline />
      ) : !data ? (
        <Skeleton rows={4} />
      ) : data.alerts.length === 0 ? (
        <p className="t2 case-hint">
          No alerts yet. Open an alert and choose this case in its pane, or select several and put them into the case.
        </p>
      ) : (
        <table className="table case-findings-table">
          <colgroup>
            <col style={{ width: 100 }} />
            <col />
            <col className="mid-only" style={{ width: 180 }} />
            <col style={{ width: 100 }} />
            <col style={{ width: 80 }} />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th>Severity</th>
              <th>Alert</th>
              <th>Host</th>
              <th>Technique</th>
              <th>Rows</th>
            </tr>
          </thead>
          <tbody>
            {data.alerts.map((alert) => (
              <tr key={alert.id}>
                <td>
                  <SevMark severity={alert.severity} />
                </td>
                <td className="clip">
                  <a className="cell-link" href={`#${link.alert(alert.huntId, alert.id)}`}>
                    {alert.title}
                  </a>
                </td>
                <td className="clip mono t2 mid-only">{alert.host}</td>
                <td>{alert.mitreTechnique && <TechniqueChip id={alert.mitreTechnique} />}</td>
                <td className="num" title={formatNoun(alert.evidenceTotal, 'row')}>
                  {formatCount(alert.evidenceTotal)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Hunts({ item }: { item: HuntCase }) {
  const { data } = useCall('cases.links', { id: item.id, kind: 'hunt', limit: 100 })
  return (
    <section>
      <div className="line">
        <h3>Hunts</h3>
        <span className="t3 sm">{formatCount(item.links.hunt)}</span>
        <span className="spring" />
        <AddHunt caseId={item.id} known={data?.links.map(({ target }) => target) ?? []} />
      </div>
      <ul className="case-list">
        {data?.links.map((one) => (
          <li key={one.target}>
            {one.found ? (
              <a className="clip" href={`#${link.overview(one.target)}`}>
                {one.label}
              </a>
            ) : (
              <span className="t3 clip">Hunt is not in this workspace</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Iocs({ item }: { item: HuntCase }) {
  const { data } = useCall('cases.links', { id: item.id, kind: 'ioc', limit: SHOWN })
  if (item.links.ioc === 0) return null
  return (
    <section>
      <div className="line">
        <h3>IOCs</h3>
        <span className="t3 sm">{formatCount(item.links.ioc)}, de-fanged</span>
        <span className="spring" />
        <a href={`#${link.case(item.id, 'iocs')}`}>All</a>
      </div>
      <ul className="case-list">
        {data?.links.map((one) => (
          <li key={one.target}>
            {one.iocType && <EntityMark type={entityOf(one.iocType)} />}
            <span className="mono clip">{defanged(one.target)}</span>
            <span className="spring" />
            {one.verdict && <VerdictMark verdict={one.verdict} word={false} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Maps({ item }: { item: HuntCase }) {
  const { data } = useCall('cases.links', { id: item.id, kind: 'map', limit: SHOWN })
  return (
    <section>
      <div className="line">
        <h3>Maps</h3>
        <span className="t3 sm">{formatCount(item.links.map)}</span>
        <span className="spring" />
        <AddMap caseId={item.id} known={data?.links.map(({ target }) => target) ?? []} />
      </div>
      <ul className="case-list">
        {data?.links.map((one) => (
          <li key={one.target}>
            {one.found && one.huntId !== null ? (
              <a className="clip" href={`#${link.maps(one.huntId, one.target)}`}>
                {one.label}
              </a>
            ) : (
              <span className="t3 clip">Map is not in this workspace</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Recent({ item }: { item: HuntCase }) {
  const { data } = useCall('cases.activity', { id: item.id, limit: 5 })
  return (
    <section>
      <div className="line">
        <h3>Activity</h3>
        <ActivityState id={item.id} />
      </div>
      <ul className="case-list case-recent">
        {data?.activity.map((entry) => (
          <li key={entry.id}>
            <span>
              {entry.by === '' ? 'Somebody' : entry.by} {actText(entry)}
            </span>
            <span className="t3 sm nowrap">
              <Time iso={entry.at} second />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
