import { isAscii } from 'node:buffer'
import { createFlattener, NotAnObject, type Flattener } from './flattenJson.ts'
import type { JsonShape } from './jsonShape.ts'
import { RAW_MAX, RECORD_MAX, type BadRecord, type Place, type RecordReader, type RecordSink } from './recordReader.ts'
import { encodingOfHighBytes } from './sniffEncoding.ts'
import { stringEnd, valueEnd } from './valueEnd.ts'
import { windowTextOf, type WindowText } from './windowText.ts'

export type JsonReaderStart = {
  encoding: string
  undecided: boolean
  json: JsonShape
  /** Where the first byte that is pushed stands. */
  offset: number
  line: number
}

const LIMIT = `${RECORD_MAX / 1_048_576} MB`
/** So many lines are searched for the next object when one is not closed. */
const LINES_MAX = 10_000
const NO_BYTES = Buffer.alloc(0)

/**
 * Cuts a stream of JSON into records, as createRecordReader does with tables: same places, same kinds of bad records. In layout
 * 'lines' every line stands for itself. In layout 'values' objects come one after another, in an array or the array `under`
 * of an object; one that is never closed costs the lines up to the next one that begins in the same column.
 */
export function createJsonReader(
  start: JsonReaderStart,
  sink: RecordSink,
  flattener: Flattener = createFlattener(start.json.columns, false),
): RecordReader {
  const { layout, under, more } = start.json
  let enc: WindowText = windowTextOf(start.encoding)
  let undecided = start.undecided
  let stopped = false
  let cutOff = false

  let pending: Buffer[] = []
  let pendingBytes = 0
  let base = start.offset
  let line = start.line
  /** Work waits until so many bytes are there, so that a long record is not looked at anew with every block. */
  let enough = 0

  let bytes: Buffer = NO_BYTES
  let text = ''
  let at = 0
  let special = false
  /** Where the present line begins, in characters of the source, as `base / unit + at` counts. */
  let lineStart = 0
  /** In layout 'values': whether the next value is a record; else it is a part of the object around them. */
  let inside = under === null
  /** Inside the object around the records. */
  let wrapped = false
  /** Up to here (byte in the source) an object ends where the next one begins, whatever its brackets say. */
  let doubtUntil = 0
  /** What is too long to be kept, while its end is looked for, and how deep it is nested there. */
  let skipped: BadRecord | null = null
  let depth = 0
  let quoted = false
  let escaped = false
  /** The first line end behind a place that was asked for last, -1: none in the window. */
  let lineEnd = 0

  const place: Place = { offset: 0, length: 0, line: 0 }
  let rawFrom = 0
  let rawTo = 0

  const byteAt = (index: number): number => base + index * enc.unit
  const rawText = (from: number, to: number): string => enc.decode(text.slice(from, Math.min(to, from + RAW_MAX)))

  function setWindow(): void {
    bytes = pending.length === 1 ? (pending[0] ?? NO_BYTES) : Buffer.concat(pending)
    if (undecided && !isAscii(bytes)) {
      undecided = false
      enc = windowTextOf(encodingOfHighBytes(bytes))
    }
    special = enc.special(bytes)
    text = enc.text(bytes)
    at = 0
    lineEnd = 0
  }

  function keepRest(): void {
    const used = at * enc.unit
    const rest = Buffer.from(bytes.subarray(used))
    pending = rest.length > 0 ? [rest] : []
    pendingBytes = rest.length
    base += used
    bytes = NO_BYTES
    text = ''
  }

  /** Moves to `to` and counts the lines on the way. */
  function move(to: number): void {
    for (let end = text.indexOf('\n', at); end !== -1 && end < to; end = text.indexOf('\n', end + 1)) {
      line++
      lineStart = byteAt(end + 1) / enc.unit
    }
    at = to
  }

  const columnOf = (index: number): number => byteAt(index) / enc.unit - lineStart

  /** The end of a record's text: white space at the end is not part of it. */
  function contentEnd(from: number, to: number): number {
    let end = to
    while (end > from && isSpace(text.charCodeAt(end - 1))) end--
    return end
  }

  function bad(from: number, to: number, reason: string): void {
    const end = contentEnd(from, to)
    if (end > from)
      sink.bad({ offset: byteAt(from), length: (end - from) * enc.unit, line, reason, raw: rawText(from, end) })
  }

  /** Hands on what stands from `from` to `end`; `at` is moved by the caller. */
  function record(from: number, end: number): void {
    place.offset = byteAt(from)
    place.length = (end - from) * enc.unit
    place.line = line
    rawFrom = from
    rawTo = end
    let slice = text.slice(from, end)
    if (special) {
      const own = bytes.subarray(from * enc.unit, end * enc.unit)
      const wrong = enc.unit === 2 || !isAscii(own) ? enc.invalidAt(own) : -1
      if (wrong !== -1) {
        const byte = (own[wrong] ?? 0).toString(16).padStart(2, '0')
        bad(from, end, `byte 0x${byte} at ${place.offset + wrong} is not valid ${enc.encoding}`)
        return
      }
      slice = enc.decode(slice)
    }
    try {
      const found = flattener.read(slice)
      if (more) found.cells.push(found.more)
      else if (found.more !== '') throw new NotAnObject('a key that comes twice')
      sink.record(found.cells, place)
    } catch (error) {
      if (!(error instanceof NotAnObject)) throw error
      bad(from, end, error.message)
    }
  }

  /** Takes whole lines; false when the next one is not in the window as a whole. */
  function lines(final: boolean): void {
    while (!stopped && at < text.length) {
      const next = text.indexOf('\n', at)
      if (next === -1 && !final) {
        if ((text.length - at) * enc.unit > RECORD_MAX) beginSkip()
        return
      }
      const to = next === -1 ? text.length : next + 1
      const end = contentEnd(at, to)
      if ((end - at) * enc.unit > RECORD_MAX) bad(at, end, `longer than ${LIMIT}`)
      else if (cutOff && next === -1) bad(at, end, 'the file ends inside this record')
      else if (end > at) record(at, end)
      move(to)
    }
  }

  /** What begins at `at` is too long to be kept: its end is still to come. */
  function beginSkip(): void {
    skipped = { offset: byteAt(at), length: 0, line, reason: `longer than ${LIMIT}`, raw: rawText(at, text.length) }
    depth = 0
    quoted = false
    escaped = false
    skipOn(false)
  }

  /** Looks for the end of what is too long: the line end, or the bracket that closes it. */
  function skipOn(final: boolean): void {
    if (!skipped) return
    let to = layout === 'lines' ? text.indexOf('\n', at) + 1 : closing()
    const ended = to > 0
    if (!ended) to = text.length
    if (ended || final) {
      skipped.length = Math.max(0, byteAt(contentEnd(0, to)) - skipped.offset)
      sink.bad(skipped)
      skipped = null
    }
    move(to)
  }

  /** Index behind the bracket that closes what is skipped, 0 when it is not in the window. */
  function closing(): number {
    for (let i = at; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (quoted) {
        if (escaped) escaped = false
        else if (code === 92) escaped = true
        else if (code === 34) quoted = false
      } else if (code === 34) quoted = true
      else if (code === 123 || code === 91) depth++
      else if ((code === 125 || code === 93) && --depth <= 0) return i + 1
    }
    return 0
  }

  /** Takes values as long as they are whole in the window. */
  function values(final: boolean): void {
    while (!stopped) {
      let from = at
      while (from < text.length && isBetween(text.charCodeAt(from), wrapped)) {
        // Behind the array of records the object around it goes on.
        if (under !== null && inside && text.charCodeAt(from) === 93) inside = false
        from++
      }
      move(from)
      if (from >= text.length) return
      if (!(inside ? element(final) : part(final))) return
    }
  }

  /** One value of the array, or of the file; false when it is not in the window as a whole. */
  function element(final: boolean): boolean {
    const code = text.charCodeAt(at)
    const known = byteAt(at) < doubtUntil ? nextBeginning(at + 1) : -1
    const end = valueEnd(text, at, known === -1 ? text.length : known)
    if (end > 0 && (end < text.length || final || code === 123) && (end - at) * enc.unit <= RECORD_MAX) {
      if (code === 123) record(at, end)
      else bad(at, end, 'no JSON object')
      move(end)
      return true
    }
    if (known !== -1) return setAside(known, `object opened at line ${line} is not closed before the next one`)
    const room = !final && (text.length - at) * enc.unit <= RECORD_MAX
    if (room && end === -1) return false
    const next = nextBeginning(at + 1)
    if (next === -1 && room) return false
    if (next !== -1) {
      doubtUntil = Math.max(doubtUntil, byteAt(text.length))
      return setAside(next, `object opened at line ${line} is never closed`)
    }
    if (!final) {
      beginSkip()
      return skipped === null
    }
    return setAside(
      text.length,
      cutOff ? 'the file ends inside this record' : `object opened at line ${line} is never closed`,
    )
  }

  function setAside(to: number, reason: string): boolean {
    bad(at, to, reason)
    move(to)
    return true
  }

  /** Where the next line begins that opens an object in the same column as this one, or at its very beginning; -1: in no line here. */
  function nextBeginning(from: number): number {
    const column = columnOf(at)
    // Objects that stand in one long line must not look for its end again and again.
    if (lineEnd !== -1 && lineEnd < from) lineEnd = text.indexOf('\n', from)
    for (let end = lineEnd, lines = 0; end !== -1 && lines < LINES_MAX; end = text.indexOf('\n', end + 1), lines++) {
      let open = end + 1
      while (text.charCodeAt(open) === 32 || text.charCodeAt(open) === 9) open++
      if (text.charCodeAt(open) === 123 && (open - end - 1 === column || open === end + 1)) return open
    }
    return -1
  }

  /** A part of the object around the records: its braces, or a key with its value. False when it is not in the window as a whole. */
  function part(final: boolean): boolean {
    const code = text.charCodeAt(at)
    if (code === 123 || code === 125) {
      wrapped = code === 123
      move(at + 1)
      return true
    }
    const end = code === 34 ? stringEnd(text, at, text.length) : -1
    if (end !== -1) {
      let from = end
      while (isSpace(text.charCodeAt(from)) || text.charCodeAt(from) === 58) from++
      if (text.charCodeAt(from) === 91 && text.slice(at, end) === JSON.stringify(under)) {
        inside = true
        move(from + 1)
        return true
      }
      const to = from < text.length ? valueEnd(text, from, text.length) : -1
      if (to > 0 && (to < text.length || final)) {
        move(to)
        return true
      }
    }
    if (!final && (text.length - at) * enc.unit <= RECORD_MAX) return false
    const next = text.indexOf('\n', at)
    return setAside(next === -1 ? text.length : next + 1, 'no JSON object')
  }

  function work(final: boolean): void {
    setWindow()
    skipOn(final)
    if (skipped === null) {
      if (layout === 'lines') lines(final)
      else values(final)
    }
    keepRest()
    enough = pendingBytes > RECORD_MAX ? 0 : pendingBytes
  }

  return {
    push(block) {
      if (stopped || block.length === 0) return
      pending.push(Buffer.from(block))
      pendingBytes += block.length
      if (pendingBytes >= enough * 2) work(false)
    },
    end(cut = false) {
      if (stopped) return
      cutOff = cut
      work(true)
      if (pendingBytes > 0 && !stopped) {
        const reason = `half a character at the end is not valid ${enc.encoding}`
        sink.bad({ offset: base, length: pendingBytes, line, reason, raw: '\ufffd' })
      }
    },
    stop() {
      stopped = true
    },
    raw: () => rawText(rawFrom, rawTo),
    encoding: () => enc.encoding,
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** What stands between values and means nothing: white space, commas, and the brackets of arrays. */
const isBetween = (code: number, wrapped: boolean): boolean =>
  isSpace(code) || code === 44 || code === 93 || (code === 91 && !wrapped)
