import { useState } from 'react'
import { CaretDown } from '@blueprintjs/icons'
import type { Column } from '#contract/datasets'
import { Layer } from '../../ui/Layer.tsx'
import { columnTitle } from './datasetColumns.ts'
import { FieldChooser } from './FieldChooser.tsx'

type ColourPickerProps = {
  columns: readonly Column[]
  coloured: Column | undefined
  onChoose: (column: Column | null) => void
}

/** Which column colours the bars; none is one of the choices. */
export function ColourPicker({ columns, coloured, onChoose }: ColourPickerProps) {
  const [open, setOpen] = useState(false)
  const choose = (column: Column | null) => {
    setOpen(false)
    onChoose(column)
  }
  return (
    <Layer
      isOpen={open}
      onInteraction={setOpen}
      placement="bottom-start"
      content={
        <div>
          <FieldChooser label="Column that colours the bars" columns={columns} onChoose={choose} />
          <div className="field-actions">
            <button type="button" className="link-button sm" onClick={() => choose(null)}>
              One colour for all rows
            </button>
          </div>
        </div>
      }
      renderTarget={({ isOpen, ref, ...target }) => (
        <button
          {...target}
          ref={ref}
          type="button"
          className="link-button colour-button nowrap"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          title="Choose the column that colours the bars"
        >
          {coloured ? `by ${columnTitle(coloured)}` : 'Colour by'}
          <CaretDown size={10} />
        </button>
      )}
    />
  )
}
