import { strokeOf, type Palette } from './palette.ts'
import {
  groupBox,
  NOTE_LINE,
  NOTE_WIDTH,
  noteHeight,
  noteLines,
  sceneBox,
  type Scene,
  type SceneNode,
} from './scene.ts'
import { shapes } from './shapes.ts'

export type SvgOptions = {
  palette: Palette
  title: string
  /** What the marks mean: beside the picture, one line each. */
  legend: readonly { icon: SceneNode['icon']; text: string }[]
  /** Last line: source, time, what was left out. */
  note: string
}

const MARGIN = 40
const LEGEND_LINE = 20
const HEAD = 34
const FONT = 'Inter, system-ui, Segoe UI, sans-serif'

/** What XML 1.0 cannot hold becomes a mark; nothing of a text is markup. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
const num = (value: number): string => String(Math.round(value * 10) / 10)

/** A scene as one SVG file with title and legend, in the colours given. */
export function graphSvg(
  scene: Scene,
  { palette, title, legend, note }: SvgOptions,
): { svg: string; width: number; height: number } {
  const box = sceneBox(scene)
  const width = Math.max(520, box.x2 - box.x1 + 2 * MARGIN)
  const foot = legend.length * LEGEND_LINE + 44
  const height = box.y2 - box.y1 + 2 * MARGIN + HEAD + foot
  const [dx, dy] = [(width - (box.x2 - box.x1)) / 2 - box.x1, MARGIN + HEAD - box.y1]
  const at = new Map(scene.nodes.map((node) => [node.id, node] as const))
  const parts = [
    ...scene.groups.flatMap((group) => {
      const around = groupBox(group, scene.nodes)
      if (!around) return []
      const tone = palette.tone(group.colour)
      return [
        `<rect x="${num(around.x1)}" y="${num(around.y1)}" width="${num(around.x2 - around.x1)}" height="${num(around.y2 - around.y1)}" rx="4" fill="${palette.soft(group.colour)}" fill-opacity=".35" stroke="${tone}" stroke-dasharray="5 4"/>`,
        `<text x="${num((around.x1 + around.x2) / 2)}" y="${num(around.y1 - 6)}" fill="${tone}" font-size="12" font-weight="600" text-anchor="middle">${xml(group.label)}</text>`,
      ]
    }),
    ...scene.edges.flatMap((edge) => lineOf(edge, at, palette)),
    ...scene.edges.flatMap((edge) => labelOf(edge, at, palette)),
    ...scene.nodes.map((one) => nodeSvg(one, palette)),
    ...scene.notes.map((one) => {
      const [high, left] = [noteHeight(one), one.x - NOTE_WIDTH / 2]
      const lines = noteLines(one).map(
        (line, n) =>
          `<tspan x="${num(left + 12)}" y="${num(one.y - high / 2 + 19 + n * NOTE_LINE)}">${xml(line)}</tspan>`,
      )
      return `<rect x="${num(left)}" y="${num(one.y - high / 2)}" width="${NOTE_WIDTH}" height="${high}" fill="${palette.soft(one.colour)}"/><rect x="${num(left)}" y="${num(one.y - high / 2)}" width="3" height="${high}" fill="${palette.tone(one.colour)}"/><text font-size="12" fill="${palette.text}">${lines.join('')}</text>`
    }),
  ]
  const foots = legend.map(({ icon, text }, n) => {
    const y = height - foot + 22 + n * LEGEND_LINE
    return `${nodeSvg({ ...BARE, icon, x: MARGIN + 8, y, size: 14 }, palette)}<text x="${MARGIN + 24}" y="${y + 4}" font-size="12" fill="${palette.text2}">${xml(text)}</text>`
  })
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}" font-family="${FONT}">`,
    `<title>${xml(title)}</title><rect width="100%" height="100%" fill="${palette.surface}"/>`,
    `<text x="${MARGIN}" y="32" font-size="16" font-weight="600" fill="${palette.text}">${xml(title)}</text>`,
    `<g transform="translate(${num(dx)} ${num(dy)})">${parts.join('\n')}</g>`,
    `<line x1="${MARGIN}" x2="${num(width - MARGIN)}" y1="${num(height - foot)}" y2="${num(height - foot)}" stroke="${palette.line}"/>`,
    ...foots,
    `<text x="${MARGIN}" y="${num(height - 14)}" font-size="11" fill="${palette.text2}">${xml(note)}</text></svg>`,
  ].join('\n')
  return { svg, width, height }
}

const BARE: SceneNode = {
  ...{ id: '', label: '', detail: '', icon: 'host', x: 0, y: 0, size: 14, colour: 'neutral', ring: null },
  ...{ stack: false, groupId: null, weight: 0, dim: false },
}

