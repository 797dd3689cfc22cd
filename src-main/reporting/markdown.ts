import type { Part, Report } from './document.ts'
import { reference } from './references.ts'
import type { Block, Inline } from '../../src-shared/markdownTree.ts'

/** Text that no reader of Markdown takes for markup or HTML, on one line. */
export const plain = (text: string): string =>
  text
    .replace(/\r\n|\r|\n/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&')
    .replace(/^(\s*)([-+=]|\d+[.)])/, '$1\\$2')
    // An address written out would become a link in many readers.
    .replace(/(https?|ftp)(:\/\/)/gi, '$1\\$2')
    .replace(/www\./gi, (word) => `${word.slice(0, -1)}\\.`)
const indented = (text: string, by: string): string => text.replaceAll('\n', `\n${by}`)

/** The report in Markdown (CommonMark with tables). Pictures are told in words. */
export function markdownOf(report: Report): string {
  const banner = `**${plain(report.banner)}**`
  const parts = report.parts.map((part) => partMarkdown(part, report))
  return [banner, `# ${plain(report.title)}`, ...parts, banner, ''].join('\n\n')
}

function partMarkdown(part: Part, report: Report): string {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${plain(part.text)}`
    case 'text':
      return plain(part.text)
    case 'facts':
      return part.facts.map(([name, value]) => `* **${plain(name)}**: ${plain(value)}`).join('\n')
    case 'table': {
      const line = (cells: readonly string[]): string => `| ${cells.map(plain).join(' | ')} |`
      return [line(part.head), `|${part.head.map(() => '---|').join('')}`, ...part.rows.map(line)].join('\n')
    }
    case 'picture':
      return `*${plain(part.says)}*`
    case 'prose':
      return blocksMarkdown(part.blocks, report)
  }
}

const blocksMarkdown = (blocks: readonly Block[], report: Report): string =>
  blocks.map((block) => blockMarkdown(block, report)).join('\n\n')

function blockMarkdown(block: Block, report: Report): string {
  const inline = (parts: readonly Inline[]): string => inlineMarkdown(parts, report)
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, block.depth + 3))} ${inline(block.parts)}`
    case 'paragraph':
      return inline(block.parts)
    case 'code': {
      const fence = '`'.repeat(Math.max(3, ...[...block.text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)))
      return `${fence}\n${block.text}\n${fence}`
    }
    case 'quote':
      return `> ${indented(blocksMarkdown(block.blocks, report), '> ')}`
    case 'list':
      return block.items
        .map(({ checked, blocks }, n) => {
          const mark = block.ordered ? `${Number(block.start) + n}. ` : '* '
          const state = checked === null ? '' : checked ? '[x] ' : '[ ] '
          return `${mark}${state}${indented(blocksMarkdown(blocks, report), ' '.repeat(mark.length))}`
        })
        .join('\n')
    case 'table': {
      const line = (cells: readonly (readonly Inline[])[]): string => `| ${cells.map(inline).join(' | ')} |`
      return [line(block.head), `|${block.head.map(() => '---|').join('')}`, ...block.rows.map(line)].join('\n')
    }
    case 'rule':
      return '---'
  }
}

const inlineMarkdown = (parts: readonly Inline[], report: Report): string =>
  parts
    .map((part): string => {
      switch (part.kind) {
        case 'text':
          return plain(part.text)
        case 'code':
          return code(part.text)
        case 'strong':
          return `**${inlineMarkdown(part.parts, report)}**`
        case 'em':
          return `*${inlineMarkdown(part.parts, report)}*`
        case 'del':
          return `~~${inlineMarkdown(part.parts, report)}~~`
        case 'break':
          return '\\\n'
        case 'address':
          return `${inlineMarkdown(part.parts, report)} ${code(part.href)}`
        case 'reference':
          return plain(reference(part.reference, report.references))
      }
    })
    .join('')

function code(text: string): string {
  const ticks = '`'.repeat(Math.max(1, ...[...text.matchAll(/`+/g)].map(([found]) => found.length + 1)))
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${ticks}${pad}${text.replaceAll('\n', ' ').replaceAll('|', '\\|')}${pad}${ticks}`
}
