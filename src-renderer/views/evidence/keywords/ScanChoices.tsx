import { useId, useState } from 'react'
import type { Dataset } from '#contract/datasets'
import { canonicalFields } from '#contract/values'
import { useCall } from '../../../backend/query.ts'
import { Action } from '../../../ui/Action.tsx'
import { formatCount, formatNoun } from '../../../ui/formatNumber.ts'

export type ScanOf = { datasetIds: string[]; columns?: string[] }
/** `of`: how many datasets the hunt has, where those are not all. */
type ScanChoicesProps = { datasets: readonly Dataset[]; of: number; can: boolean; onScan: (of: ScanOf) => void }

/** Which datasets and columns a scan looks into. */
export function ScanChoices({ datasets, of, can, onScan }: ScanChoicesProps) {
  const known = useId()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [text, setText] = useState('')
  const chosen = datasets.filter(({ id }) => !left.has(id))
  const { data: first } = useCall('datasets.get', chosen[0] ? { id: chosen[0].id } : null)
  const columns = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const names = first?.columnList.map(({ name }) => name) ?? [...canonicalFields]
  const rows = chosen.reduce((sum, one) => sum + one.rows, 0)
  const toggle = (id: string) => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  return (
    <form
      className="scan-choices"
      onSubmit={(event) => {
        event.preventDefault()
        onScan({ datasetIds: chosen.map(({ id }) => id), ...(columns.length > 0 ? { columns } : {}) })
      }}
    >
      <fieldset>
        <legend className="t2 sm">Datasets</legend>
        <ul className="scan-datasets">
          {datasets.map(({ id, name, rows: count }) => (
            <li key={id}>
              <label className="line">
                <input type="checkbox" checked={!left.has(id)} onChange={() => toggle(id)} />
                <span className="clip grow">{name}</span>
                <span className="t3 sm nowrap">{formatCount(count)}</span>
              </label>
            </li>
          ))}
        </ul>
        {datasets.length < of && (
          <p className="t3 sm">
            The first {formatCount(datasets.length)} of {formatNoun(of, 'dataset')}. Scan hunt takes all of them.
          </p>
        )}
      </fieldset>
      <label className="theme-field">
        <span className="t2 sm">Only these columns</span>
        <input
          className="text-field mono"
          list={known}
          placeholder="all of them; several with commas"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <datalist id={known}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      <Action primary type="submit" disabled={!can || chosen.length === 0}>
        Scan {formatNoun(rows, 'row')}
      </Action>
    </form>
  )
}