function lineOf(edge: Scene['edges'][number], at: ReadonlyMap<string, SceneNode>, palette: Palette): string[] {
  const [from, to] = [at.get(edge.from), at.get(edge.to)]
  if (!from || !to) return []
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const far = Math.hypot(dx, dy) || 1
  const [ux, uy] = [dx / far, dy / far]
  const [x1, y1] = [from.x + (ux * from.size) / 2, from.y + (uy * from.size) / 2]
  const [x2, y2] = [to.x - ux * (to.size / 2 + 2), to.y - uy * (to.size / 2 + 2)]
  const stroke = strokeOf(edge, palette)
  const tip = 5 + edge.width
  const [bx, by] = [x2 - ux * tip, y2 - uy * tip]
  const opacity = edge.dim ? ' opacity=".16"' : ''
  const lines = [
    `<line x1="${num(x1)}" y1="${num(y1)}" x2="${num(edge.directed ? bx : x2)}" y2="${num(edge.directed ? by : y2)}" stroke="${stroke}" stroke-width="${num(edge.width)}"${edge.dashed || edge.alert ? ' stroke-dasharray="6 4"' : ''}${opacity}/>`,
  ]
  if (edge.directed)
    lines.push(
      `<path d="M${num(x2)} ${num(y2)}L${num(bx - uy * tip * 0.5)} ${num(by + ux * tip * 0.5)}L${num(bx + uy * tip * 0.5)} ${num(by - ux * tip * 0.5)}z" fill="${stroke}"${opacity}/>`,
    )
  return lines
}

/** Apart from the lines, so that none crosses a label. */
function labelOf(edge: Scene['edges'][number], at: ReadonlyMap<string, SceneNode>, palette: Palette): string[] {
  const [from, to] = [at.get(edge.from), at.get(edge.to)]
  if (!from || !to || !edge.strong || edge.label === '') return []
  const [mx, my] = [(from.x + to.x) / 2, (from.y + to.y) / 2]
  const half = edge.label.length * 3.1 + 3
  return [
    `<rect x="${num(mx - half)}" y="${num(my - 8)}" width="${num(half * 2)}" height="16" fill="${palette.surface}" fill-opacity=".9"/>`,
    `<text x="${num(mx)}" y="${num(my + 4)}" font-size="11" fill="${palette.text2}" text-anchor="middle">${xml(edge.label)}</text>`,
  ]
}

function nodeSvg(node: SceneNode, palette: Palette): string {
  const { x, y, size, icon, colour } = node
  const [stroke, fill, half] = [palette.stroke(icon, colour), palette.fill(icon, colour), size / 2]
  const shape = shapes[icon]
  const look = `fill="${fill}" stroke="${stroke}" stroke-width="${node.stack ? 3 : 1.6}"`
  const ring =
    node.ring === null
      ? ''
      : `<circle cx="${num(x)}" cy="${num(y)}" r="${num(half + 5)}" fill="${node.ring === 'alert' ? palette.alert : palette.tone(node.ring === 'malicious' ? 'red' : 'yellow')}" fill-opacity=".45"/>`
  const body =
    shape === 'round'
      ? `<circle cx="${num(x)}" cy="${num(y)}" r="${num(half)}" ${look}/>`
      : shape === 'soft'
        ? `<rect x="${num(x - half)}" y="${num(y - half)}" width="${num(size)}" height="${num(size)}" rx="${num(size / 6)}" ${look}/>`
        : `<polygon points="${pairs(shape)
            .map(([px, py]) => `${num(x + px * half)},${num(y + py * half)}`)
            .join(' ')}" ${look}/>`
  const text = [node.label, node.detail]
    .filter((line) => line !== '')
    .map(
      (line, n) =>
        `<text x="${num(x)}" y="${num(y + half + 14 + n * 13)}" font-size="11" fill="${palette.text}" stroke="${palette.surface}" stroke-width="3" paint-order="stroke" text-anchor="middle">${xml(line)}</text>`,
    )
  return `<g${node.dim ? ' opacity=".16"' : ''}>${ring}${body}${text.join('')}</g>`
}

function pairs(points: readonly number[]): [number, number][] {
  return Array.from({ length: points.length / 2 }, (_, n) => [points[n * 2] ?? 0, points[n * 2 + 1] ?? 0])
}

/** Pixels of a PNG at most, in each direction. */
const PNG_SIDE_MAX = 8_000

/** Draws an SVG of ours to a PNG, twice as large where that is not too large; base64 without its head. */
export async function pngOf({ svg, width, height }: { svg: string; width: number; height: number }): Promise<string> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const scale = Math.min(2, PNG_SIDE_MAX / width, PNG_SIDE_MAX / height)
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
  } finally {
    URL.revokeObjectURL(address)
  }
}
