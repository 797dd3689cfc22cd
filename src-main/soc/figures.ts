import type { Cell } from '#contract/soc'

/** A number of an answer; null where there is none, or it is beyond what a number holds. */
export function num(cell: Cell | undefined): number | null {
  const value = typeof cell === 'number' ? cell : typeof cell === 'string' && cell !== '' ? Number(cell) : null
  return value !== null && Number.isFinite(value) ? value : null
}
