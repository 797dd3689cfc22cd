import { Checkbox, HTMLSelect } from '@blueprintjs/core'
import { Cross, Trash } from '@blueprintjs/icons'
import type { DrawnLink, DrawnNode, MapElement } from '#contract/maps'
import { mapColours, mapIcons, type MapColour } from '#contract/values'
import { link } from '../../../state/places.ts'
import { Action } from '../../../ui/Action.tsx'
import { capitalised } from '../../../ui/capitalised.ts'
import { formatNoun } from '../../../ui/formatNumber.ts'
import { useDraft } from '../../../ui/useDraft.ts'
import { alignmentNames, alignments, type Alignment } from './align.ts'
import { iconName } from './iconName.ts'
import { AddNeighbours } from './AddNeighbours.tsx'
import type { MapEdit } from './useDrawnMap.ts'

type ElementPaneProps = {
  hunt: string
  elements: readonly MapElement[]
  chosen: readonly MapElement[]
  onEdit: (edit: MapEdit) => void
  onAlign: (how: Alignment) => void
  onDelete: () => void
  onClose: () => void
}

/** What is selected, and what can be changed about it. */
export function ElementPane({ hunt, elements, chosen, onEdit, onAlign, onDelete, onClose }: ElementPaneProps) {
  const [first, second] = chosen
  if (!first) return null
  const put = (act: string, ...put: MapElement[]) => onEdit({ act, put })
  const title = second ? formatNoun(chosen.length, 'element') : first.kind === 'note' ? 'Note' : capitalised(first.kind)
  const colour = (next: MapColour) =>
    put(`Colour ${formatNoun(chosen.length, 'element')}`, ...chosen.map((element) => ({ ...element, colour: next })))
  const movable = chosen.filter(({ kind }) => kind === 'node' || kind === 'note').length
  return (
    <aside className="side-pane element-pane" aria-label={title} data-region="Selected">
      <div className="process-head">
        <h2 className="clip">{title}</h2>
        <span className="spring" />
        <Action quiet icon={<Trash size={14} />} label="Delete what is selected (Del)" onClick={onDelete} />
        <Action quiet icon={<Cross size={14} />} label="Close" onClick={onClose} />
      </div>
      <div className="process-body">
        {!second && first.kind === 'node' && (
          <NodeFields hunt={hunt} node={first} elements={elements} onEdit={onEdit} />
        )}
        {!second && first.kind === 'link' && <LinkFields one={first} put={put} />}
        {!second && first.kind === 'group' && (
          <TextField label="Label" value={first.label} onKeep={(label) => put('Rename a group', { ...first, label })} />
        )}
        {!second && first.kind === 'note' && (
          <TextField label="Text" value={first.text} long onKeep={(text) => put('Write a note', { ...first, text })} />
        )}
        <p className="field-name">Colour</p>
        <div className="paints" role="group" aria-label="Colour">
          {mapColours.map((one) => (
            <button
              key={one}
              type="button"
              className={`paint paint-${one}`}
              title={capitalised(one)}
              aria-label={capitalised(one)}
              aria-pressed={chosen.every((element) => element.colour === one)}
              onClick={() => colour(one)}
            />
          ))}
        </div>
        {movable > 1 && (
          <>
            <p className="field-name">Align</p>
            <div className="align-buttons">
              {alignments.map((how) => (
                <Action
                  key={how}
                  onClick={() => onAlign(how)}
                  disabled={(how === 'across' || how === 'down') && movable < 3}
                >
                  {alignmentNames[how]}
                </Action>
              ))}
            </div>
          </>
        )}
      </div>
    </aside>
  )
}

function TextField({
  label,
  value,
  onKeep,
  long = false,
}: {
  label: string
  value: string
  onKeep: (text: string) => void
  long?: boolean
}) {
  const draft = useDraft(value, onKeep)
  const shared = { 'aria-label': label, value: draft.text, onBlur: draft.keep }
  return (
    <label className="element-field">
      <span className="field-name">{label}</span>
      {long ? (
        <textarea
          className="text-field"
          rows={5}
          maxLength={4_000}
          {...shared}
          onChange={(event) => draft.type(event.target.value)}
        />
      ) : (
        <input
          className="text-field"
          maxLength={300}
          {...shared}
          onChange={(event) => draft.type(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            draft.keep()
          }}
        />
      )}
    </label>
  )
}

function NodeFields({
  hunt,
  node,
  elements,
  onEdit,
}: {
  hunt: string
  node: DrawnNode
  elements: readonly MapElement[]
  onEdit: (edit: MapEdit) => void
}) {
  const put = (act: string, next: DrawnNode) => onEdit({ act, put: [next] })
  const groups = elements.filter((element) => element.kind === 'group')
  return (
    <>
      <TextField label="Label" value={node.label} onKeep={(label) => put('Rename a node', { ...node, label })} />
      <TextField label="Note" value={node.note} long onKeep={(note) => put('Note on a node', { ...node, note })} />
      <label className="element-field">
        <span className="field-name">Icon</span>
        <HTMLSelect
          aria-label="Icon"
          value={node.icon}
          options={mapIcons.map((icon) => ({ value: icon, label: iconName(icon) }))}
          onChange={(event) => {
            const icon = mapIcons.find((one) => one === event.target.value)
            if (icon) put('Change an icon', { ...node, icon })
          }}
        />
      </label>
      <label className="element-field">
        <span className="field-name">Group</span>
        <HTMLSelect
          aria-label="Group"
          value={node.groupId ?? ''}
          options={[{ value: '', label: 'None' }, ...groups.map(({ id, label }) => ({ value: id, label }))]}
          onChange={(event) =>
            put('Move into a group', { ...node, groupId: event.target.value === '' ? null : event.target.value })
          }
        />
      </label>
      <label className="element-field">
        <span className="field-name">Size</span>
        <HTMLSelect
          aria-label="Size"
          value={node.size}
          options={[...new Set([20, 26, 30, 40, 54, 72, node.size])].sort((a, b) => a - b)}
          onChange={(event) => put('Resize a node', { ...node, size: Number(event.target.value) })}
        />
      </label>
      {node.entity !== null && (
        <p className="element-links">
          <a href={`#${link.network(hunt, { focus: node.entity })}`}>Facts in the network</a>
          <AddNeighbours hunt={hunt} node={node} elements={elements} onEdit={onEdit} />
        </p>
      )}
    </>
  )
}

function LinkFields({ one, put }: { one: DrawnLink; put: (act: string, ...put: MapElement[]) => void }) {
  return (
    <>
      <TextField label="Label" value={one.label} onKeep={(label) => put('Label a link', { ...one, label })} />
      <Checkbox
        label="Dashed"
        checked={one.dashed}
        onChange={() => put('Change a link', { ...one, dashed: !one.dashed })}
      />
      <Checkbox
        label="Arrow"
        checked={one.directed}
        onChange={() => put('Change a link', { ...one, directed: !one.directed })}
      />
      <Action onClick={() => put('Turn a link round', { ...one, from: one.to, to: one.from })}>Turn round</Action>
    </>
  )
}
