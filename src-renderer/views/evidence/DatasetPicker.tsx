import { useState } from 'react'
import { CaretDown, Database, Error as ErrorIcon } from '@blueprintjs/icons'
import type { Dataset } from '#contract/datasets'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { folderOf } from '../../ui/folderOf.ts'
import { formatNoun } from '../../ui/formatNumber.ts'

const FILTER_FROM = 8
const LINES_MAX = 200

const note = (dataset: Dataset): string =>
  dataset.state === 'ready' ? formatNoun(dataset.rows, 'row') : dataset.state === 'failed' ? 'failed' : 'importing'

/** Which dataset the rows are from. */
export function DatasetPicker({
  datasets,
  current,
  onChoose,
}: {
  datasets: readonly Dataset[]
  current: Dataset | undefined
  onChoose: (id: string) => void
}) {
  const [open, setOpen] = useState(false)
  const [filter, setFilter] = useState('')
  const found = datasets.filter(({ name, file }) => `${name} ${file}`.toLowerCase().includes(filter.toLowerCase()))
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={
        <div className="dataset-list">
          {datasets.length >= FILTER_FROM && (
            <input
              className="text-field"
              autoFocus
              placeholder="Find a dataset"
              aria-label="Find a dataset"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          )}
          <ul>
            {found.slice(0, LINES_MAX).map((dataset) => (
              <li key={dataset.id}>
                <button
                  type="button"
                  className="menu-line"
                  aria-current={dataset.id === current?.id}
                  disabled={dataset.state !== 'ready'}
                  onClick={() => {
                    setOpen(false)
                    onChoose(dataset.id)
                  }}
                >
                  {dataset.state === 'failed' ? <ErrorIcon size={13} className="bad" /> : <Database size={13} />}
                  <span className="clip grow" title={dataset.file}>
                    <span className="med">{dataset.name}</span> <span className="t3 sm">{folderOf(dataset.file)}</span>
                  </span>
                  <span className="t3 sm nowrap">{note(dataset)}</span>
                </button>
              </li>
            ))}
          </ul>
          {found.length > LINES_MAX && (
            <p className="t3 sm field-note">
              {LINES_MAX} of {formatNoun(found.length, 'dataset')} shown
            </p>
          )}
        </div>
      }
    >
      <Action
        quiet
        icon={<Database size={13} />}
        endIcon={<CaretDown size={11} />}
        title={current ? `Dataset: ${current.file}` : 'Choose a dataset'}
        className="dataset-picker"
      >
        <span className="clip">{current?.name ?? 'Choose a dataset'}</span>
      </Action>
    </Layer>
  )
}
