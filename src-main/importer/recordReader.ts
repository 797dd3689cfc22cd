import { isAscii } from 'node:buffer'
import Papa from 'papaparse'
import { encodingOfHighBytes } from './sniffEncoding.ts'
import { windowTextOf, type WindowText } from './windowText.ts'

/** How the text of a table is cut. `newline` '\n' stands for CRLF too, also mixed; '\r\n' leaves single line feeds inside cells. */
export type RecordDialect = {
  delimiter: string
  /** Empty: no quoting. */
  quote: string
  /** What makes a quote inside a quoted cell: the quote again, or a backslash (Spark, MySQL). */
  escape: 'quote' | 'backslash'
  newline: '\n' | '\r\n' | '\r'
  /** Lines that begin with # are no records (Zeek, W3C). */
  comments: boolean
}

/** Where a record stands in the source, after decompression: bytes, length without the line end, first line from 1. */
export type Place = { offset: number; length: number; line: number }

/** A record that cannot be kept. `raw` is its text, bad bytes as U+FFFD, cut at RAW_MAX. */
export type BadRecord = Place & { reason: string; raw: string }

export type RecordSink = {
  /** The cells of one record; `place` is used again for the next one. Blank lines never come. */
  record(cells: string[], place: Readonly<Place>): void
  bad(record: BadRecord): void
}

export type RecordReader = {
  push(bytes: Buffer): void
  /** No more bytes will come: the last record may lack its line end. `cutOff`: then it may also lack its own end, and is bad. */
  end(cutOff?: boolean): void
  /** Ends reading, also from inside a callback. */
  stop(): void
  /** Text of the record that `record` was just called with, cut at RAW_MAX. */
  raw(): string
  encoding(): string
}

export type RecordReaderStart = {
  encoding: string
  /** Only ASCII was seen when the encoding was chosen: the first other byte decides. */
  undecided: boolean
  dialect: RecordDialect
  /** Where the first byte that is pushed stands. */
  offset: number
  line: number
}

/** A record is at most this long, in bytes; without the limit one quote that is never closed would swallow the rest of a file. */
export const RECORD_MAX = 16 * 1024 * 1024
/** Raw text of bad records is kept up to here, in characters. */
export const RAW_MAX = 65_536
/** After so many misplaced quotes within one wrong record the lines up to its end are read one by one, which keeps the work linear. */
const RETRIES = 32
/** Room for a block of the source and what was left of the one before, in bytes; more is taken for longer records. */
const STORE = 2 * 1024 * 1024
const NO_BYTES = Buffer.alloc(0)
const LIMIT = `${RECORD_MAX / 1_048_576} MB`

/**
 * Cuts a stream of bytes into records. PapaParse finds the cells; this keeps count of bytes and lines, decodes what is not
 * ASCII, and sets aside records that cannot be trusted: with invalid bytes, longer than RECORD_MAX, or with a quote that is not closed
 * where a cell ends. Such a quote costs its own line only: reading goes on at the next line.
 */
