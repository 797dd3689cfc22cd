import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import type { Content, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Part, Report } from './document.ts'
import { printable } from './printable.ts'
import { reference } from './references.ts'
import type { Block, Inline } from '../../src-shared/markdownTree.ts'

const QUIET = '#505a66'
const TLP_COLOURS = { RED: '#ff2b2b', 'AMBER+STRICT': '#ffc000', AMBER: '#ffc000', GREEN: '#33ff00', CLEAR: '#ffffff' }
/** A cell longer than this is cut, in characters, and says so: a page cannot hold it. */
const CELL_MAX = 3_000

const COURIER = {
  normal: 'Courier',
  bold: 'Courier-Bold',
  italics: 'Courier-Oblique',
  bolditalics: 'Courier-BoldOblique',
}
/** Evidence: size of its letters, how wide each is, and how many of them a block of code has in a line. */
const [MONO_SIZE, MONO_WIDTH, CODE_COLUMNS] = [8, 4.8, 105]
/** Code in a sentence of at most so many letters is Courier; a longer one has to break anywhere. */
const INLINE_MAX = 40

/** Where headings may begin at the latest, as a share of the height of the page. */
const HEADING_LAST = 0.9

/** Courier sits higher in its line than the other font, by so many points. */
const MONO_DOWN = 1.6
/** Thin lines below the head and between rows. */
const LINES: CustomTableLayout = {
  hLineWidth: (n, { table }) => (n === 0 || n === table.body.length ? 0 : n === 1 ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (n) => (n === 1 ? '#8d98a4' : '#dde2e7'),
  paddingLeft: (n) => (n === 0 ? 0 : 8),
  paddingRight: (n, { table }) => (n === (table.widths?.length ?? 0) - 1 ? 0 : 8),
}
/** Rows of tables without a longer cell stay in one piece, in characters. */
const UNBROKEN_MAX = 400

/** Roboto comes with pdfmake. Packed, fonts lie beside the archive, where every thread can read them. */
const fontFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'build', 'fonts', 'Roboto').replace(
    /app\.asar(?=[\\/])/,
    'app.asar.unpacked',
  )

/** The report as a PDF: banner on every page, pages numbered. Nothing is fetched; of files only its fonts are read. */
export async function pdfOf(report: Report): Promise<Buffer> {
  const pdfmake = (await import('pdfmake')).default
  const folder = fontFolder()
  pdfmake.setFonts({
    Roboto: {
      normal: join(folder, 'Roboto-Regular.ttf'),
      bold: join(folder, 'Roboto-Medium.ttf'),
      italics: join(folder, 'Roboto-Italic.ttf'),
      bolditalics: join(folder, 'Roboto-MediumItalic.ttf'),
    },
    // One of the fonts that every reader of PDFs has.
    Courier: COURIER,
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(folder) || Object.values(COURIER).includes(path))
  return pdfmake.createPdf(definition(report)).getBuffer()
}

function definition(report: Report): TDocumentDefinitions {
  const banner = (top: number): Content => ({
    table: {
      widths: ['*'],
      body: [
        [
          {
            text: report.banner,
            color: TLP_COLOURS[report.tlp],
            fillColor: '#000000',
            alignment: 'center',
            bold: true,
            fontSize: 9,
            margin: [0, 2, 0, 2],
          },
        ],
      ],
    },
    layout: 'noBorders',
    margin: [36, top, 36, 0],
  })
  return {
    pageSize: 'A4',
    pageMargins: [36, 46, 36, 50],
    info: { title: printable(report.title), creator: 'Huntbench', producer: 'Huntbench' },
    header: banner(14),
    footer: (page, pages) => [
      banner(8),
      { text: `${page} of ${pages}`, alignment: 'right', fontSize: 8, color: QUIET, margin: [36, 3, 36, 0] },
    ],
    // A heading does not stand alone at the end of a page, or with nothing but the head of a table.
    pageBreakBefore: ({ headlineLevel, startPosition }, nodes) =>
      headlineLevel !== undefined &&
      (startPosition.verticalRatio > HEADING_LAST || nodes.getFollowingNodesOnPage().length === 0),
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.2 },
    content: [
      { text: printable(report.title), fontSize: 18, bold: true, margin: [0, 6, 0, 6] },
      ...report.parts.map((part) => partPdf(part, report)),
    ],
  }
}

