import { useId } from 'react'
import type { ReactNode } from 'react'
import type { Output } from '#contract/contract'
import type { Split } from '#contract/datasets'
import { Action } from './Action.tsx'
import { Segmented } from './Segmented.tsx'
import { formatCount, formatNoun } from './formatNumber.ts'
import { betweenChoices } from './packedText.ts'

/** What the cells of a column give when they are taken apart. */
export type TakenApart = Output<'mappings.takeApart'> & {
  /** Cells that were looked at. */
  of: number
}

const OTHER = '\u0000other'
/** Lines of the table; the others are counted. */
const LINES_MAX = 60

type SplitFormProps = {
  column: string
  value: Split | null
  found: TakenApart | null
  onAsk: (split: Split | null) => void
  onChange: (split: Split | null) => void
  showCell: (text: string) => ReactNode
}

/** How a packed column is taken apart, with what its first cells give. */
export function SplitForm({ column, value, found, onAsk, onChange, showCell }: SplitFormProps) {
  const id = useId()
  const how = found?.how ?? 'key=value'
  const between = found?.how ? found.between : ','
  const own = betweenChoices.every((choice) => choice.value !== between)
  const ask = (part: Partial<Split>) => onAsk({ how, between: between === '' ? ',' : between, ...part })
  return (
    <div className="split-form" role="dialog" aria-label={`Take apart ${column}`}>
      <p className="sm t2">
        <span className="mono">{column}</span> stays; each of its named values also becomes a column.
      </p>
      <Segmented
        label="How the values are written"
        value={how}
        onChange={(next) =>
          onAsk(next === 'json' ? { how: next, between: '' } : { how: next, between: next === how ? between : '' })
        }
        options={[
          { value: 'key=value', label: 'key=value', title: 'MD5=0cc1…,SHA256=ca97…' },
          { value: 'key: value', label: 'key: value', title: 'User: alice ¦ Proc: cmd.exe' },
          { value: 'json', label: 'JSON', title: '{"user": "alice", "proc": "cmd.exe"}' },
        ]}
      />
      {how !== 'json' && (
        <div className="line">
          <label htmlFor={id} className="t2 sm nowrap">
            Between two values
          </label>
          <select
            id={id}
            className="text-field grow"
            value={own ? OTHER : between}
            onChange={(event) => ask({ between: event.target.value === OTHER ? '/' : event.target.value })}
          >
            {betweenChoices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
            <option value={OTHER}>Something else</option>
          </select>
          {own && (
            <input
              className="text-field mono"
              aria-label="What stands between two values"
              size={8}
              maxLength={8}
              value={between}
              onChange={(event) => event.target.value !== '' && ask({ between: event.target.value })}
            />
          )}
        </div>
      )}
      <SplitResult found={found} showCell={showCell} />
      <div className="line split-foot">
        <Action
          primary
          disabled={found === null || found.total === 0}
          onClick={() => onChange({ how, between: how === 'json' ? '' : between })}
        >
          Take apart
        </Action>
        {value && <Action onClick={() => onChange(null)}>Leave it whole</Action>}
      </div>
    </div>
  )
}

function SplitResult({ found, showCell }: Pick<SplitFormProps, 'found' | 'showCell'>) {
  if (found === null) return <p className="sm t3">Looking at the first cells</p>
  if (found.total === 0)
    return (
      <p className="sm" role="status">
        {found.of === 0
          ? 'The first rows have no filled cell in this column.'
          : found.how === null
            ? 'The first cells do not look packed: no names with values were found in them.'
            : `None of the first ${formatNoun(found.of, 'cell')} holds a name with a value written like this.`}
      </p>
    )
  return (
    <>
      <p className="sm t2" role="status">
        {formatNoun(found.total, 'column')}, from {formatCount(found.taken)} of the first{' '}
        {formatNoun(found.of, 'filled cell')}
      </p>
      <div className="split-parts" tabIndex={0}>
        <table className="table">
          <thead>
            <tr>
              <th>Column</th>
              <th className="num">Cells</th>
              <th>First value</th>
            </tr>
          </thead>
          <tbody>
            {found.parts.slice(0, LINES_MAX).map((part) => (
              <tr key={part.key}>
                <td className="mono">{showCell(part.key)}</td>
                <td className="num">{formatCount(part.cells)}</td>
                <td className="mono t2" title={part.example}>
                  {showCell(part.example)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {found.total > LINES_MAX && (
        <p className="t3 sm">
          {formatCount(LINES_MAX)} of {formatNoun(found.total, 'column')} shown. At most 200 of a file are made, those
          in most cells.
        </p>
      )}
    </>
  )
}
