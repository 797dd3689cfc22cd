import { useState } from 'react'
import { link } from '../../state/places.ts'
import { capitalised } from '../../ui/capitalised.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TechniqueChip } from '../../ui/TechniqueChip.tsx'
import { byTactic, heat } from './tactics.ts'
import type { Technique } from './tactics.ts'

/** Which ATT&CK techniques the open alerts name: a square each, brighter with more rows. The table twin has the numbers. */
export function TechniquesPanel({
  hunt,
  techniques,
  busy,
}: {
  hunt: string
  techniques: readonly Technique[]
  /** Files are still being read. */
  busy: boolean
}) {
  const [table, setTable] = useState(false)
  const groups = byTactic(techniques)
  const most = Math.max(0, ...techniques.map(({ rows }) => rows))
  if (techniques.length === 0) {
    return (
      <Panel title="ATT&CK techniques">
        <p className="t2">{busy ? 'No technique so far; files are being read.' : 'No alert names a technique.'}</p>
      </Panel>
    )
  }
  return (
    <Panel
      title="ATT&CK techniques"
      sub={`${formatNoun(techniques.length, 'technique')} in ${formatNoun(groups.length, 'tactic')}; a square is a technique, brightness is rows`}
      padded={false}
      right={
        <>
          <span className="heat-scale t3 sm" aria-hidden>
            1{' '}
            {[1, 2, 3, 4, 5].map((step) => (
              <i key={step} style={{ background: `var(--heat-${step})` }} />
            ))}{' '}
            {formatNoun(most, 'row')}
          </span>
          <button type="button" className="link-button sm" aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? 'Squares' : 'Table'}
          </button>
        </>
      }
    >
      {table ? (
        <TechniqueTable hunt={hunt} techniques={techniques} />
      ) : (
        <div className="tactics">
          {groups.map((group) => (
            <div key={group.tactic}>
              <div className="tactic-name sm t2" title={capitalised(group.tactic)}>
                <span className="clip">{capitalised(group.tactic)}</span>
                <span className="t3">{group.techniques.length}</span>
              </div>
              <div className="tactic-squares">
                {group.techniques.map((technique) => (
                  <a
                    key={technique.id}
                    href={`#${link.alerts(hunt, { technique: technique.id })}`}
                    style={{ background: `var(--heat-${heat(technique.rows, most)})` }}
                    title={`${technique.id} ${technique.name}\n${formatNoun(technique.alerts, 'alert')}, ${formatNoun(technique.rows, 'row')}`}
                    aria-label={`${technique.id} ${technique.name}, ${formatNoun(technique.alerts, 'alert')}, ${formatNoun(technique.rows, 'row')}`}
                  />
                ))}
              </div>
            </div>
          ))}
        </div>
      )}
    </Panel>
  )
}

const TechniqueTable = ({ hunt, techniques }: { hunt: string; techniques: readonly Technique[] }) => (
  <div className="table-twin" style={{ maxHeight: 240 }}>
    <table className="table">
      <colgroup>
        <col style={{ width: 110 }} />
        <col />
        <col />
        <col style={{ width: 90 }} />
        <col style={{ width: 110 }} />
      </colgroup>
      <thead>
        <tr>
          <th>Technique</th>
          <th>Name</th>
          <th>Tactics</th>
          <th className="num">Alerts</th>
          <th className="num">Rows</th>
        </tr>
      </thead>
      <tbody>
        {techniques.map(({ id, name, tactics, alerts, rows }) => (
          <tr key={id}>
            <td>
              <TechniqueChip id={id} />
            </td>
            <td>
              <a className="cell-link" href={`#${link.alerts(hunt, { technique: id })}`}>
                {name}
              </a>
            </td>
            <td className="t2">{tactics.map(capitalised).join(', ')}</td>
            <td className="num">{formatCount(alerts)}</td>
            <td className="num">{formatCount(rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
