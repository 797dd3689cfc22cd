import type { Cell } from '#contract/soc'
import type { CellKind } from '#contract/values'
import { formatCount, formatNumber } from '../../ui/formatNumber.ts'

/** A number of a row; null where there is none or it is beyond what a number holds. */
export function num(cell: Cell | undefined): number | null {
  const value = typeof cell === 'number' ? cell : typeof cell === 'string' && cell !== '' ? Number(cell) : null
  return value !== null && Number.isFinite(value) ? value : null
}

/** A text of a row; empty where there is none. */
export const text = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : Array.isArray(cell) ? cell.join(', ') : String(cell)

export const list = (cell: Cell | undefined): string[] => (Array.isArray(cell) ? cell.map(String) : [])

/** `1,234`, `0.0012`, `18,446,744,073,709,551,615`: integers with all digits, others as far as they tell something. */
export function figureText(cell: Cell | undefined): string {
  if (typeof cell === 'string' && /^-?\d+$/.test(cell)) return cell.replace(/\B(?=(\d{3})+$)/g, ',').replace(/^-/, '−')
  if (typeof cell !== 'number') return ''
  if (Number.isInteger(cell)) return formatCount(cell)
  const size = Math.abs(cell)
  return size < 0.001 ? cell.toExponential(1).replace('-', '−') : formatNumber(cell, size < 1 ? 3 : size < 100 ? 2 : 1)
}

/** What a cell says, for export and copy; the whole value. */
export function cellText(kind: CellKind, cell: Cell | undefined): string {
  if (kind === 'campaign' && num(cell) === -1) return ''
  if (kind === 'flag') return cell === null || cell === undefined ? '' : cell === true ? 'yes' : 'no'
  return text(cell)
}
