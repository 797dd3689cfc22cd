import type { RuleAlert, RuleTest } from '#contract/rules'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Time } from '../../../ui/Time.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import type { Trial } from './useTrial.ts'

type RuleTrialProps = { hunt: string; rows: number; trial: Trial; lacking: string | null }

const signs = { added: '+', removed: '−', kept: '=' } as const
const words = { added: 'added', removed: 'removed', kept: 'unchanged' } as const
const kinds = ['added', 'removed', 'kept'] as const

/** Different reasons that are named. */
const REASONS_MAX = 4

/** Where the rule could not be asked, or not to its end: in how many datasets for which reason, the most frequent first. */
function NotAsked({ skipped }: { skipped: RuleTest['skipped'] }) {
  const byReason = [...Map.groupBy(skipped, ({ reason }) => reason)]
    .map(([reason, all]) => ({ reason, datasets: new Set(all.map(({ datasetId }) => datasetId)).size }))
    .toSorted((a, b) => b.datasets - a.datasets)
  const more = byReason.length - REASONS_MAX
  return (
    <>
      {byReason.slice(0, REASONS_MAX).map(({ reason, datasets }) => (
        <p key={reason} className="t2 sm rule-trial-text">
          In {formatNoun(datasets, 'dataset')}: {reason}
        </p>
      ))}
      {more > 0 && <p className="t3 sm rule-trial-text">and for {formatNoun(more, 'other reason')}</p>}
    </>
  )
}

/** What saving the rule and running it would do to the alerts. */
export function RuleTrial({ hunt, rows, trial, lacking }: RuleTrialProps) {
  const { result, failure, pending, current, ask } = trial
  return (
    <aside className="side-pane rule-trial" aria-label="What would change" data-region="What would change">
      <div className="rule-trial-head">
        <h2 className="nowrap">What would change</h2>
        <span className="t3 sm clip">this hunt, {formatNoun(rows, 'row')}</span>
        <span className="spring" />
        <Action quiet disabled={lacking !== null || rows === 0} busy={pending && current} onClick={ask}>
          Test rule
        </Action>
      </div>
      {rows === 0 ? (
        <p className="t2 rule-trial-text">This hunt has no rows yet.</p>
      ) : lacking !== null ? (
        <p className="t2 rule-trial-text">{lacking}</p>
      ) : failure && !pending ? (
        <div className="rule-trial-text">
          <FailureLine failure={failure} />
        </div>
      ) : !result ? (
        pending ? (
          <div className="rule-trial-text">
            <Skeleton rows={6} />
          </div>
        ) : (
          <p className="t2 rule-trial-text">Test the rule to see which alerts it would add, keep and remove.</p>
        )
      ) : (
        <div className={current && !pending ? 'rule-trial-body' : 'rule-trial-body view-dim'}>
          <dl className="rule-counts" aria-live="polite">
            {kinds.map((kind) => (
              <div key={kind}>
                <dd className={`rule-${kind}`}>
                  {kind === 'kept' ? '' : signs[kind]}
                  {formatCount(result[kind])}
                </dd>
                <dt className="t2 sm">{words[kind]}</dt>
              </div>
            ))}
          </dl>
          <ul className="rule-alerts-list">
            {kinds.flatMap((kind) =>
              result.first[kind].map((alert) => (
                <Line
                  key={`${kind} ${alert.datasetId} ${alert.firstRow} ${alert.title}`}
                  hunt={hunt}
                  kind={kind}
                  alert={alert}
                />
              )),
            )}
          </ul>
          {result.left > 0 && (
            <p className="t2 sm rule-trial-text">
              {formatNoun(result.left, 'alert')} would no longer be found and stay: somebody decided about them.
            </p>
          )}
          <NotAsked skipped={result.skipped} />
        </div>
      )}
      <div className="panel-foot">Nothing is written until the rule is saved and run</div>
    </aside>
  )
}

const Line = ({ hunt, kind, alert }: { hunt: string; kind: (typeof kinds)[number]; alert: RuleAlert }) => (
  <li>
    <a
      href={`#${
        alert.alertId === null
          ? link.rows(hunt, { ds: alert.datasetId, row: alert.firstRow })
          : link.alert(hunt, alert.alertId)
      }`}
    >
      <span className={`rule-sign rule-${kind}`} role="img" aria-label={words[kind]}>
        {signs[kind]}
      </span>
      <span className="grow">
        <span className="clip rule-name">{alert.title}</span>
        <span className="t3 sm">
          <Time iso={alert.firstTime} second /> {alert.firstTime !== null && '· '}
          {formatNoun(alert.rows, 'row')}
        </span>
      </span>
    </a>
  </li>
)
