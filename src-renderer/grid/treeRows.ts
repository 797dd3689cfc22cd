import type { GridData } from './gridData.ts'

/** Makes a grid a tree: rows know how deep they stand and whether their children follow. */
export type GridTree<R> = {
  depthOf(row: R): number
  /** null: there is nothing below it. */
  expandedOf(row: R): boolean | null
  /** Opens or closes the branch of a row. */
  onToggle(index: number, row: R): void
}

/** What a key does in a tree; undefined: nothing. */
export type TreeStep = { toggle: true } | { to: number } | undefined

/** Rows looked through for a parent: those that are here; a parent further up is reached in steps. */
const LOOKED_AT = 2_000

/** Right opens and goes in, Left closes and goes out, as in every tree. */
export function treeKey<R>(key: string, index: number, data: GridData<R>, tree: GridTree<R>): TreeStep {
  const row = data.rowAt(index)
  if (row === undefined || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return undefined
  const expanded = tree.expandedOf(row)
  if (key === 'ArrowRight') {
    if (expanded === false) return { toggle: true }
    return expanded ? { to: Math.min(index + 1, data.total - 1) } : { to: index }
  }
  if (expanded) return { toggle: true }
  const depth = tree.depthOf(row)
  for (let up = index - 1; up >= 0 && up > index - LOOKED_AT; up--) {
    const above = data.rowAt(up)
    if (above === undefined) return { to: up }
    if (tree.depthOf(above) < depth) return { to: up }
  }
  return { to: index }
}
