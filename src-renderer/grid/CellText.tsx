import { hasHidden, visibleParts } from './visibleText.ts'

/** No glyph of the grid's fonts is narrower than this: more characters than fit the cell are not laid out. */
const NARROWEST_PX = 2.5

/** Text of evidence: data, never markup, never a link; what could hide or reorder is named. `width`: of the cell, in px. */
export function CellText({ text, width }: { text: string; width?: number }) {
  const fits = width === undefined ? text.length : Math.ceil(width / NARROWEST_PX) + 8
  const cut = text.length > fits ? text.slice(0, fits) : text
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
