import type { DrawnGroup, DrawnLink, DrawnNode, DrawnNote } from '#contract/maps'
import type { Point } from '../../../graph/scene.ts'

// Elements as the tools make them; each has an id for good.

const fresh = (): { id: string; updatedAt: string } => ({
  id: crypto.randomUUID(),
  updatedAt: new Date().toISOString(),
})

export const newNode = (at: Point): DrawnNode => ({
  ...{ kind: 'node', ...fresh(), icon: 'host', label: 'New node', note: '', colour: 'neutral' },
  ...{ x: Math.round(at.x), y: Math.round(at.y), size: 30, groupId: null, entity: null },
})

export const newNote = (at: Point, by: string): DrawnNote => ({
  ...{ kind: 'note', ...fresh(), text: 'Note', by, colour: 'yellow', x: Math.round(at.x), y: Math.round(at.y) },
})

export const newLink = (from: string, to: string): DrawnLink => ({
  ...{ kind: 'link', ...fresh(), from, to, label: '', colour: 'neutral', dashed: false, directed: true },
  ...{ count: null, bytes: null, kinds: [], first: null, last: null },
})

export const newGroup = (): DrawnGroup => ({ kind: 'group', ...fresh(), label: 'Group', colour: 'neutral' })
