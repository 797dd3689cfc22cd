import type { Part, Report } from './document.ts'
import { reference } from './references.ts'
import type { Block, Inline } from '../../src-shared/markdownTree.ts'

/** Text as text, in elements and in attributes. */
export const escaped = (text: string): string =>
  text
    .replace(/[&<>"'`=]/g, (letter) => `&#${letter.codePointAt(0) ?? 0};`)
    // Letters that change the direction of what follows would let evidence rearrange the report.
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`)

/** Nothing is fetched and nothing runs, whatever stands in the texts. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

const TLP_COLOURS = { RED: '#ff2b2b', 'AMBER+STRICT': '#ffc000', AMBER: '#ffc000', GREEN: '#33ff00', CLEAR: '#ffffff' }

/** The report as one file that needs nothing else: pictures are inside, no script, no address that opens. */
export function htmlOf(report: Report): string {
  const body = report.parts.map((part) => partHtml(part, report)).join('\n')
  const banner = `<div class="page-part"><div class="banner" style="color:${TLP_COLOURS[report.tlp]}">${escaped(report.banner)}</div></div>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${banner}
<main>
<h1>${escaped(report.title)}</h1>
${body}
</main>
${banner}
</body>
</html>
`
}

function partHtml(part: Part, report: Report): string {
  switch (part.kind) {
    case 'heading':
      return `<h${part.level}>${escaped(part.text)}</h${part.level}>`
    case 'text':
      return `<p${part.quiet ? ' class="quiet"' : ''}>${escaped(part.text)}</p>`
    case 'facts':
      return `<dl>${part.facts.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`
    case 'table':
      return tableHtml(part)
    case 'picture':
      // As an image, an SVG can neither run nor fetch anything.
      return `<figure><img alt="${escaped(part.says)}" src="data:image/svg+xml;base64,${Buffer.from(part.svg).toString('base64')}"><figcaption>${escaped(part.says)}</figcaption></figure>`
    case 'prose':
      return `<div class="prose">${blocksHtml(part.blocks, report)}</div>`
  }
}

function tableHtml({ head, rows, mono, widths }: Extract<Part, { kind: 'table' }>): string {
  const cell = (text: string, n: number): string =>
    `<td${mono.includes(n) ? ' class="mono"' : ''}>${escaped(text)}</td>`
  return `<table><colgroup>${widths.map((width) => `<col style="width:${width}%">`).join('')}</colgroup><thead><tr>${head
    .map((text) => `<th scope="col">${escaped(text)}</th>`)
    .join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</tbody></table>`
}

const blocksHtml = (blocks: readonly Block[], report: Report): string =>
  blocks.map((block) => blockHtml(block, report)).join('\n')

function blockHtml(block: Block, report: Report): string {
  const inline = (parts: readonly Inline[]): string => inlineHtml(parts, report)
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(6, block.depth + 3)
      return `<h${level}>${inline(block.parts)}</h${level}>`
    }
    case 'paragraph':
      return `<p>${inline(block.parts)}</p>`
    case 'code':
      return `<pre>${escaped(block.text)}</pre>`
    case 'quote':
      return `<blockquote>${blocksHtml(block.blocks, report)}</blockquote>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      const items = block.items.map(
        ({ checked, blocks }) =>
          `<li>${checked === null ? '' : checked ? '[x] ' : '[ ] '}${blocksHtml(blocks, report)}</li>`,
      )
      return `<${tag}${block.ordered ? ` start="${Number(block.start)}"` : ''}>${items.join('')}</${tag}>`
    }
    case 'table':
      return `<table><thead><tr>${block.head.map((cell) => `<th>${inline(cell)}</th>`).join('')}</tr></thead><tbody>${block.rows
        .map((row) => `<tr>${row.map((cell) => `<td>${inline(cell)}</td>`).join('')}</tr>`)
        .join('')}</tbody></table>`
    case 'rule':
      return '<hr>'
  }
}

const inlineHtml = (parts: readonly Inline[], report: Report): string =>
  parts
    .map((part): string => {
      switch (part.kind) {
        case 'text':
          return escaped(part.text)
        case 'code':
          return `<code>${escaped(part.text)}</code>`
        case 'strong':
        case 'em':
        case 'del':
          return `<${part.kind}>${inlineHtml(part.parts, report)}</${part.kind}>`
        case 'break':
          return '<br>'
        case 'address':
          return `${inlineHtml(part.parts, report)} <code>${escaped(part.href)}</code>`
        case 'reference':
          return `<span class="reference">${escaped(reference(part.reference, report.references))}</span>`
      }
    })
    .join('')

/**
 * In print the banners are head and foot of one table, which browsers repeat on every page. The policy of the page knows its
 * SHA-256 (pagePolicy.ts), so that the preview of a report looks as the report does.
 */
export const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#fff;color:#15191e;font:14px/1.45 Inter,"Segoe UI",Helvetica,Arial,sans-serif}
main{max-width:1000px;margin:0 auto;padding:16px 24px 40px}
.banner{background:#000;text-align:center;font:600 13px/1 ui-monospace,Menlo,Consolas,monospace;padding:9px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:24px;line-height:1.2;margin:16px 0 8px}
h2{font-size:17px;margin:28px 0 8px;padding-bottom:3px;border-bottom:1px solid #c9d0d8}
h3{font-size:14px;margin:18px 0 6px}
h4,h5,h6{font-size:13px;margin:12px 0 4px}
p{margin:6px 0;overflow-wrap:anywhere}
.quiet{color:#505a66}
dl{display:grid;grid-template-columns:120px minmax(0,1fr);gap:2px 12px;margin:8px 0}
dt{color:#505a66}
dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:8px 0;font-size:12.5px}
th{text-align:left;color:#505a66;font-weight:600;border-bottom:1px solid #8d98a4;padding:3px 8px 3px 0}
td{border-bottom:1px solid #dde2e7;padding:3px 8px 3px 0;vertical-align:top;overflow-wrap:anywhere}
.mono,code,pre{font-family:ui-monospace,"JetBrains Mono",Menlo,Consolas,monospace;font-size:12px;font-variant-ligatures:none}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f5f7;padding:8px}
code{background:#f3f5f7;padding:0 3px}
blockquote{margin:6px 0;padding-left:10px;border-left:3px solid #c9d0d8}
figure{margin:8px 0}
img{max-width:100%;border:1px solid #dde2e7}
figcaption{color:#505a66;font-size:12px}
.reference{border:1px solid #b7c0c9;border-radius:3px;padding:0 4px}
li>p{display:inline}
thead{display:table-header-group}
tr,figure{break-inside:avoid}
h2,h3{break-after:avoid}
h4{break-after:avoid}
@page{size:A4;margin:12mm 14mm 16mm;@bottom-right{content:counter(page) " of " counter(pages);font:10px sans-serif;color:#505a66}}
@media print{
body{display:table;width:100%;table-layout:fixed}
main{display:table-row-group;max-width:none;padding:0}
.page-part{display:table-header-group;break-inside:avoid}
.page-part:last-child{display:table-footer-group}
.banner{margin-bottom:10px}
.page-part:last-child .banner{margin:10px 0 0}
}
`