function partPdf(part: Part, report: Report): Content {
  switch (part.kind) {
    case 'heading':
      return {
        text: printable(part.text),
        fontSize: part.level === 2 ? 13 : part.level === 3 ? 11 : 9.5,
        bold: true,
        margin: [0, part.level === 2 ? 14 : 8, 0, 4],
        headlineLevel: part.level,
      }
    case 'text':
      return { text: printable(part.text), margin: [0, 2, 0, 2], ...(part.quiet ? { color: QUIET } : {}) }
    case 'facts':
      return {
        table: {
          widths: [84, '*'],
          body: part.facts.map(([name, value]) => [{ text: printable(name), color: QUIET }, cell(value)]),
        },
        layout: 'noBorders',
        margin: [0, 2, 0, 4],
      }
    case 'table': {
      // Shares of what A4 leaves between margins and paddings.
      const widths = part.widths.map((width) => (width / 100) * (523 - (part.widths.length - 1) * 16))
      return {
        table: {
          headerRows: 1,
          keepWithHeaderRows: 1,
          widths,
          dontBreakRows: part.rows.every((row) => row.every((text) => text.length <= UNBROKEN_MAX)),
          body: [
            part.head.map((text) => ({ text: printable(text), color: QUIET, bold: true })),
            ...part.rows.map((row) =>
              row.map((text, n) =>
                part.mono.includes(n)
                  ? { ...monoCell(text, Math.floor((widths[n] ?? 0) / MONO_WIDTH)), marginTop: MONO_DOWN }
                  : cell(text),
              ),
            ),
          ],
        },
        layout: LINES,
        fontSize: 8.5,
        margin: [0, 2, 0, 6],
      }
    }
    case 'picture':
      return {
        stack: [
          { svg: part.svg, width: 523 },
          { text: printable(part.says), fontSize: 8, color: QUIET },
        ],
      }
    case 'prose':
      return { stack: part.blocks.map((block) => blockPdf(block, report)) }
  }
}

/** Long words (hashes, paths, Base64) may break anywhere. */
const cell = (text: string): { text: string } => ({
  text: printable(cutCell(text)).replace(/\S{24}(?=\S)/g, '$&\u200b'),
})

const cutCell = (text: string): string =>
  text.length > CELL_MAX ? `${text.slice(0, CELL_MAX)} (${text.length - CELL_MAX} more characters)` : text

/**
 * Evidence in letters of one width, `columns` of them a line. What Courier lacks is written in the other font rather than
 * lost. Courier has no place to break that is not seen, so words that are longer than a line are broken here.
 */
function monoCell(
  text: string,
  columns: number,
): { text: string; font?: string; fontSize?: number; lineHeight?: number } {
  const made = printable(cutCell(text))
  if (!/^[\n\u0020-\u007e\u00a0-\u00ff]*$/.test(made)) return cell(text)
  const broken = made.split('\n').map((line) => brokenLine(line, columns))
  return { text: broken.join('\n'), font: 'Courier', fontSize: MONO_SIZE, lineHeight: 1.45 }
}

function brokenLine(line: string, columns: number): string {
  let [out, at] = ['', 0]
  for (const word of line.split(/(?<=\s)/)) {
    if (at + word.trimEnd().length > columns && word.length <= columns) at = 0
    let rest = word
    while (at + rest.trimEnd().length > columns) {
      out += `${rest.slice(0, columns - at)}\n`
      rest = rest.slice(columns - at)
      at = 0
    }
    out += rest
    at += rest.length
  }
  return out
}

const inlineMono = (text: string): { text: string } =>
  text.length <= INLINE_MAX ? monoCell(text, Infinity) : cell(text)

function blockPdf(block: Block, report: Report): Content {
  const text = (parts: readonly Inline[]): Content => ({ text: inlinePdf(parts, report) })
  const blocks = (all: readonly Block[]): Content => ({ stack: all.map((one) => blockPdf(one, report)) })
  switch (block.kind) {
    case 'heading':
      return { text: inlinePdf(block.parts, report), bold: true, margin: [0, 6, 0, 2] }
    case 'paragraph':
      return { text: inlinePdf(block.parts, report), margin: [0, 2, 0, 3] }
    case 'code':
      return {
        ...monoCell(block.text, CODE_COLUMNS),
        background: '#f3f5f7',
        preserveLeadingSpaces: true,
        margin: [0, 2, 0, 4],
      }
    case 'quote':
      return { stack: [blocks(block.blocks)], color: QUIET, margin: [12, 2, 0, 2] }
    case 'list': {
      const items = block.items.map(({ checked, blocks: inner }): Content =>
        checked === null ? blocks(inner) : { columns: [{ width: 16, text: checked ? '[x]' : '[ ]' }, blocks(inner)] },
      )
      return block.ordered ? { ol: items, start: Number(block.start) } : { ul: items }
    }
    case 'table':
      return {
        table: {
          headerRows: 1,
          widths: block.head.map(() => '*'),
          body: [block.head.map(text), ...block.rows.map((row) => row.map(text))],
        },
        layout: 'lightHorizontalLines',
        margin: [0, 2, 0, 6],
      }
    case 'rule':
      return { canvas: [{ type: 'line', x1: 0, y1: 4, x2: 523, y2: 4, lineWidth: 0.5 }] }
  }
}

const inlinePdf = (parts: readonly Inline[], report: Report): Content[] =>
  parts.map((part): Content => {
    switch (part.kind) {
      case 'text':
        return cell(part.text)
      case 'code':
        return { ...inlineMono(part.text), background: '#f3f5f7' }
      case 'strong':
        return { text: inlinePdf(part.parts, report), bold: true }
      case 'em':
        return { text: inlinePdf(part.parts, report), italics: true }
      case 'del':
        return { text: inlinePdf(part.parts, report), decoration: 'lineThrough' }
      case 'break':
        return '\n'
      case 'address':
        return { text: [...inlinePdf(part.parts, report), ' ', { ...inlineMono(part.href), background: '#f3f5f7' }] }
      case 'reference':
        return { ...cell(reference(part.reference, report.references)), background: '#e7eef8' }
    }
  })
