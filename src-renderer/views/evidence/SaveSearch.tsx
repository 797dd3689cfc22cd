import { useState } from 'react'
import { FloppyDisk } from '@blueprintjs/icons'
import { FailureLine } from '../../backend/FailureLine.tsx'
import { useCommand } from '../../backend/query.ts'
import { useCommands } from '../../state/commands.ts'
import { setParams, useParam } from '../../state/route.ts'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { useZone } from '../../ui/appearance.ts'
import type { SearchView } from './searchView.ts'
import { timeText } from './timeText.ts'

type SaveSearchProps = {
  hunt: string
  /** The view on screen. */
  view: () => SearchView
  /** null: the view is of every dataset of the hunt. */
  datasetName: string | null
}

/** Keeps the view on screen under a name: Ctrl+S. */
export function SaveSearch({ hunt, view, datasetName }: SaveSearchProps) {
  const [open, setOpen] = useState(false)
  useCommands([
    {
      id: 'evidence.save',
      title: 'Save this search',
      group: 'Evidence',
      keys: 'ctrl+s',
      opensField: true,
      run: () => setOpen(true),
    },
  ])
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      content={<SaveForm hunt={hunt} view={view()} datasetName={datasetName} onDone={() => setOpen(false)} />}
    >
      <Action quiet icon={<FloppyDisk size={14} />} title="Save this search (Ctrl S)" className="save-search">
        Save
      </Action>
    </Layer>
  )
}

type SaveFormProps = { hunt: string; view: SearchView; datasetName: string | null; onDone: () => void }

function SaveForm({ hunt, view, datasetName, onDone }: SaveFormProps) {
  const zone = useZone()
  const [opened] = useParam('search')
  const [name, setName] = useState('')
  const [every, setEvery] = useState(view.datasetId === null)
  const create = useCommand('searches.create')
  const update = useCommand('searches.update')
  const failure = create.error ?? update.error
  const kept: SearchView = every ? { ...view, datasetId: null, columns: null, sort: null } : view
  const done = (id: string) => {
    setParams({ search: id })
    onDone()
  }
  return (
    <form
      className="save-form"
      aria-label="Save this search"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '')
          create.mutate({ huntId: hunt, name: name.trim(), ...kept }, { onSuccess: ({ id }) => done(id) })
      }}
    >
      <label className="field">
        <span className="t2 sm">Name of the search</span>
        <input
          className="text-field"
          value={name}
          maxLength={200}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {datasetName !== null && (
        <label className="check-line">
          <input type="checkbox" checked={every} onChange={(event) => setEvery(event.target.checked)} />
          <span>Search every dataset of the hunt, not only {datasetName}</span>
        </label>
      )}
      <p className="t3 sm">
        Keeps the query{every ? '' : ', columns and order'}, the time range ({timeText(view, zone)}) and the zone.
      </p>
      <FailureLine failure={failure} />
      <div className="dialog-actions">
        {opened !== null && (
          <Action
            busy={update.isPending}
            onClick={() => update.mutate({ id: opened, ...kept }, { onSuccess: ({ id }) => done(id) })}
          >
            Update the opened search
          </Action>
        )}
        <Action primary type="submit" disabled={name.trim() === ''} busy={create.isPending}>
          Save search
        </Action>
      </div>
    </form>
  )
}
