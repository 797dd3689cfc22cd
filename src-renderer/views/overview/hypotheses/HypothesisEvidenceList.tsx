import { useState } from 'react'
import { Cross } from '@blueprintjs/icons'
import type { Hypothesis, HypothesisEvidence } from '#contract/hypotheses'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../../backend/query.ts'
import { useSourceRow } from '../../../backend/useSourceRow.ts'
import { CellText } from '../../../grid/CellText.tsx'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { useUndo } from '../../../ui/Undo.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'

const PAGE = 100
/** Lists answer at most this many at once. */
const MOST = 500

/** The rows a hypothesis stands on, each with why; each opens that very row. */
export function HypothesisEvidenceList({ hunt, hypothesis }: { hunt: string; hypothesis: Hypothesis }) {
  const { id, evidenceTotal } = hypothesis
  const [limit, setLimit] = useState(PAGE)
  const { data } = useCall('hypotheses.evidence', limit > PAGE ? { id, limit } : null)
  const rows = data?.evidence ?? hypothesis.evidence
  const datasets = new Set(rows.map(({ datasetId }) => datasetId)).size
  return (
    <section className="hypothesis-evidence" aria-label="Evidence">
      <div className="line">
        <h3>Evidence</h3>
        <span className="t3 sm">
          {formatNoun(evidenceTotal, 'row')}
          {datasets > 1 && ` in ${formatNoun(datasets, 'dataset')}`}
        </span>
      </div>
      {rows.length === 0 && (
        <p className="t2">
          No rows yet. Select rows in Evidence and press Y, or open an alert and add it to this hypothesis.
        </p>
      )}
      <ul>
        {rows.map((row) => (
          <EvidenceLine key={`${row.datasetId} ${row.row}`} hunt={hunt} id={id} evidence={row} />
        ))}
      </ul>
      {rows.length < evidenceTotal && (
        <p className="t3 sm">
          {formatCount(rows.length)} of {formatNoun(evidenceTotal, 'row')} shown.{' '}
          {limit < MOST && (
            <button type="button" className="link-button" onClick={() => setLimit(MOST)}>
              Show up to {formatCount(MOST)}
            </button>
          )}
        </p>
      )}
    </section>
  )
}

function EvidenceLine({ hunt, id, evidence }: { hunt: string; id: string; evidence: HypothesisEvidence }) {
  const { datasetId, dataset, row, field, value, note } = evidence
  const number = formatCount(useSourceRow(hunt)(datasetId, row))
  const write = useCommand('hypotheses.noteEvidence')
  const remove = useCommand('hypotheses.removeEvidence')
  const add = useCommand('hypotheses.addEvidence')
  const undo = useUndo()
  const draft = useDraft(note, (text) => write.mutate({ id, datasetId, row, note: text }))
  const place = `Row ${number} of ${dataset}`
  return (
    <li className="hypothesis-row">
      <a href={`#${link.rows(hunt, { ds: datasetId, row })}`} title={`Open row ${number} of ${dataset}`}>
        <span className="num">{number}</span>
        <span className="clip t3 sm">{dataset}</span>
        <span className="clip t3 sm">{field}</span>
        <span className="clip mono">
          {value === '' ? <span className="t3">empty</span> : <CellText text={value} />}
        </span>
      </a>
      <input
        className="text-field"
        aria-label={`Why ${place} is evidence`}
        placeholder="Why"
        maxLength={2_000}
        value={draft.text}
        onChange={({ target }) => draft.type(target.value)}
        onBlur={draft.keep}
        onKeyDown={(event) => event.key === 'Enter' && draft.keep()}
      />
      <Action
        quiet
        icon={<Cross size={12} />}
        label={`Take away ${place}`}
        onClick={() =>
          remove.mutate(
            { id, rows: [{ datasetId, row }] },
            {
              onSuccess: () =>
                undo.offer(`${place} taken away`, () => add.mutate({ id, rows: { datasetId, rows: [row] }, note })),
            },
          )
        }
      />
      <FailureLine failure={write.error ?? remove.error} />
    </li>
  )
}
