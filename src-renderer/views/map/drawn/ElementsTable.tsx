import { useMemo, useState } from 'react'
import type { MapElement } from '#contract/maps'
import { Grid } from '../../../grid/Grid.tsx'
import type { GridColumn } from '../../../grid/gridColumn.ts'
import { arrayRows } from '../../../grid/gridData.ts'
import { NOTHING_SELECTED, selectedRows, type GridSelection } from '../../../grid/gridSelection.ts'
import { linkText } from './drawnScene.ts'

type Line = {
  id: string
  kind: string
  label: string
  from: string
  to: string
  group: string
  colour: string
  note: string
}

const columns: GridColumn<Line>[] = [
  { id: 'kind', title: 'What', width: 100, pinned: true, render: ({ kind }) => kind },
  { id: 'label', title: 'Label', width: 240, render: ({ label }) => label },
  { id: 'from', title: 'From', width: 180, render: ({ from }) => from },
  { id: 'to', title: 'To', width: 180, render: ({ to }) => to },
  { id: 'group', title: 'Group', width: 150, render: ({ group }) => group },
  { id: 'colour', title: 'Colour', width: 90, render: ({ colour }) => (colour === 'neutral' ? '' : colour) },
  { id: 'note', title: 'Note', width: 320, render: ({ note }) => note },
]

function linesOf(elements: readonly MapElement[]): Line[] {
  const labels = new Map(
    elements.map((element) => [element.id, element.kind === 'note' ? element.text : element.label] as const),
  )
  const named = (id: string | null): string => (id === null ? '' : (labels.get(id) ?? ''))
  return elements.map((element) => {
    const line: Line = {
      id: element.id,
      kind: element.kind,
      label: named(element.id),
      from: '',
      to: '',
      group: '',
      colour: element.colour,
      note: '',
    }
    if (element.kind === 'node')
      return { ...line, kind: element.icon, group: named(element.groupId), note: element.note }
    if (element.kind === 'link')
      return { ...line, label: linkText(element), from: named(element.from), to: named(element.to) }
    return element.kind === 'note' ? { ...line, note: element.by } : line
  })
}

/** The table twin of a drawn map; what is selected here is changed in the pane, as on the picture. */
export function ElementsTable({
  elements,
  onSelect,
}: {
  elements: readonly MapElement[]
  onSelect: (ids: string[]) => void
}) {
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED)
  const lines = useMemo(() => linesOf(elements), [elements])
  return (
    <div className="processes-grid">
      <Grid
        label="Elements of the map"
        columns={columns}
        data={arrayRows(lines)}
        selection={selection}
        onSelection={(next) => {
          setSelection(next)
          onSelect(selectedRows(next).flatMap(([first, last]) => lines.slice(first, last + 1).map(({ id }) => id)))
        }}
        empty={<p className="t2 choice-none">Nothing is drawn yet</p>}
      />
    </div>
  )
}
