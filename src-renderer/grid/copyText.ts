export const copyFormats = ['tsv', 'csv', 'csv-raw', 'markdown', 'json'] as const
export type CopyFormat = (typeof copyFormats)[number]

/** A table to copy: headers and cells as raw text. */
export type CopyTable = { headers: readonly string[]; rows: readonly (readonly string[])[] }

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/**
 * A spreadsheet runs a cell that begins with = + - @ as a formula, also after a tab or line end; a leading apostrophe
 * makes it text (OWASP, CSV injection). Plain numbers such as -12.5 stay numbers.
 */
export const guarded = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text

const csv = ({ headers, rows }: CopyTable, cell: (text: string) => string): string =>
  [headers, ...rows].map((row) => row.map((text) => quoted(cell(text))).join(',')).join('\r\n')

/** Tabs and line ends inside a cell become spaces: a TSV has no quoting that every program reads. */
const tsv = ({ headers, rows }: CopyTable): string =>
  [headers, ...rows].map((row) => row.map((text) => text.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')

const markdownCell = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replace(/\r\n|\r|\n/g, ' ')
    .replace(/[<>`*_[\]]/g, '\\$&')

const markdown = ({ headers, rows }: CopyTable): string =>
  [headers.map(markdownCell), headers.map(() => '---'), ...rows.map((row) => row.map(markdownCell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

const json = ({ headers, rows }: CopyTable): string =>
  JSON.stringify(
    rows.map((row) => Object.fromEntries(headers.map((header, n) => [header, row[n] ?? '']))),
    null,
    2,
  )

/** The table as text of a format. 'csv' is safe to open in a spreadsheet; 'csv-raw', 'tsv' and 'json' keep every character of a cell that the format can hold. */
export function copyText(table: CopyTable, format: CopyFormat): string {
  if (format === 'csv') return csv(table, guarded)
  if (format === 'csv-raw') return csv(table, (text) => text)
  if (format === 'markdown') return markdown(table)
  return format === 'json' ? json(table) : tsv(table)
}
