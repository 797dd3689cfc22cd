import type { ColumnType } from '#contract/values'
import { zeekType } from './zeekTypes.ts'

/** What stands before the records of a file and says how to read them: a `sep=` line, the # lines of Zeek and W3C logs, comments. */
export type Preface = {
  /** Characters of the window string to skip, and lines. */
  skip: number
  lines: number
  /** Headers, where the preface holds them; else the first record is to be looked at. */
  headers: string[] | null
  headerLine: number | null
  /** Types of the columns where the preface says them; null for one that it does not say. */
  types: (ColumnType | null)[]
  delimiter: string | null
  quote: string | null
  /** Lines that begin with # are no records anywhere in the file. */
  comments: boolean
  /** There are comments, and more may come between the records. */
  commented: boolean
  /** Cells that stand for nothing. */
  unset: string[]
  warning: string | null
}

const none: Preface = {
  skip: 0,
  lines: 0,
  headers: null,
  headerLine: null,
  types: [],
  delimiter: null,
  quote: null,
  comments: false,
  commented: false,
  unset: [],
  warning: null,
}

/** Reads the preface from the beginning of a file; `text` is a window string (decoded, or one character a byte). */
export function readPreface(text: string): Preface {
  const sep = /^"?sep=(.)"?(?:\r\n|\n|\r)/i.exec(text)
  if (sep) return { ...none, skip: sep[0].length, lines: 1, delimiter: sep[1] ?? null }
  const hashes = hashLines(text)
  if (hashes.length === 0) return none
  const separator = zeekSeparator(hashes)
  const zeek = hashes.some(
    (line) => /^#fields[\t ,]/.test(line.text) || (separator && line.text.startsWith(`#fields${separator}`)),
  )
  const w3c = hashes.findIndex((line) => /^#fields:/i.test(line.text))
  if (zeek) return zeekPreface(hashes)
  if (w3c !== -1) return w3cPreface(hashes, w3c)
  return commentPreface(hashes, text)
}

type Line = { text: string; end: number }

/** The lines at the beginning that start with #, each with the position behind its line end. */
function hashLines(text: string): Line[] {
  const lines: Line[] = []
  let at = 0
  while (text.startsWith('#', at)) {
    const next = /\r\n|\n|\r/g
    next.lastIndex = at
    const found = next.exec(text)
    const end = found ? found.index : text.length
    at = found ? end + found[0].length : end
    lines.push({ text: text.slice(lines.at(-1)?.end ?? 0, end), end: at })
  }
  return lines
}

/** The character that a Zeek log says it separates by, written as \x09; null where it says none. */
function zeekSeparator(lines: readonly Line[]): string | null {
  const written =
    lines
      .find(({ text }) => text.startsWith('#separator'))
      ?.text.slice('#separator'.length)
      .trim() ?? ''
  const hex = /^\\x([0-9a-f]{2})$/i.exec(written)?.[1]
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
  return written.length === 1 ? written : null
}

function zeekPreface(lines: Line[]): Preface {
  const value = (name: string): string | null => {
    const line = lines.find(({ text }) => text.startsWith(`#${name}`))
    return line ? line.text.slice(name.length + 2) : null
  }
  const fields = value('fields') ?? ''
  const delimiter = zeekSeparator(lines) ?? lines.find(({ text }) => text.startsWith('#fields'))?.text.charAt(7) ?? '\t'
  return {
    ...none,
    skip: lines.at(-1)?.end ?? 0,
    lines: lines.length,
    headers: fields.split(delimiter),
    headerLine: lines.findIndex(({ text }) => text.startsWith('#fields')) + 1,
    types: (value('types')?.split(delimiter) ?? []).map(zeekType),
    delimiter,
    quote: '',
    comments: true,
    unset: [value('unset_field') ?? '-', value('empty_field') ?? '(empty)'],
  }
}

function w3cPreface(lines: Line[], index: number): Preface {
  const fields = (lines[index]?.text ?? '').replace(/^#fields:\s*/i, '')
  const delimiter = fields.includes('\t') ? '\t' : ' '
  return {
    ...none,
    skip: lines.at(-1)?.end ?? 0,
    lines: lines.length,
    headers: fields.trim().split(delimiter === '\t' ? '\t' : / +/),
    headerLine: index + 1,
    delimiter,
    quote: delimiter === ' ' ? '"' : '',
    comments: true,
    unset: ['-'],
  }
}

/** Comments at the top. Where the last of them has as many cells as the first record, it is the header (abuse.ch lists). */
function commentPreface(lines: Line[], text: string): Preface {
  const last = lines.at(-1)
  if (!last) return none
  const first = text.slice(last.end).split(/[\r\n]/, 1)[0] ?? ''
  const delimiter = [',', '\t', ';', '|'].find((candidate) => first.includes(candidate))
  const cells = last.text.replace(/^#+\s*/, '').split(delimiter ?? '\n')
  const header = delimiter !== undefined && cells.length > 1 && cells.length === cellsOf(first, delimiter)
  if (lines.length === 1 && (header || delimiter === undefined || !/^#+\s/.test(last.text))) return none
  const skipped = header ? lines.length - 1 : lines.length
  return {
    ...none,
    skip: last.end,
    lines: lines.length,
    headers: header ? cells.map((cell) => cell.replace(/^"(.*)"$/, '$1')) : null,
    headerLine: header ? lines.length : null,
    commented: true,
    warning: skipped > 0 ? `${skipped} comment line${skipped === 1 ? '' : 's'} at the beginning left out` : null,
  }
}

/** Cells of a line, delimiters inside quotes not counted. */
const cellsOf = (line: string, delimiter: string): number => line.replace(/"(?:[^"]|"")*"/g, '').split(delimiter).length
