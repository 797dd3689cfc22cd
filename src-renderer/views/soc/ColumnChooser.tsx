import { Menu, MenuItem } from '@blueprintjs/core'
import { Blank, ListColumns, Tick } from '@blueprintjs/icons'
import type { PanelColumn } from '#contract/soc'
import { Action } from '../../ui/Action.tsx'
import { Layer } from '../../ui/Layer.tsx'
import { formatNoun } from '../../ui/formatNumber.ts'

/** Which columns of a table are shown; the button says of how many. `onHidden(null)`: as many as there is room for. */
export function ColumnChooser({
  columns,
  hidden,
  onHidden,
}: {
  columns: readonly PanelColumn[]
  hidden: readonly string[]
  onHidden: (hidden: readonly string[] | null) => void
}) {
  const shown = columns.length - hidden.length
  const toggle = (name: string) => {
    if (hidden.includes(name)) onHidden(hidden.filter((one) => one !== name))
    else if (shown > 1) onHidden([...hidden, name])
  }
  return (
    <Layer
      placement="bottom-end"
      content={
        <Menu aria-label="Columns to show" className="soc-columns">
          {columns.map(({ name, title }) => (
            <MenuItem
              key={name}
              text={title}
              icon={hidden.includes(name) ? <Blank size={13} /> : <Tick size={13} />}
              shouldDismissPopover={false}
              onClick={() => toggle(name)}
            />
          ))}
          <MenuItem
            text="Show all"
            icon={<Blank size={13} />}
            disabled={hidden.length === 0}
            onClick={() => onHidden([])}
          />
          <MenuItem text="As many as there is room for" icon={<Blank size={13} />} onClick={() => onHidden(null)} />
        </Menu>
      }
    >
      <Action quiet icon={<ListColumns size={13} />} title="Choose columns">
        {hidden.length === 0 ? formatNoun(shown, 'column') : `${shown} of ${formatNoun(columns.length, 'column')}`}
      </Action>
    </Layer>
  )
}
