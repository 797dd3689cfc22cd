import type { MapColour, MapIcon } from '#contract/values'

/** What a picture of a graph is made of, whoever placed it. Pixels at 100 %; x and y are the middle of a node. */
export type SceneNode = {
  id: string
  label: string
  /** Second line, smaller. */
  detail: string
  icon: MapIcon
  x: number
  y: number
  size: number
  colour: MapColour
  /** A ring around it: alerts or a verdict. */
  ring: 'alert' | 'malicious' | 'suspicious' | null
  /** It stands for many. */
  stack: boolean
  groupId: string | null
  /** Which labels are drawn first where there is no room for all. */
  weight: number
  dim: boolean
}
export type SceneEdge = {
  id: string
  from: string
  to: string
  width: number
  label: string
  /** The label is drawn without being asked for. */
  strong: boolean
  colour: MapColour
  alert: boolean
  dashed: boolean
  directed: boolean
  dim: boolean
}
export type SceneGroup = { id: string; label: string; colour: MapColour }
export type SceneNote = { id: string; text: string; by: string; x: number; y: number; colour: MapColour }
export type Scene = { nodes: SceneNode[]; edges: SceneEdge[]; groups: SceneGroup[]; notes: SceneNote[] }

export type Point = { x: number; y: number }

export const NOTE_WIDTH = 214
/** Lines of a note and how wide they are, as canvas and file draw it. */
export const NOTE_LINE = 15
const NOTE_CHARACTERS = 30

/** Breaks the text of a note into lines of the note's width. */
export function noteLines({ text, by }: Pick<SceneNote, 'text' | 'by'>): string[] {
  const lines = text.split('\n').flatMap((paragraph) => {
    const broken: string[] = []
    let line = ''
    for (const word of paragraph.split(' ').flatMap((whole) => whole.match(/.{1,30}/gsu) ?? [''])) {
      if (line !== '' && line.length + word.length >= NOTE_CHARACTERS) {
        broken.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    return [...broken, line]
  })
  return by === '' ? lines : [...lines, by]
}

export const noteHeight = (note: Pick<SceneNote, 'text' | 'by'>): number => noteLines(note).length * NOTE_LINE + 16

/** Space around the nodes of a group. */
export const GROUP_PADDING = 22

export type Box = { x1: number; y1: number; x2: number; y2: number }

/** Half of what a node takes across, with its label. */
const halfWidth = ({ size, label, detail }: SceneNode): number =>
  Math.max(size / 2, label.length * 3.1, detail.length * 3.1)

/** The box of a group around its nodes; null: it has none. */
export function groupBox(group: SceneGroup, nodes: readonly SceneNode[]): Box | null {
  const own = nodes.filter(({ groupId }) => groupId === group.id)
  return own.length === 0
    ? null
    : {
        x1: Math.min(...own.map((node) => node.x - halfWidth(node))) - GROUP_PADDING,
        y1: Math.min(...own.map(({ y, size }) => y - size / 2)) - GROUP_PADDING,
        x2: Math.max(...own.map((node) => node.x + halfWidth(node))) + GROUP_PADDING,
        y2: Math.max(...own.map(({ y, size, detail }) => y + size / 2 + (detail === '' ? 14 : 27))) + GROUP_PADDING,
      }
}

/** The box around everything that is drawn. */
export function sceneBox({ nodes, notes, groups }: Scene): Box {
  const boxes: Box[] = [
    ...nodes.map((node) => {
      const { x, y, size } = node
      const half = halfWidth(node)
      return { x1: x - half, x2: x + half, y1: y - size / 2, y2: y + size / 2 + 30 }
    }),
    ...notes.map((note) => ({
      x1: note.x - NOTE_WIDTH / 2,
      x2: note.x + NOTE_WIDTH / 2,
      y1: note.y - noteHeight(note) / 2,
      y2: note.y + noteHeight(note) / 2,
    })),
    ...groups.flatMap((group) => groupBox(group, nodes) ?? []).map((box) => ({ ...box, y1: box.y1 - 18 })),
  ]
  if (boxes.length === 0) return { x1: 0, y1: 0, x2: 400, y2: 300 }
  return boxes.reduce((a, b) => ({
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
    x2: Math.max(a.x2, b.x2),
    y2: Math.max(a.y2, b.y2),
  }))
}
