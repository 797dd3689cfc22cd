import { hasHidden, visibleParts } from './visibleText.ts'

/** No glyph of the grid's fonts is narrower than this: more characters than fit the cell are not laid out. */
const NARROWEST_PX = 2.5

type CellTextProps = {
  text: string
  /** Of the cell, in px: what cannot be seen anyway is not drawn. */
  width?: number
  /** At which end it may be cut. */
  cut?: 'start' | 'end'
}

/** Text of evidence: data, never markup, never a link; what could hide or reorder is named. */
export function CellText({ text, width, cut: from = 'end' }: CellTextProps) {
  const fits = width === undefined ? text.length : Math.ceil(width / NARROWEST_PX) + 8
  const cut = text.length > fits ? (from === 'end' ? text.slice(0, fits) : text.slice(-fits)) : text
  if (!hasHidden(cut)) return cut
  return visibleParts(cut).map((part, n) =>
    part.hidden ? (
      <span key={n} className="hidden-mark">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  )
}
