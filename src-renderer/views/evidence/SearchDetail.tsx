import { Cross, Trash } from '@blueprintjs/icons'
import type { Search } from '#contract/searches'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCall, useCommand } from '../../backend/query.ts'
import { Action } from '../../ui/Action.tsx'
import { useUndo } from '../../ui/Undo.tsx'
import { useZone } from '../../ui/appearance.ts'
import { useDraft } from '../../ui/useDraft.ts'
import { formatCount, formatNoun } from '../../ui/formatNumber.ts'
import { targetText } from './searchView.ts'
import { timeText } from './timeText.ts'

type SearchDetailProps = { search: Search; onOpen: () => void; onClose: () => void }

/** One saved search: what it keeps, what it finds in each dataset; renamed, opened and deleted here. */
export function SearchDetail({ search, onOpen, onClose }: SearchDetailProps) {
  const zone = useZone()
  const undo = useUndo()
  const { data: run, error } = useCall('searches.run', { id: search.id })
  const update = useCommand('searches.update')
  const remove = useCommand('searches.delete')
  const create = useCommand('searches.create')
  const rename = useDraft(search.name, (name) => name !== '' && update.mutate({ id: search.id, name }))
  const { columns, sort } = search
  const drop = () =>
    remove.mutate(
      { id: search.id },
      {
        onSuccess: ({ id: _id, datasetName: _name, createdAt: _made, updatedAt: _changed, ...draft }) => {
          onClose()
          undo.offer(`${draft.name} deleted`, () => create.mutate(draft))
        },
      },
    )
  return (
    <aside
      className="side-pane record search-detail"
      aria-label={`Saved search ${search.name}`}
      data-region="Saved search"
    >
      <div className="record-head">
        <input
          className="text-field grow"
          aria-label="Name of the search"
          value={rename.text}
          maxLength={200}
          onChange={(event) => rename.type(event.target.value)}
          onBlur={rename.keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') rename.keep()
            else if (event.key === 'Escape') rename.drop()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        <Action quiet icon={<Cross size={14} />} label="Close the saved search" onClick={onClose} />
      </div>
      <div className="record-body">
        <dl className="search-facts">
          <dt className="t2">Rows now</dt>
          <dd className="num med">{error ? 'not known' : run ? formatNoun(run.total, 'row') : 'counting'}</dd>
          <dt className="t2">Looks at</dt>
          <dd>{targetText(search)}</dd>
          <dt className="t2">Query</dt>
          <dd>{search.q === '' ? <span className="t3">every row</span> : <span className="mono">{search.q}</span>}</dd>
          <dt className="t2">Time range</dt>
          <dd>{timeText(search, zone)}</dd>
          <dt className="t2">Columns</dt>
          <dd>{columns === null ? 'as the dataset opens' : columns.map(({ name }) => name).join(', ')}</dd>
          <dt className="t2">Order</dt>
          <dd>{sort === null ? 'of the source' : `${sort.column}, ${sort.descending ? 'descending' : 'ascending'}`}</dd>
          <dt className="t2">Zone</dt>
          <dd>{search.zone === null ? 'as set' : search.zone === 'utc' ? 'UTC' : 'Local'}</dd>
        </dl>
        <div className="search-actions">
          <Action primary disabled={search.datasetId !== null && search.datasetName === null} onClick={onOpen}>
            {search.datasetId === null ? 'Open in the timeline' : 'Open the rows'}
          </Action>
          <Action icon={<Trash size={13} />} busy={remove.isPending} onClick={drop}>
            Delete
          </Action>
        </div>
        <FailureLine failure={error ?? update.error ?? remove.error ?? create.error} />
        {search.datasetId === null && run && (
          <ul className="search-datasets" aria-label="Rows now by dataset">
            {run.datasets.map(({ id, name, rows, leftOut }) => (
              <li key={id} className="line">
                <span className="clip grow">{name}</span>
                <span className="num t2">{leftOut ?? formatCount(rows)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </aside>
  )
}
