import { expect, it } from 'vitest'
import { arrayRows } from './gridData.ts'
import { treeKey, type GridTree } from './treeRows.ts'

type Row = { depth: number; open: boolean | null }
const tree: GridTree<Row> = {
  depthOf: ({ depth }) => depth,
  expandedOf: ({ open }) => open,
  onToggle: () => undefined,
}
const data = arrayRows<Row>([
  { depth: 0, open: true },
  { depth: 1, open: false },
  { depth: 1, open: true },
  { depth: 2, open: null },
])

it('Right opens a closed branch and goes into an open one', () => {
  expect(treeKey('ArrowRight', 1, data, tree)).toEqual({ toggle: true })
  expect(treeKey('ArrowRight', 0, data, tree)).toEqual({ to: 1 })
  expect(treeKey('ArrowRight', 3, data, tree)).toEqual({ to: 3 })
})

it('Left closes an open branch and goes out to the parent of others', () => {
  expect(treeKey('ArrowLeft', 2, data, tree)).toEqual({ toggle: true })
  expect(treeKey('ArrowLeft', 3, data, tree)).toEqual({ to: 2 })
  expect(treeKey('ArrowLeft', 1, data, tree)).toEqual({ to: 0 })
  expect(treeKey('Enter', 1, data, tree)).toBeUndefined()
})
