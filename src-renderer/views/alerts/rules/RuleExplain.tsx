import { useState } from 'react'
import { Cross, Tick } from '@blueprintjs/icons'
import type { RuleDraft, RuleExplanation } from '#contract/rules'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall } from '../../../backend/query.ts'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { conditionText } from './ruleDrafts.ts'

/** For each dataset of the hunt, why the rule does not fire there: opened when asked for. */
export function RuleExplain({ rule, hunt }: { rule: RuleDraft | null; hunt: string }) {
  const [open, setOpen] = useState(false)
  const { data, error, isPlaceholderData } = useCall(
    'rules.explain',
    open && rule ? { rule, huntId: hunt, limit: 100 } : null,
  )
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = data?.datasets.find(({ datasetId }) => datasetId === chosen) ?? data?.datasets[0]
  return (
    <details className="rule-explain" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Why it did not fire</summary>
      {!open ? null : rule === null ? (
        <p className="t2">Test the rule first.</p>
      ) : error ? (
        <FailureLine failure={error} />
      ) : !data ? (
        <Skeleton rows={3} />
      ) : (
        <div className={isPlaceholderData ? 'view-dim' : undefined}>
          <label className="line rule-explain-in">
            <span className="t2 sm">in</span>
            <select
              className="text-field"
              aria-label="Dataset to explain"
              value={shown?.datasetId ?? ''}
              onChange={({ target }) => setChosen(target.value)}
            >
              {data.datasets.map(({ datasetId, dataset, outcome }) => (
                <option key={datasetId} value={datasetId}>
                  {dataset}: {outcome === 'fires' ? 'fires' : 'does not fire'}
                </option>
              ))}
            </select>
            {data.total > data.datasets.length && (
              <span className="t3 sm">
                the first {formatCount(data.datasets.length)} of {formatNoun(data.total, 'dataset')}
              </span>
            )}
          </label>
          {shown ? <Explained rule={rule} explanation={shown} /> : <p className="t2">This hunt has no datasets.</p>}
        </div>
      )}
    </details>
  )
}

function Explained({ rule, explanation }: { rule: RuleDraft; explanation: RuleExplanation }) {
  const { steps, reason, rows } = explanation
  return (
    <>
      <p className="rule-reason">
        {reason} <span className="t3 sm">of {formatNoun(rows, 'row')}</span>
      </p>
      {rule.kind === 'condition' && steps.length > 0 && (
        <table className="rule-steps">
          <thead>
            <tr>
              <th aria-label="Holds" />
              <th>Condition</th>
              <th className="figure">Rows left</th>
              <th>Reason</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ condition, left, alone, note }) => {
              const known = rule.conditions[condition]
              return (
                <tr key={condition}>
                  <td>
                    {left > 0 ? (
                      <Tick size={14} className="ok" title="holds" />
                    ) : (
                      <Cross size={14} className="bad" title="never holds" />
                    )}
                  </td>
                  <td className="mono clip">{known ? conditionText(known) : ''}</td>
                  <td className="num figure">{formatCount(left)}</td>
                  <td className="t2 sm">
                    {note ??
                      (alone === null
                        ? ''
                        : alone === 0
                          ? 'true for no row'
                          : `true for ${formatNoun(alone, 'row')} alone`)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </>
  )
}
