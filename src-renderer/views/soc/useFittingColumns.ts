import { useLayoutEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { PanelColumn } from '#contract/soc'
import { useWidth } from '../../ui/useWidth.ts'
import type { Row } from './usePanel.ts'

/** A table of fewer columns says too little: it scrolls sideways instead. */
const LEAST = 2
/** Room for the word that shows the other columns, in px. */
const MORE = 72

type Measured = { columns: readonly PanelColumn[]; rows: readonly Row[]; width: number; fit: number }

/**
 * How many columns of a table there is room for. They stand in the order of what they tell, so the last ones give way; all are
 * drawn once to be measured, before anything is seen.
 */
export function useFittingColumns(
  box: RefObject<HTMLElement | null>,
  columns: readonly PanelColumn[],
  rows: readonly Row[],
): number {
  const width = useWidth(box)
  const [measured, setMeasured] = useState<Measured | null>(null)
  const known = measured?.columns === columns && measured.rows === rows && measured.width === width ? measured : null
  useLayoutEffect(() => {
    const { current } = box
    if (known || !current || width === 0) return
    // Their headers are sticky: offsets would be those from the page.
    const start = current.getBoundingClientRect().left - current.scrollLeft
    const ends = [...current.querySelectorAll('thead th')].map((cell) => cell.getBoundingClientRect().right - start)
    const whole = (ends.at(-1) ?? 0) <= width + 1
    const room = ends.filter((end) => end <= width - MORE).length
    // oxlint-disable-next-line react/set-state-in-effect -- what is drawn is measured before it is seen; nothing else tells its widths
    setMeasured({ columns, rows, width, fit: whole ? columns.length : Math.max(LEAST, room) })
  }, [box, columns, rows, width, known])
  return known?.fit ?? columns.length
}
