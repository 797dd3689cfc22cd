import type { DrawnLink, DrawnNode, MapDocument } from '#contract/maps'
import type { MapColour } from '#contract/values'
import { escaped } from './html.ts'
import { printable } from './printable.ts'

/** Around the outermost elements, in pixels of the map. */
const MARGIN = 24
/** What a letter of a label is wide, about, and how far groups reach around their nodes. */
const [LETTER, AROUND] = [6, 44]
const LABEL_MAX = 60
/** Lines of a note and letters in each, so that a long one does not make everything else small. */
const [NOTE_LINES, NOTE_LETTERS, LINE] = [4, 30, 14]
const INK = '#333333'
/** On white paper. */
const STROKES: Record<MapColour, string> = {
  neutral: INK,
  red: '#b3122c',
  orange: '#b85a00',
  yellow: '#8f7400',
  green: '#1e7d4f',
  blue: '#1f5fbf',
  violet: '#7a3fa8',
}

/** A saved map as an SVG of its own, as the investigator placed it; null: nothing is drawn on it. */
export function mapPicture({ elements }: MapDocument): string | null {
  const nodes = new Map(elements.flatMap((one) => (one.kind === 'node' ? [[one.id, one] as const] : [])))
  const notes = elements.flatMap((one) => (one.kind === 'note' ? [one] : []))
  const placed = [...nodes.values(), ...notes]
  if (placed.length === 0) return null
  const boxes = placed.map(boxOf)
  const [left, top] = [
    Math.min(...boxes.map((box) => box[0])) - MARGIN,
    Math.min(...boxes.map((box) => box[1])) - MARGIN,
  ]
  const width = Math.max(...boxes.map((box) => box[2])) + MARGIN - left
  const height = Math.max(...boxes.map((box) => box[3])) + MARGIN - top
  const links = elements.flatMap((one) => (one.kind === 'link' ? [linkShape(one, nodes)] : []))
  const groups = elements.flatMap((one) =>
    one.kind === 'group'
      ? [
          groupShape(
            one.label,
            one.colour,
            [...nodes.values()].filter(({ groupId }) => groupId === one.id),
          ),
        ]
      : [],
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="${round(left)} ${round(top)} ${round(width)} ${round(height)}">`,
    ...groups,
    ...links,
    ...[...nodes.values()].map(nodeShape),
    ...notes.map(
      ({ x, y, text, colour }) =>
        `<rect x="${round(x)}" y="${round(y)}" width="3" height="${noteLines(text).length * LINE + 2}" fill="${STROKES[colour]}"/>${noteLines(
          text,
        )
          .map((line, n) => label(x + 8, y + 12 + n * LINE, line, 'start'))
          .join('')}`,
    ),
    '</svg>',
  ].join('')
}

/** Left, top, right and bottom of a node or note with its text. */
function boxOf(
  one: DrawnNode | Extract<MapDocument['elements'][number], { kind: 'note' }>,
): [number, number, number, number] {
  const { x, y } = one
  if (one.kind === 'note') {
    const lines = noteLines(one.text)
    return [
      x,
      y,
      x + 8 + Math.max(...lines.map(({ length }) => Math.min(length, LABEL_MAX)), 1) * LETTER,
      y + lines.length * LINE + 2,
    ]
  }
  const half = one.size / 2
  const [beside, around] = [(cut(one.label).length * LETTER) / 2, one.groupId === null ? half : AROUND]
  return [
    x - Math.max(around, beside),
    y - around - (one.groupId === null ? 0 : 12),
    x + Math.max(around, beside),
    y + around + 18,
  ]
}

function nodeShape({ x, y, size, colour, icon, label: name }: DrawnNode): string {
  const [stroke, half] = [STROKES[colour], size / 2]
  const look = `fill="#f3f5f7" stroke="${stroke}" stroke-width="1.6"`
  const shape =
    icon === 'host'
      ? `<rect x="${round(x - half)}" y="${round(y - half)}" width="${round(size)}" height="${round(size)}" rx="3" ${look}/>`
      : icon === 'domain'
        ? `<path d="M${round(x)} ${round(y - half)}L${round(x + half)} ${round(y)} ${round(x)} ${round(y + half)} ${round(x - half)} ${round(y)}z" ${look}/>`
        : `<circle cx="${round(x)}" cy="${round(y)}" r="${round(half)}" ${look}/>`
  return shape + label(x, y + half + 13, name, 'middle')
}

function linkShape(link: DrawnLink, nodes: ReadonlyMap<string, DrawnNode>): string {
  const [from, to] = [nodes.get(link.from), nodes.get(link.to)]
  if (!from || !to || from === to) return ''
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const [ux, uy] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const [x1, y1] = [from.x + (ux * from.size) / 2, from.y + (uy * from.size) / 2]
  const [x2, y2] = [to.x - ux * (to.size / 2 + 2), to.y - uy * (to.size / 2 + 2)]
  const stroke = STROKES[link.colour]
  const line = `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="1.4"${link.dashed ? ' stroke-dasharray="5 4"' : ''}/>`
  const head = link.directed
    ? `<path d="M${round(x2)} ${round(y2)}L${round(x2 - ux * 8 - uy * 4)} ${round(y2 - uy * 8 + ux * 4)} ${round(x2 - ux * 8 + uy * 4)} ${round(y2 - uy * 8 - ux * 4)}z" fill="${stroke}"/>`
    : ''
  const says = link.label !== '' ? link.label : link.count === null ? '' : link.count.toLocaleString('en-US')
  return line + head + (says === '' ? '' : label((x1 + x2) / 2, (y1 + y2) / 2 - 4, says, 'middle'))
}

function groupShape(name: string, colour: MapColour, members: readonly DrawnNode[]): string {
  if (members.length === 0) return ''
  const [xs, ys] = [members.map(({ x }) => x), members.map(({ y }) => y)]
  const [x, y] = [Math.min(...xs) - 36, Math.min(...ys) - 36]
  const [width, height] = [Math.max(...xs) + 36 - x, Math.max(...ys) + 44 - y]
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" fill="none" stroke="${STROKES[colour]}" stroke-dasharray="6 4"/>${label(x + 6, y - 4, name, 'start')}`
}

const label = (x: number, y: number, text: string, anchor: 'start' | 'middle'): string =>
  text === ''
    ? ''
    : `<rect x="${round(anchor === 'start' ? x - 1 : x - (cut(text).length * LETTER) / 2)}" y="${round(y - 9)}" width="${round(cut(text).length * LETTER)}" height="12" fill="#ffffff" fill-opacity="0.8"/><text x="${round(x)}" y="${round(y)}" font-family="Roboto, sans-serif" font-size="11" fill="${INK}" text-anchor="${anchor}">${escaped(printable(cut(text)))}</text>`

/** A note in lines that break between words; what is left out is shown as such. */
function noteLines(text: string): string[] {
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? ''
    if (last === '' || last.length + word.length < NOTE_LETTERS) lines[lines.length - 1] = `${last} ${word}`.trim()
    else lines.push(word)
  }
  return lines.length <= NOTE_LINES ? lines : [...lines.slice(0, NOTE_LINES - 1), `${lines[NOTE_LINES - 1] ?? ''}…`]
}

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > LABEL_MAX ? `${line.slice(0, LABEL_MAX)}…` : line
}
const round = (value: number): string => String(Math.round(value * 10) / 10)
