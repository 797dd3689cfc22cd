import { useRef, useState } from 'react'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommands } from '../../state/commands.ts'
import { link } from '../../state/places.ts'
import { navigate } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { text } from './cellText.ts'
import { isRight } from './panelColumns.tsx'
import { SocCell } from './SocCell.tsx'
import { useSoc } from './soc.ts'
import { useClassify } from './useClassify.ts'
import { usePartColumns } from './usePartColumns.ts'
import type { Row } from './usePanel.ts'
import { verdicts } from './verdicts.ts'
import { WritingBarred } from './WritingBarred.tsx'

const NOBODY: ReadonlySet<string> = new Set()

/** Addresses to judge one after the other, by keyboard: a verdict takes the line off and goes on to the next. */
export function ClassifyQueue({ rows }: { rows: readonly Row[] }) {
  const { connection } = useSoc()
  const columns = usePartColumns('classifySuggested', 'rows')
  const [judged, setJudged] = useState(NOBODY)
  const [comment, setComment] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const left = rows.filter((row) => !judged.has(text(row['src_ip'])))
  const addressAt = (n: number): string => text(left[n]?.['src_ip'])
  // By address: a refresh may change the order, and a key must not judge another one than was looked at.
  const [cursor, setCursor] = useState(() => ({ address: addressAt(0), at: 0 }))
  const found = left.findIndex((row) => text(row['src_ip']) === cursor.address)
  const at = found >= 0 ? found : Math.min(cursor.at, left.length - 1)
  const address = addressAt(at)
  const choose = (n: number): void => setCursor({ address: addressAt(n), at: n })
  const { say, busy, failure } = useClassify({
    onSaid: (said) => {
      setJudged((all) => new Set([...all, said]))
      if (said === address) setCursor({ address: addressAt(at + 1) || addressAt(at - 1), at })
      setComment('')
    },
    onTaken: (taken) => setJudged((all) => new Set([...all].filter((one) => one !== taken))),
  })
  const may = connection.allowWrite && address !== '' && !busy
  const move = (step: number): void => choose(Math.max(0, Math.min(left.length - 1, at + step)))
  useCommands([
    ...verdicts.map(({ id, name, key }) => ({
      id: `soc.classify.${id}`,
      title: `${name}: say so of this address`,
      group: 'SOC' as const,
      keys: key,
      when: () => may,
      run: () => say({ address, classification: id, comment }),
    })),
    { id: 'soc.classify.next', title: 'Next address', group: 'SOC', keys: 'j', run: () => move(1) },
    { id: 'soc.classify.before', title: 'Previous address', group: 'SOC', keys: 'k', run: () => move(-1) },
    {
      id: 'soc.classify.comment',
      title: 'Comment on this address',
      group: 'SOC',
      keys: 'c',
      opensField: true,
      run: () => field.current?.focus(),
    },
    {
      id: 'soc.classify.open',
      title: 'Open this address',
      group: 'SOC',
      keys: 'o',
      when: () => address !== '',
      run: () => navigate(link.socAddress(address)),
    },
  ])
  if (left.length === 0) return <p className="t2 soc-said">Every address that was suggested has a verdict.</p>
  return (
    <div className="soc-queue">
      <div className="table-twin">
        <table className="table soc-table" role="grid" aria-label="To classify next" tabIndex={0}>
          <thead>
            <tr>
              {columns.map(({ name, title, kind }) => (
                <th key={name} className={isRight(kind) ? 'num' : undefined}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {left.map((row, n) => (
              <tr key={text(row['src_ip'])} aria-selected={n === at} onClick={() => choose(n)}>
                {columns.map(({ name, kind }) => (
                  <td key={name} className={isRight(kind) ? 'num' : undefined}>
                    <SocCell kind={kind} cell={row[name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="soc-verdict-bar" role="group" aria-label={`Verdict on ${address}`}>
        <span className="mono sm">{address}</span>
        <input
          ref={field}
          className="text-field"
          value={comment}
          maxLength={2_000}
          aria-label="Comment"
          placeholder="Comment (C)"
          onChange={(event) => setComment(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        {verdicts.map(({ id, name, key }) => (
          <Action key={id} disabled={!may} onClick={() => say({ address, classification: id, comment })}>
            {name} <Kbd>{key.toUpperCase()}</Kbd>
          </Action>
        ))}
        <FailureLine failure={failure} />
      </div>
      <WritingBarred what="A verdict" />
    </div>
  )
}
