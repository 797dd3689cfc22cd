import type { CaseFileConflict, CaseFileMerge } from '#contract/caseFiles'
import type { MergeChoice } from '#contract/values'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Time } from '../../ui/Time.tsx'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { nounList, nounText } from './caseFileText.ts'

type PreviewProps = {
  merge: CaseFileMerge
  decisions: Readonly<Record<string, MergeChoice>>
  onDecide: (key: string, choice: MergeChoice | null) => void
}

/** Of a record that was left deleted when a case file held it before. */
const LEFT_DELETED = [
  { value: 'theirs', label: 'Bring back' },
  { value: 'mine', label: 'Leave deleted' },
] as const

/** What an import would change, and what both sides changed. */
export function MergePreview({ merge, decisions, onDecide }: PreviewProps) {
  return (
    <>
      <Panel title="What the import changes" sub="nothing is changed yet" padded={false}>
        <div className="case-file-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>Records</th>
                <th className="right">New</th>
                <th className="right">Updated</th>
                <th className="right">In conflict</th>
                <th className="right">As they are here</th>
                <th className="right">Left out</th>
              </tr>
            </thead>
            <tbody>
              {nounList.flatMap((noun) => {
                const outcome = merge.outcomes[noun]
                if (!outcome) return []
                return [
                  <tr key={noun}>
                    <td>{capitalised(nounText[noun][1])}</td>
                    {(['new', 'updated', 'conflict', 'same', 'left-out'] as const).map((what) => (
                      <td key={what} className={outcome[what] ? 'right num' : 'right num t3'}>
                        {formatCount(outcome[what] ?? 0)}
                      </td>
                    ))}
                  </tr>,
                ]
              })}
              <tr>
                <td>Rows</td>
                <td className="right num">{formatCount(merge.rows)}</td>
                <td colSpan={4} />
              </tr>
            </tbody>
          </table>
        </div>
      </Panel>
      {merge.conflictsTotal > 0 && (
        <Panel
          title="Changed here and there"
          sub={
            merge.conflictsTotal > merge.conflicts.length
              ? `${formatCount(merge.conflicts.length)} of ${formatNoun(merge.conflictsTotal, 'conflict')} shown; of the others the newer value holds`
              : `${formatNoun(merge.conflictsTotal, 'conflict')}; what holds is marked`
          }
        >
          <ul className="case-file-conflicts">
            {merge.conflicts.map((conflict) => (
              <Conflict
                key={conflict.key}
                conflict={conflict}
                choice={decisions[conflict.key] ?? null}
                onDecide={(choice) => onDecide(conflict.key, choice)}
              />
            ))}
          </ul>
        </Panel>
      )}
      {merge.leftOutTotal > 0 && (
        <Panel title="Left out" sub={formatNoun(merge.leftOutTotal, 'record')}>
          <ul className="case-file-list">
            {merge.leftOut.map(({ noun, title, reason, key }, n) => (
              <li key={n}>
                <div className="line">
                  <span className="clip">
                    {capitalised(nounText[noun][0])} <span className="med">{title}</span>
                  </span>
                  <span className="spring" />
                  {key !== null && (
                    <Segmented
                      label={`What becomes of ${title}`}
                      value={decisions[key] === 'theirs' ? 'theirs' : 'mine'}
                      options={LEFT_DELETED}
                      onChange={(value) => onDecide(key, value === 'theirs' ? 'theirs' : null)}
                    />
                  )}
                </div>
                <div className="t2 sm">{reason}</div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

type ConflictProps = {
  conflict: CaseFileConflict
  choice: MergeChoice | null
  onDecide: (choice: MergeChoice | null) => void
}

function Conflict({ conflict, choice, onDecide }: ConflictProps) {
  const { noun, title, field, mine, theirs, keeps } = conflict
  const holds = choice ?? keeps
  return (
    <li className="case-file-conflict">
      <div className="line">
        <span className="clip">
          {capitalised(nounText[noun][0])} <span className="med">{title}</span>
        </span>
        <span className="t2 sm nowrap">{field.replaceAll('_', ' ')}</span>
        <span className="spring" />
        <Segmented
          label={`What holds: ${field} of ${title}`}
          value={choice ?? 'newer'}
          options={
            field === 'deleted'
              ? [
                  { value: 'newer', label: 'Bring back' },
                  { value: 'mine', label: 'Leave deleted' },
                ]
              : [
                  { value: 'newer', label: keeps === 'both' ? 'Keep both' : 'Newer' },
                  { value: 'mine', label: 'Mine' },
                  { value: 'theirs', label: 'Theirs' },
                ]
          }
          onChange={(value) => onDecide(value === 'newer' ? null : value)}
        />
      </div>
      <div className="case-file-sides">
        <Side title="Here" side={mine} holds={holds !== 'theirs'} />
        <Side title="In the file" side={theirs} holds={holds !== 'mine'} />
      </div>
    </li>
  )
}

const Side = ({ title, side, holds }: { title: string; side: CaseFileConflict['mine']; holds: boolean }) => (
  <div className={holds ? 'case-file-side holds' : 'case-file-side'}>
    <div className="t2 sm">
      {title}
      {side.at !== null && (
        <>
          , <Time iso={side.at} second />
        </>
      )}
      {holds && <span className="med"> · holds</span>}
    </div>
    <div className="case-file-value">{side.value === null || side.value === '' ? 'nothing' : String(side.value)}</div>
  </div>
)
