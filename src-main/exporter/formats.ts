import type { ExportFormat } from '#contract/values'

/** A row on its way out: the text of each column and its time in ISO 8601. */
export type ExportedRow = { cells: readonly string[]; time: string | null }

/** How rows are written in one format. */
export type Writer = {
  /** What stands before the first row. */
  head(): string
  /** One row with its line end; null: the format cannot hold it. */
  row(row: ExportedRow): string | null
}

export type WriterOptions = {
  headers: readonly string[]
  /** Name of the column that gives the time of rows. */
  timeColumn: string | null
  /** Make text of what a spreadsheet would run as a formula. */
  guard: boolean
}

/** Tells a spreadsheet that the file is UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** The writer of a format. */
export function writerOf(format: ExportFormat, options: WriterOptions): Writer {
  switch (format) {
    case 'csv':
      return separated(options, ',')
    case 'tsv':
      return separated(options, '\t')
    case 'jsonl':
      return jsonLines(options)
    case 'markdown':
      return markdown(options)
    case 'timesketch':
      return timesketch(options)
  }
}

/**
 * A spreadsheet runs a cell that begins with = + - @ as a formula, also after a tab or line end; a leading apostrophe makes it
 * text (OWASP, CSV injection). Plain numbers such as -12.5 stay numbers.
 */
export const guarded = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text

/** Fields with the separator, a quote or a line end stand in quotes (RFC 4180): every character of a cell comes back. */
function separated({ headers, guard }: WriterOptions, separator: ',' | '\t'): Writer {
  const special = separator === ',' ? /[",\r\n]/ : /["\t\r\n]/
  const field = (text: string): string => {
    const safe = guard ? guarded(text) : text
    return special.test(safe) || safe.startsWith(BYTE_ORDER_MARK) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  const line = (cells: readonly string[]): string => {
    const text = cells.map(field).join(separator)
    // An empty line is no record to most readers.
    return `${text === '' ? '""' : text}\r\n`
  }
  return { head: () => `${guard ? BYTE_ORDER_MARK : ''}${line(headers)}`, row: ({ cells }) => line(cells) }
}

function jsonLines({ headers }: WriterOptions): Writer {
  return {
    head: () => '',
    row: ({ cells }) => `${JSON.stringify(Object.fromEntries(headers.map((header, n) => [header, cells[n] ?? ''])))}\n`,
  }
}

const markdownCell = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replace(/[|<>`*_[\]]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, ' ')

function markdown({ headers }: WriterOptions): Writer {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  return {
    head: () => line(headers.map(markdownCell)) + line(headers.map(() => '---')),
    row: ({ cells }) => line(cells.map(markdownCell)),
  }
}

/** Columns that Timesketch asks for; a column of the file with such a name gives way. */
const TIMESKETCH = ['message', 'datetime', 'timestamp_desc']

/** A CSV that Timesketch imports: a message, a time in ISO 8601 and what the time means, then the columns. */
function timesketch({ headers, timeColumn, guard }: WriterOptions): Writer {
  const kept = headers.flatMap((header, n) => (TIMESKETCH.includes(header.toLowerCase()) ? [] : [n]))
  const { head, row } = separated(
    { headers: [...TIMESKETCH, ...kept.map((n) => headers[n] ?? '')], timeColumn, guard },
    ',',
  )
  return {
    head,
    row({ cells, time }) {
      if (time === null) return null
      const message = headers.flatMap((header, n) => (cells[n] ? [`${header}: ${cells[n]}`] : [])).join(' | ')
      return row({ cells: [message, time, timeColumn ?? '', ...kept.map((n) => cells[n] ?? '')], time })
    },
  }
}
