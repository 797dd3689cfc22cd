import { useId, useState } from 'react'
import type { Input } from '#contract/contract'
import { useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { Action } from '../../ui/Action.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { text } from './cellText.ts'
import { SocCell } from './SocCell.tsx'
import { useSoc } from './soc.ts'
import { usePanel } from './usePanel.ts'
import { verdictName } from './verdicts.ts'

type Verdict = Input<'soc.classify'>['classification']
const VERDICTS: readonly Verdict[] = ['true_positive', 'suspicious', 'false_positive', 'bot', 'legitimate']

/** What an analyst says of an address, and what was said before. */
export function Classify({ ip, className }: { ip: string; className?: string }) {
  const { connection } = useSoc()
  const { part } = usePanel('ip', { parts: ['verdicts'], params: { ip } })
  const said = part('verdicts')
  const last = said?.rows[0]
  return (
    <Panel
      title="Classify"
      sub={said?.failure ? said.failure.message : last ? null : said ? 'no verdict yet' : null}
      padded={false}
      className={`soc-tile ${className ?? ''}`}
    >
      <div className="soc-classify">
        {connection.allowWrite ? (
          <VerdictForm key={ip} ip={ip} />
        ) : (
          <p className="t2">
            This connection only reads. Verdicts are kept on the server, where{' '}
            <a href={`#${link.connections(connection.id)}`}>the connection may write</a>.
          </p>
        )}
        {last && (
          <ul className="soc-said-before" aria-label="Verdicts so far">
            {said.rows.map((row, n) => (
              <li key={n}>
                <span className="med">{verdictName(text(row['classification']))}</span>{' '}
                <span className="t3 sm">
                  <SocCell kind="time" cell={row['created_at']} />
                </span>
                {text(row['comment']) !== '' && <div className="t2 sm">{text(row['comment'])}</div>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function VerdictForm({ ip }: { ip: string }) {
  const { connection } = useSoc()
  const undo = useUndo()
  const group = useId()
  const [chosen, setChosen] = useState<Verdict | null>(null)
  const [comment, setComment] = useState('')
  const classify = useCommand('soc.classify')
  const withdraw = useCommand('soc.withdrawClassification')
  useCommands(
    VERDICTS.map((verdict, n) => ({
      id: `soc.verdict.${verdict}`,
      title: `Verdict: ${verdictName(verdict)}`,
      group: 'SOC',
      keys: String(n + 1),
      run: () => setChosen(verdict),
    })),
  )
  const save = (): void => {
    if (chosen === null) return
    const where = { connection: connection.id, address: ip, classification: chosen }
    classify.mutate(
      { ...where, comment },
      {
        onSuccess: ({ createdAt }) => {
          setComment('')
          setChosen(null)
          undo.offer(`${ip} is said to be: ${verdictName(chosen)}`, () => withdraw.mutate({ ...where, createdAt }))
        },
      },
    )
  }
  const failure = classify.error ?? withdraw.error
  return (
    <form
      className="soc-verdict"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <div role="radiogroup" aria-label="Verdict">
        {VERDICTS.map((verdict, n) => (
          <label key={verdict} className={chosen === verdict ? 'soc-choice soc-chosen' : 'soc-choice'}>
            <input type="radio" name={group} checked={chosen === verdict} onChange={() => setChosen(verdict)} />
            {verdictName(verdict)}
            <span className="spring" />
            <Kbd>{String(n + 1)}</Kbd>
          </label>
        ))}
      </div>
      <textarea
        className="text-field"
        aria-label="Comment"
        placeholder="Why, for those who come after"
        rows={2}
        maxLength={2_000}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className="soc-verdict-foot">
        <Action type="submit" primary disabled={chosen === null} busy={classify.isPending}>
          Save verdict
        </Action>
        {failure ? (
          <span className="bad sm" role="alert">
            {failure.message}
          </span>
        ) : (
          <span className="t3 sm">writes 1 row to soc_feedback</span>
        )}
      </div>
    </form>
  )
}
