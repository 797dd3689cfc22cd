import type { MouseEvent } from 'react'

/** The cell under the mouse; row -1 is the header. */
export function spotOf(event: MouseEvent): { row: number; at: number } | undefined {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null
  const line = cell?.closest<HTMLElement>('[data-row]')
  return cell ? { row: Number(line?.dataset['row'] ?? -1), at: Number(cell.dataset['at']) } : undefined
}
