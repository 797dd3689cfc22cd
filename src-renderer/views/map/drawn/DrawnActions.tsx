import { useState } from 'react'
import { Dialog, Menu, MenuDivider, MenuItem } from '@blueprintjs/core'
import { CaretDown, Export, Import, Redo, Undo } from '@blueprintjs/icons'
import type { DrawnMap } from '#contract/maps'
import { mapIcons, type MapFormat } from '#contract/values'
import { FailureLine } from '../../../backend/FailureLine.tsx'
import { useCommand } from '../../../backend/query.ts'
import type { Scene } from '../../../graph/scene.ts'
import { chooseFiles } from '../../../state/chooseFiles.ts'
import { rememberExport } from '../../../state/ownExports.ts'
import { Action } from '../../../ui/Action.tsx'
import { Layer } from '../../../ui/Layer.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { iconName } from './iconName.ts'
import { useSavePicture, type Picture } from '../useSavePicture.ts'

type DrawnActionsProps = {
  hunt: string
  map: DrawnMap
  scene: Scene
  view: 'map' | 'table'
  onView: (view: 'map' | 'table') => void
  onRename: (name: string) => void
  onUndo: () => void
  onRedo: () => void
}

/** Name, undo and the ways in and out of a drawn map. */
export function DrawnActions({ hunt, map, scene, view, onView, onRename, onUndo, onRedo }: DrawnActionsProps) {
  const name = useDraft(map.name, (next) => next !== '' && onRename(next))
  const save = useSavePicture(hunt)
  const write = useCommand('maps.export')
  const [importing, setImporting] = useState(false)
  const used = mapIcons
    .map((icon) => ({ icon, count: scene.nodes.filter((node) => node.icon === icon).length }))
    .filter(({ count }) => count > 0)
  const picture: Picture = {
    ...{
      scene,
      title: map.name,
      note: [map.description.split('\n')[0], `${formatNoun(map.nodes, 'node')}, ${formatNoun(map.links, 'link')}`]
        .filter(Boolean)
        .join(' · '),
    },
    legend: used.map(({ icon, count }) => ({ icon, text: `${iconName(icon)} (${count})` })),
  }
  const file = (format: MapFormat) =>
    write.mutate({ id: map.id, format }, { onSuccess: ({ jobId }) => rememberExport(jobId) })
  return (
    <>
      <input
        className="text-field map-name"
        aria-label="Name of the map"
        value={name.text}
        maxLength={200}
        onChange={(event) => name.type(event.target.value)}
        onBlur={name.keep}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          name.keep()
          event.currentTarget.blur()
        }}
      />
      {save.failed && <span className="tone-warn sm clip">{save.failed}</span>}
      <FailureLine failure={write.error} />
      <Segmented
        label="Map and table"
        options={[
          { value: 'map', label: 'Map' },
          { value: 'table', label: 'Table' },
        ]}
        value={view}
        onChange={onView}
      />
      <Action
        quiet
        icon={<Undo size={14} />}
        label={map.undo === null ? 'Undo' : `Undo: ${map.undo} (Ctrl Z)`}
        disabled={map.undo === null}
        onClick={onUndo}
      />
      <Action
        quiet
        icon={<Redo size={14} />}
        label={map.redo === null ? 'Redo' : `Redo: ${map.redo} (Ctrl Shift Z)`}
        disabled={map.redo === null}
        onClick={onRedo}
      />
      <Layer
        content={
          <Menu aria-label="Export and import">
            <MenuItem text="Picture (PNG)" onClick={() => save.run('png', picture)} />
            <MenuItem text="Drawing (SVG)" onClick={() => save.run('svg', picture)} />
            <MenuItem text="GraphML" onClick={() => file('graphml')} />
            <MenuItem text="GraphML for yEd" onClick={() => file('graphml-yed')} />
            <MenuItem text="Links (CSV)" onClick={() => file('csv-edges')} />
            <MenuItem text="Nodes (CSV)" onClick={() => file('csv-nodes')} />
            <MenuDivider />
            <MenuItem icon={<Import size={14} />} text="Import links (CSV)" onClick={() => setImporting(true)} />
          </Menu>
        }
      >
        <Action icon={<Export size={14} />} endIcon={<CaretDown size={11} />} busy={save.busy || write.isPending}>
          Export
        </Action>
      </Layer>
      {importing && <ImportLinks map={map} onClose={() => setImporting(false)} />}
    </>
  )
}

function ImportLinks({ map, onClose }: { map: DrawnMap; onClose: () => void }) {
  const [csv, setCsv] = useState('')
  const read = useCommand('maps.importEdges')
  const below = Math.max(0, ...map.document.elements.map((element) => ('y' in element ? element.y : 0))) + 120
  const { data } = read
  return (
    <Dialog isOpen onClose={onClose} className="dialog" aria-label="Import links" transitionDuration={80}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault()
          read.mutate({ id: map.id, csv, y: below })
        }}
      >
        <h2>Import links</h2>
        <p className="t2 state-text">
          CSV with the columns source and target; label, count, bytes, source_type and target_type are taken where they
          are there.
        </p>
        <textarea
          className="text-field mono map-links-text"
          aria-label="Links as CSV"
          rows={8}
          autoFocus
          placeholder={'source,target,label\n10.0.1.6,192.168.0.4,8443'}
          value={csv}
          onChange={(event) => setCsv(event.target.value)}
        />
        <div>
          <Action onClick={() => void chooseFiles().then(([chosen]) => chosen?.file.text().then(setCsv))}>
            Choose a CSV file
          </Action>
        </div>
        <FailureLine failure={read.error} />
        {data && (
          <p role="status" className="t2">
            {formatNoun(data.nodes, 'node')} and {formatNoun(data.links, 'link')} added
            {data.refusedTotal > 0 &&
              `; ${formatNoun(data.refusedTotal, 'line')} not taken, first: line ${data.refused[0]?.line}, ${data.refused[0]?.reason}`}
          </p>
        )}
        <div className="dialog-actions">
          <Action onClick={onClose}>Close</Action>
          <Action primary type="submit" disabled={csv.trim() === ''} busy={read.isPending}>
            Import links
          </Action>
        </div>
      </form>
    </Dialog>
  )
}
