import type { PanelColumn } from '#contract/soc'
import { cellText } from './cellText.ts'
import type { Row } from './usePanel.ts'

const PNG_SCALE = 2
/** Height of title and legend, in px. */
const PNG_HEAD = 44

/** A text that a spreadsheet would run as a formula begins with an apostrophe. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text)
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows of a panel as CSV with the names of the server's columns. */
export const csvOf = (columns: readonly PanelColumn[], rows: readonly Row[]): string =>
  [
    columns.map(({ name }) => quoted(name)).join(','),
    ...rows.map((row) => columns.map(({ name, kind }) => quoted(guarded(cellText(kind, row[name])))).join(',')),
  ].join('\r\n') + '\r\n'

/** Hands a file to the person. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export const saveCsv = (name: string, csv: string): void =>
  saveFile(`${name}.csv`, new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }))

/** The chart or the bars in a box as a picture on the ground of the theme, with title and legend above. */
export async function savePng(name: string, title: string, box: HTMLElement): Promise<void> {
  const drawn = box.querySelector('.chart svg')
  const shown = drawn ?? box
  const { width } = shown.getBoundingClientRect()
  // Bars may go on below what is in view.
  const height = Math.max(shown.getBoundingClientRect().height, drawn ? 0 : shown.scrollHeight)
  const image = drawn && (await imageOf(drawn))
  const canvas = document.createElement('canvas')
  canvas.width = width * PNG_SCALE
  canvas.height = (height + PNG_HEAD) * PNG_SCALE
  const context = canvas.getContext('2d')
  if (!context) return
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface')
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(PNG_SCALE, PNG_SCALE)
  drawHead(context, title, box)
  if (image) context.drawImage(image, 0, PNG_HEAD, width, height)
  else drawBars(context, box)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) saveFile(`${name}.png`, blob)
}

async function imageOf(drawn: Element): Promise<HTMLImageElement> {
  const image = new Image()
  const source = new XMLSerializer().serializeToString(drawn)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`
  await image.decode()
  return image
}

/** Where a bar is, and of texts their letters without what surrounds them. */
function placeOf(part: HTMLElement): DOMRect {
  if (part.matches('.bar-fill')) return part.getBoundingClientRect()
  const range = document.createRange()
  range.selectNodeContents(part.matches('.num') ? (part.firstChild ?? part) : part)
  return range.getBoundingClientRect()
}

/** Bars of a list, and the headings between them, where they stand on screen. */
function drawBars(context: CanvasRenderingContext2D, box: HTMLElement): void {
  const style = getComputedStyle(document.documentElement)
  const ground = box.getBoundingClientRect()
  context.textBaseline = 'middle'
  for (const part of box.querySelectorAll<HTMLElement>('h3, .bar-line > .clip, .bar-fill, .bar-line > .num')) {
    const { left, right, top, width, height } = placeOf(part)
    const y = PNG_HEAD + top - ground.top + box.scrollTop
    if (part.matches('.bar-fill')) {
      context.fillStyle = style.getPropertyValue('--series-1')
      context.fillRect(left - ground.left, y, width, height)
      continue
    }
    context.fillStyle = style.getPropertyValue('--text')
    context.font = `${part.matches('h3') ? '600 ' : ''}13px ${style.getPropertyValue('--font-ui')}`
    const number = part.matches('.num')
    context.textAlign = number ? 'right' : 'left'
    const words = number ? (part.firstChild?.textContent ?? '') : (part.textContent ?? '')
    context.fillText(words, (number ? right : left) - ground.left, y + height / 2, number ? 200 : width)
  }
  context.textAlign = 'left'
}

function drawHead(context: CanvasRenderingContext2D, title: string, box: HTMLElement): void {
  const colour = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(token)
  const font = colour('--font-ui')
  context.textBaseline = 'middle'
  context.fillStyle = colour('--text')
  context.font = `600 14px ${font}`
  context.fillText(title, 12, 14)
  context.font = `12px ${font}`
  let left = 12
  for (const entry of box.querySelectorAll<HTMLElement>('.legend > span')) {
    const swatch = entry.querySelector<HTMLElement>('.swatch')
    if (swatch) context.fillStyle = getComputedStyle(swatch).backgroundColor
    context.fillRect(left, 30, 9, 9)
    context.fillStyle = colour('--text-2')
    const words = (entry.textContent ?? '').trim()
    context.fillText(words, left + 14, 35)
    left += 14 + context.measureText(words).width + 16
  }
}
