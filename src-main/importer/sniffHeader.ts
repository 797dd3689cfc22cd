import { iocOfCell } from './iocs.ts'

/** `index`: which record is the header; records before it are a title. `header` false: all records are data. */
export type SniffedHeader = { header: boolean; index: number }

/** Records looked at. */
const LOOK_AT = 200
/** A title above the header has at most this many records. */
const TITLE_MAX = 20
/** Share of the filled cells of a column that must look alike to count as evidence. */
const ALIKE = 0.66

const YEAR = /^(?:19|20)\d\d$/

type Look = 'empty' | 'number' | 'time' | 'ioc' | 'text'

/**
 * Whether the first record names the columns. Evidence: text above a column of numbers, times or indicators speaks for a
 * header, a number above numbers against it. Without evidence the first record is a header, unless its cells come again below.
 * `known` says whether a record holds column names the program knows.
 */
export function sniffHeader(records: readonly string[][], known: (cells: readonly string[]) => boolean): SniffedHeader {
  const index = titleLength(records)
  const first = records[index]
  if (!first) return { header: false, index: 0 }
  const rest = records.slice(index + 1, index + 1 + LOOK_AT)
  if (looksLikeHeader(first, rest, known)) return { header: true, index }
  return { header: false, index: 0 }
}

function looksLikeHeader(
  first: readonly string[],
  rest: readonly string[][],
  known: (cells: readonly string[]) => boolean,
): boolean {
  if (known(first)) return true
  if (first.length >= 3 && first.every((cell, position) => cell === String(position))) return true
  let speaksFor = 0
  let against = 0
  let again = 0
  for (const [position, cell] of first.entries()) {
    const look = lookOf(cell)
    const below = rest.map((record) => record[position] ?? '').filter((text) => text !== '')
    const common = commonLook(below)
    if (look === 'text' && common !== null && common !== 'text') speaksFor++
    // A number among words, or a year, names its column like a word would; a number above numbers is one of them.
    if (look !== 'text' && look !== 'empty') {
      if (common === look) against += YEAR.test(cell) && !below.every((text) => YEAR.test(text)) ? 0 : 1
      else if (common === null) against += below.length === 0 || !YEAR.test(cell) ? 0.5 : 0
      else speaksFor += 0.5
    }
    if (cell !== '' && rest.some((record) => record[position] === cell && record.join('\0') !== first.join('\0')))
      again++
  }
  if (speaksFor !== against) return speaksFor > against
  if (against > 0) return false
  return again * 2 < first.length || rest.length === 0
}

/** Records above the header: few, with one filled cell while nearly all that follow have the same larger number of cells. */
function titleLength(records: readonly string[][]): number {
  const widths = records.map((record) => record.length)
  const common = mode(widths)
  if (common < 2) return 0
  const index = widths.findIndex((width) => width === common)
  if (index < 1 || index > TITLE_MAX) return 0
  const title = records.slice(0, index)
  const single = title.every((record) => record.filter((cell) => cell !== '').length <= 1)
  const following = widths.slice(index)
  const alike = following.filter((width) => width === common).length / following.length
  // A header that is too short for its records is a header still: names without spaces, like the ones of columns.
  const looksLikeTitle = title.length > 1 || /\s|:/.test((title[0] ?? []).join(''))
  return single && alike >= 0.9 && looksLikeTitle ? index : 0
}

/** The most frequent number. */
export function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best = 0
  let most = 0
  for (const [number, count] of counts)
    if (count > most || (count === most && number > best)) [best, most] = [number, count]
  return best
}

function lookOf(cell: string): Look {
  const text = cell.trim()
  if (text === '') return 'empty'
  if (/^[-+]?[$€£]?\d[\d.,]*(?:e[-+]?\d+)?\s?%?$/i.test(text)) return 'number'
  if (/^\d{4}[-/]\d\d?[-/]\d\d?|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|^\d\d:\d\d(:\d\d)?/.test(text)) return 'time'
  return iocOfCell(text) === null ? 'text' : 'ioc'
}

function commonLook(cells: readonly string[]): Look | null {
  if (cells.length === 0) return null
  const counts = new Map<Look, number>()
  for (const cell of cells) {
    const look = lookOf(cell)
    counts.set(look, (counts.get(look) ?? 0) + 1)
  }
  for (const [look, count] of counts) if (count >= cells.length * ALIKE) return look
  return null
}