export function createRecordReader(start: RecordReaderStart, sink: RecordSink): RecordReader {
  const { delimiter, quote, newline, comments, escape } = start.dialect
  const papaDialect = {
    delimiter,
    newline,
    ...(quote === '' ? { fastMode: true } : { quoteChar: quote, escapeChar: escape === 'backslash' ? '\\' : quote }),
  }
  const lineEnd = newline === '\r' ? '\r' : '\n'
  let enc: WindowText = windowTextOf(start.encoding)
  let undecided = start.undecided
  let stopped = false
  let cutOff = false

  /** Bytes not yet cut into records stand at the front of `store`, which is used again and again; `base` says where they come from. */
  let store = Buffer.allocUnsafeSlow(STORE)
  let pendingBytes = 0
  let base = start.offset
  let line = start.line
  /** Parsing waits until so many bytes are there: a long record is not parsed anew with every block. */
  let enough = 0
  /** Up to here (byte in the source) lines are read one by one. */
  let singlesUntil = 0
  let wrongUntil = 0
  let retries = 0
  /** A line that was longer than a record may be: its end is still to come. */
  let skipped: BadRecord | null = null

  // The window under work. Positions in `text` times enc.unit are positions in `bytes`.
  let bytes: Buffer = NO_BYTES
  let text = ''
  let special = false
  let at = 0
  const place: Place = { offset: 0, length: 0, line: 0 }
  let rawFrom = 0
  let rawTo = 0

  function setWindow(): void {
    bytes = store.subarray(0, pendingBytes)
    if (undecided && !isAscii(bytes)) {
      undecided = false
      enc = windowTextOf(encodingOfHighBytes(bytes))
    }
    special = enc.special(bytes)
    text = enc.text(bytes)
    at = 0
  }

  function keepRest(): void {
    const used = at * enc.unit
    store.copyWithin(0, used, bytes.length)
    pendingBytes = bytes.length - used
    base += used
    bytes = NO_BYTES
    text = ''
  }

  const rawText = (from: number, to: number): string => enc.decode(text.slice(from, Math.min(to, from + RAW_MAX)))

  /** The end of the record's text: without the line end, and a CR before it belongs to it. */
  function contentEnd(from: number, to: number): number {
    let end = to
    if (end > from && text.endsWith(lineEnd, end)) end--
    if (lineEnd === '\n' && end > from && text.charCodeAt(end - 1) === 13) end--
    return end
  }

  function linesIn(from: number, to: number): number {
    let lines = 0
    for (let i = text.indexOf(lineEnd, from); i !== -1 && i < to; i = text.indexOf(lineEnd, i + 1)) lines++
    return lines
  }

  function bad(from: number, to: number, reason: string): void {
    const end = contentEnd(from, to)
    sink.bad({ offset: base + from * enc.unit, length: (end - from) * enc.unit, line, reason, raw: rawText(from, end) })
  }

  /** Hands on the record that stands from `at` to `to`, line end included, and moves behind it. */
  function take(cells: string[], to: number): void {
    const from = at
    const end = contentEnd(from, to)
    const next = text.indexOf(lineEnd, from)
    const lines = next === -1 || next >= to ? 0 : next + 1 === to ? 1 : linesIn(from, to)
    at = to
    if (cutOff && to === text.length && !text.endsWith(lineEnd)) {
      if (end > from) bad(from, to, 'the file ends inside this record')
    } else if (end > from && !(comments && text.charCodeAt(from) === 35)) {
      trimLast(cells, from, end, to)
      emit(cells, from, end)
    }
    line += lines
  }

  function emit(cells: string[], from: number, end: number): void {
    place.offset = base + from * enc.unit
    place.length = (end - from) * enc.unit
    place.line = line
    rawFrom = from
    rawTo = end
    if (special) {
      const slice = bytes.subarray(from * enc.unit, end * enc.unit)
      if (enc.unit === 2 || enc.encoding === 'iso-2022-jp' || !isAscii(slice)) {
        const wrong = enc.invalidAt(slice)
        if (wrong !== -1) {
          const byte = (slice[wrong] ?? 0).toString(16).padStart(2, '0')
          sink.bad({
            ...place,
            reason: `byte 0x${byte} at ${place.offset + wrong} is not valid ${enc.encoding}`,
            raw: rawText(from, end),
          })
          return
        }
        for (let i = 0; i < cells.length; i++) cells[i] = enc.decode(cells[i] ?? '')
      }
    }
    sink.record(cells, place)
  }

  /** PapaParse splits at the line feed; where the last cell stood without quotes the CR before it is still on its end. */
  function trimLast(cells: string[], from: number, end: number, to: number): void {
    if (to - end < (text.endsWith(lineEnd, to) ? 2 : 1) || newline === '\r\n') return
    const cell = cells[cells.length - 1] ?? ''
    if (cell.charCodeAt(cell.length - 1) !== 13) return
    const begin = end + 1 - cell.length
    const bare =
      begin >= from && (begin === from || text.charAt(begin - 1) === delimiter) && text.startsWith(cell, begin)
    if (bare) cells[cells.length - 1] = cell.slice(0, -1)
  }

  /** Parses records from `at` on until the window ends or a record cannot be trusted. True when it must be called again. */
  function parse(final: boolean): boolean {
    const from = at
    let again = false
    const parser = new Papa.Parser({
      ...papaDialect,
      step(results: Papa.ParseStepResult<string[][]>) {
        const to = from + results.meta.cursor
        if ((contentEnd(at, to) - at) * enc.unit > RECORD_MAX) {
          tooLong(to)
          again = true
          parser.abort()
          return
        }
        const error = results.errors[0]
        if (error) {
          const next = text.indexOf(lineEnd, at)
          const multiline = next !== -1 && next < contentEnd(at, to)
          const unclosed = results.errors.find((other) => other.code === 'MissingQuotes')
          if (unclosed || multiline || swallows(results.data[0] ?? [])) {
            misplacedQuote(from + ((unclosed ?? error).index ?? 0), to, unclosed !== undefined)
            again = true
            parser.abort()
            return
          }
        }
        take(results.data[0] ?? [''], to)
        if (stopped) parser.abort()
      },
    })
    // PapaParse sees no end of a quoted cell before a carriage return that nothing follows.
    const returned = final && !cutOff && lineEnd === '\n' && quote !== '' && text.endsWith(`${quote}\r`)
    const last = returned ? text.length - 1 : text.length
    if (from < last) parser.parse(from === 0 && last === text.length ? text : text.slice(from, last), 0, !final)
    if (at === last) at = text.length
    return again
  }

  /** After text behind a closing quote PapaParse reads on: harmless, unless a delimiter or line end went into the cell too. */
  const swallows = (cells: readonly string[]): boolean =>
    cells.some((cell) => cell.includes(quote) && (cell.includes(delimiter) || cell.includes('\r')))

  /** The record from `at` to `to` has a quote that opens before `quoteAt` and ends nowhere sensible: sets its first line aside. */
  function misplacedQuote(quoteAt: number, to: number, never: boolean): void {
    const begin = base + at * enc.unit
    const reach = base + to * enc.unit
    if (never || (begin < wrongUntil && ++retries > RETRIES)) singlesUntil = Math.max(singlesUntil, reach)
    else if (begin >= wrongUntil) {
      wrongUntil = reach
      retries = 0
    }
    const opened = line + linesIn(at, quoteAt)
    setLineAside(`quote opened at line ${opened} is ${never ? 'never closed' : 'not closed at the end of a cell'}`, to)
  }

  function setLineAside(reason: string, limit: number): void {
    const next = text.indexOf(lineEnd, at)
    const to = next === -1 || next >= limit ? limit : next + 1
    bad(at, to, reason)
    if (next !== -1 && next < to) line++
    at = to
  }

  /** One line as one record, while misplaced quotes make longer ones impossible. False when its end is not in the window. */
  function single(final: boolean): boolean {
    const next = text.indexOf(lineEnd, at)
    if (next === -1 && !final) {
      if ((text.length - at) * enc.unit <= RECORD_MAX) return false
      tooLong(null)
      return true
    }
    const to = next === -1 ? text.length : next + 1
    const end = contentEnd(at, to)
    if ((end - at) * enc.unit > RECORD_MAX) {
      tooLong(to)
      return true
    }
    const content = text.slice(at, end)
    const parser = new Papa.Parser(papaDialect)
    const { data, errors }: Papa.ParseResult<string[]> = parser.parse(content, 0, false)
    if (errors.some((error) => error.code === 'MissingQuotes'))
      setLineAside(`quote opened at line ${line} is never closed`, to)
    else take(data[0] ?? [''], to)
    return true
  }

  function cut(final: boolean): void {
    while (!stopped && at < text.length) {
      if (base + at * enc.unit < singlesUntil) {
        if (!single(final)) break
      } else if (!parse(final)) {
        const left = (text.length - at) * enc.unit
        if (left <= RECORD_MAX || stopped) break
        tooLong(null)
      }
    }
  }

  /** The record at `at` is longer than RECORD_MAX: a quote that is not closed, or one endless line. `end` where it is known. */
  function tooLong(end: number | null): void {
    const next = text.indexOf(lineEnd, at)
    const begin = base + at * enc.unit
    if (next !== -1 && (contentEnd(at, next + 1) - at) * enc.unit <= RECORD_MAX) {
      singlesUntil = Math.max(singlesUntil, begin + RECORD_MAX)
      setLineAside(`quote opened at line ${line} is not closed within ${LIMIT}`, text.length)
      return
    }
    skipped = { offset: begin, length: 0, line, reason: `longer than ${LIMIT}`, raw: rawText(at, text.length) }
    findEnd(end !== null)
  }

  /** Looks for the end of a line that is too long to be kept. */
  function findEnd(final: boolean): void {
    if (!skipped) return
    const next = text.indexOf(lineEnd, at)
    at = next === -1 ? text.length : next + 1
    if (next === -1 && !final) return
    skipped.length = base + contentEnd(0, at) * enc.unit - skipped.offset
    sink.bad(skipped)
    if (next !== -1) line++
    skipped = null
  }

  function work(final: boolean): void {
    setWindow()
    findEnd(final)
    cut(final)
    keepRest()
    enough = pendingBytes > RECORD_MAX ? 0 : pendingBytes
  }

  return {
    push(block) {
      if (stopped || block.length === 0) return
      if (pendingBytes + block.length > store.length) {
        const larger = Buffer.allocUnsafeSlow(2 * (pendingBytes + block.length))
        store.copy(larger, 0, 0, pendingBytes)
        store = larger
      }
      block.copy(store, pendingBytes)
      pendingBytes += block.length
      // Twice what was left over: each byte is parsed a bounded number of times.
      if (pendingBytes >= enough * 2) work(false)
    },
    end(cut = false) {
      if (stopped) return
      cutOff = cut
      work(true)
      if (pendingBytes > 0 && !stopped) {
        sink.bad({
          offset: base,
          length: pendingBytes,
          line,
          reason: `half a character at the end is not valid ${enc.encoding}`,
          raw: '\ufffd',
        })
      }
      findEnd(true)
    },
    stop() {
      stopped = true
    },
    raw: () => rawText(rawFrom, rawTo),
    encoding: () => enc.encoding,
  }
}
